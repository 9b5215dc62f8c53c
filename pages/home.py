"""Home: what this is, and the lessons by slide."""

import streamlit as st

from visualizer import frame
from visualizer.inputs.text import shown

if unknown := st.session_state.get("unknown_address"):
    frame.say(f"There is no page “{shown(unknown)}”, so this is the first page.", "page")

with st.container(key="page"):
    st.title("Unrolled", anchor=False)
    st.markdown(
        "Neural nets worked out one number at a time. Step through a computation, forward and backward: every step "
        "shows its formula, the numbers in it, and where each of them comes from. Change any number, and all the rest "
        "follows."
    )
    st.markdown("The lessons follow the lecture *Deep Learning & Neural Networks* (CSE 446, S. Kakade, 2016).")
    for lesson in frame.LESSONS:
        page = lesson.page()
        with st.container(border=True, horizontal=True, gap="medium"):
            st.image(lesson.image(), width=300, alt=f"A picture of the lesson {lesson.title}")
            with st.container(width="stretch", gap="xsmall"):
                st.subheader(lesson.title, anchor=False)
                st.markdown(lesson.about)
                st.page_link(page, label=f"**Open the lesson {lesson.title}**", icon=":material/play_circle:")
                for slide in lesson.slides:
                    st.page_link(page, label=f"Slide {slide.number}: {slide.teaches}", query_params=slide.link)
