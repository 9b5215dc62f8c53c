"""A Streamlit page with nothing but a heading on it: what opening a lesson is measured against."""

import streamlit as st

st.title("Bare")
