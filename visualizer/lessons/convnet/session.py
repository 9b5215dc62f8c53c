"""What this session keeps of the lesson."""

from __future__ import annotations

from typing import cast

import streamlit as st
import torch

from visualizer.engine.convnet.convnet import ConvNet
from visualizer.engine.convnet.weights import load_convnet
from visualizer.engine.data.labelled_images import LabelledImages, Name
from visualizer.lessons.convnet.lesson import Input, Lesson

LESSON, TAKEN = "convnet_lesson", "convnet_taken"


def data_name(chosen: str) -> Name:
    """The data set that is chosen, as the engine calls it."""
    return cast("Name", chosen)


def open_lesson(data: LabelledImages, chosen: Input) -> Lesson:
    """The lesson with this image, and the net that was trained here or comes with the app."""
    taken: dict[str, ConvNet] = st.session_state.setdefault(TAKEN, {})
    net = taken.get(data.name) or _shipped(data.name)
    lesson: Lesson | None = st.session_state.get(LESSON)
    if lesson is None or lesson.net is not net or not same_input(lesson.input, chosen):
        lesson = Lesson(data.name, data.classes, net, chosen, data.name in taken, taken)
        st.session_state[LESSON] = lesson
    return lesson


def close_lesson() -> None:
    """Forget the lesson: the next one starts from its settings, and what the visitor trained."""
    st.session_state.pop(LESSON, None)


def same_input(one: Input, other: Input) -> bool:
    known = (one.label, one.number, one.about) == (other.label, other.number, other.about)
    return known and torch.equal(one.image, other.image)


@st.cache_resource(show_spinner="Loading the trained net …")
def _shipped(name: Name) -> ConvNet:
    """In float64, one for all visitors, never changed."""
    return load_convnet(name).to(torch.float64)
