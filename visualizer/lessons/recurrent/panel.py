"""The settings, in a popover of the toolbar. Drawn in every run: what is not leaves the URL."""

from __future__ import annotations

import streamlit as st

from visualizer.inputs.own_weights import WeightsError, read_weights
from visualizer.lessons.recurrent.sequence.panel import draw_sequence_panel
from visualizer.lessons.recurrent.settings import (
    EVERY,
    LAST,
    NUMBERS,
    OWN,
    RANDOM,
    SETTINGS,
    VECTORS,
    RecurrentSettings,
)
from visualizer.lessons.recurrent.state import RecurrentLesson
from visualizer.lessons.recurrent.walk import WEIGHT_SETS
from visualizer.lessons.recurrent.weights.weight_set import OwnNet
from visualizer.ui.messages import Beside

_FIELDS = {NUMBERS: ("series",), VECTORS: ("steps", "inputs")}


def draw_settings(cell: str) -> tuple[RecurrentSettings, Beside]:
    """Draw every setting but the cell, which is chosen beside; returns what they come to, and where to refuse."""
    left, right = st.columns(2, gap="medium")
    with left:
        values = {"cell": cell} | SETTINGS.draw("weights", on_change=_take_example)
        chosen = WEIGHT_SETS.get(values["weights"])
        if chosen:
            st.caption(chosen.about)
        if values["weights"] == OWN:
            draw_weights_panel()
        values |= SETTINGS.draw("sequence_of", disabled=bool(chosen))
        values |= SETTINGS.draw(*_FIELDS.get(values["sequence_of"], ("text",)))
        beside = {"sequence": st.container(key="beside-sequence")}
        if values["sequence_of"] == NUMBERS:
            draw_sequence_panel()
    with right:
        drawn = values["weights"] == RANDOM
        values |= SETTINGS.draw("units", "scale", "seed", disabled=not drawn)
        values |= SETTINGS.draw("forget_bias", disabled=not drawn or cell != "lstm")
        values |= SETTINGS.draw("readout", "truncate_after", "biases")
    return RecurrentSettings(**values), beside


def _take_example() -> None:
    """Weights for a task come with a sequence that shows what they do."""
    chosen = WEIGHT_SETS.get(SETTINGS["weights"].asked())
    if chosen:
        SETTINGS["sequence_of"].put(chosen.sequence_of)
        SETTINGS["series" if chosen.sequence_of == NUMBERS else "text"].put(chosen.example)
        SETTINGS["readout"].put(LAST if chosen.answers_last else EVERY)


_FILE, _MESSAGE = "recurrent_weights_file", "recurrent_weights_said"


def draw_weights_panel() -> None:
    """The file field, and below it what was read or why it was not."""
    st.file_uploader(
        "A .safetensors file, at most 5 MB: the state of a torch.nn.RNN or LSTM, and of a Linear on top",
        type=["safetensors"],
        key=_FILE,
        on_change=_take,
        max_upload_size=5,
    )
    if said := st.session_state.get(_MESSAGE):
        st.text(said)
    elif (lesson := RecurrentLesson.current()) and lesson.own:
        st.text(lesson.own.note)


def _take() -> None:
    file, lesson = st.session_state.get(_FILE), RecurrentLesson.current()
    st.session_state.pop(_MESSAGE, None)
    if file is None or lesson is None:
        return
    try:
        found = read_weights(file.getvalue())
    except WeightsError as error:
        st.session_state[_MESSAGE] = f"{error} The weights before stay."
        return
    lesson.take(OwnNet(found.model, found.note))
    SETTINGS["cell"].put(found.model.kind)
