"""Bring the weights of a net of one's own: a .safetensors file, checked."""

from __future__ import annotations

import streamlit as st

from visualizer.inputs.own_weights import WeightsError, read_weights
from visualizer.lessons.recurrent.settings import SETTINGS
from visualizer.lessons.recurrent.state import RecurrentLesson
from visualizer.lessons.recurrent.weights.own import OwnNet

_FILE, _SAID = "recurrent_weights_file", "recurrent_weights_said"


def draw_weights_panel() -> None:
    """The file field, and below it what was read or why it was not."""
    st.file_uploader(
        "A .safetensors file, at most 5 MB: the state of a torch.nn.RNN or LSTM, and of a Linear on top",
        type=["safetensors"],
        key=_FILE,
        on_change=_take,
        max_upload_size=5,
    )
    if said := st.session_state.get(_SAID):
        st.text(said)
    elif (lesson := RecurrentLesson.current()) and lesson.own:
        st.text(lesson.own.note)


def _take() -> None:
    file, lesson = st.session_state.get(_FILE), RecurrentLesson.current()
    st.session_state.pop(_SAID, None)
    if file is None or lesson is None:
        return
    try:
        found = read_weights(file.getvalue())
    except WeightsError as error:
        st.session_state[_SAID] = f"{error} The weights before stay."
        return
    lesson.take(OwnNet(found.model, found.note))
    SETTINGS["cell"].put(found.model.kind)
