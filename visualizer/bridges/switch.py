"""From one page to another."""

from __future__ import annotations

import streamlit as st

from visualizer.site import catalogue


def go_to(address: str) -> None:
    """Switch to the page with this address; its settings are already in the session."""
    page = next(page.page() for page in catalogue.PAGES if page.url_path == address)
    # Without a mapping, Streamlit refuses to leave a page whose settings are in the address.
    st.switch_page(page, query_params={})
