"""Home: what this is, and the lessons by slide."""

import streamlit as st

from visualizer import frame
from visualizer.inputs.text import shown


def draw_entry(kind: str, entry: frame.LessonPage) -> None:
    """A lesson or a lab: its picture, what it is about, and the way in, also by slide."""
    page = entry.page()
    with st.container(border=True, horizontal=True, gap="medium"):
        st.image(entry.image(), width=300, alt=f"A picture of the {kind} {entry.title}")
        with st.container(width="stretch", gap="xsmall"):
            st.subheader(entry.title, anchor=False)
            st.markdown(entry.about)
            st.page_link(page, label=f"**Open the {kind} {entry.title}**", icon=":material/play_circle:")
            for slide in entry.slides:
                st.page_link(page, label=f"Slide {slide.number}: {slide.teaches}", query_params=slide.link)


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
        draw_entry("lesson", lesson)
    st.header("Vision", anchor=False)
    st.markdown("One image of yours, seen through hand-made features, a detector, a ConvNet, and the images like it.")
    for lesson in frame.VISION:
        draw_entry("lesson", lesson)
    st.header("Labs", anchor=False)
    st.markdown(
        "A question each. Choose the settings, and the answer is worked out from a run of seconds, before your eyes."
    )
    for lab in frame.LABS:
        draw_entry("lab", lab)
