"""Every number that the walk starts from, as tables to type and paste into: inputs, states, gradients, weights."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st
from torch import Tensor

from visualizer.engine import Ref
from visualizer.inputs.arrays.number_table import changes, number_table
from visualizer.lessons.recurrent.settings import MAX_INPUTS, MAX_STEPS, MAX_UNITS, NO_OUTPUT, RANDOM, SETTINGS, VECTORS
from visualizer.lessons.recurrent.state import RecurrentLesson
from visualizer.lessons.recurrent.weights.pasted import WEIGHTS, read_for_sizes
from visualizer.text.words import counted

_ORDER = "Rows in PyTorch's order: i, f, g, o, each for units 1 to n."
_TITLES = {
    "x": "x: inputs, a row for each time step",
    "h0": "h₀: hidden state before the first time step",
    "c0": "c₀: cell state before the first time step",
    "grad_h_above": "∂ℓ/∂h from outside, a row for each time step",
    "grad_c_given": "∂ℓ/∂c from outside, at the last time step",
    "weight_ih": "weight_ih (W): weights of the input",
    "weight_hh": "weight_hh (U): weights of the hidden state before",
    "bias_ih": "bias_ih (b)",
    "bias_hh": "bias_hh (b′)",
    "weight_out": "weight_out (V): weights of the output",
    "bias_out": "bias_out",
}
_PASTE, _MESSAGE = "recurrent_paste", "recurrent_paste_said"


def draw_numbers(lesson: RecurrentLesson) -> None:
    """A popover; its tables are drawn while it is open."""
    panel = st.popover("Numbers", key="recurrent_numbers_panel", on_change="rerun")
    if not panel.open:
        return
    with panel:
        st.caption("Click a number and type, or paste a matrix: from a spreadsheet, NumPy, PyTorch, MATLAB or LaTeX.")
        if lesson.settings.readout != NO_OUTPUT:
            st.caption("To give ∂ℓ/∂h and ∂ℓ/∂c yourself, choose “Output and loss: none” in Settings.")
        shown = [name for name in _TITLES if name in lesson.editable]
        for name in shown:
            if name == "weight_ih":
                _draw_paste(lesson)
            _draw_table(lesson, name)


def _draw_table(lesson: RecurrentLesson, name: str) -> None:
    array = lesson.arrays[name]
    stacked = name.startswith(("weight", "bias")) and not name.endswith("out")
    column = name.startswith("bias")
    table = array if array.dim() == 2 else array[:, None] if column else array[None, :]
    resized = name == "x" and lesson.settings.sequence_of == VECTORS
    st.markdown(f"**{_TITLES[name]}**")
    if stacked and lesson.settings.is_lstm and name == "weight_ih":
        st.caption(_ORDER)
    number_table(
        table,
        key=f"recurrent_table_{name}",
        label=_TITLES[name],
        on_change=partial(_take, lesson, name),
        rows=_rows(lesson, len(table)) if stacked else (),
        columns=_columns(lesson, name),
        least=(1, 1) if resized else None,
        most=(MAX_STEPS, MAX_INPUTS) if resized else None,
    )


def _rows(lesson: RecurrentLesson, count: int) -> Sequence[str]:
    units = lesson.settings.units if count % 4 else count // 4
    return [f"{gate}{unit + 1}" for gate in "ifgo" for unit in range(units)] if lesson.settings.is_lstm else ()


def _columns(lesson: RecurrentLesson, name: str) -> Sequence[str]:
    count = lesson.arrays[name].shape[-1]
    if name in ("x", "weight_ih"):
        return lesson.sequence.vocabulary or [f"x{j + 1}" for j in range(count)]
    return () if name.startswith("bias") else [f"unit {j + 1}" for j in range(count)]


def _take(lesson: RecurrentLesson, name: str, table: Tensor) -> None:
    """What was typed or pasted; vectors of another shape change how many there are."""
    array = lesson.arrays[name]
    if name == "x" and table.shape != array.shape:
        _resize(lesson, table)
        array = lesson.arrays[name]
    before = array if array.dim() == 2 else array.reshape(table.shape)
    flat = array.dim() == 1
    found = changes(before, table)
    lesson.change({Ref(name, (max(place),) if flat else place): value for place, value in found.items()})


def _resize(lesson: RecurrentLesson, table: Tensor) -> None:
    steps, inputs = table.shape
    SETTINGS["steps"].put(steps)
    SETTINGS["inputs"].put(inputs)
    lesson.resize(steps=steps, inputs=inputs)


# ---- all weights at once -----------------------------------------------------------------------------------------


def _draw_paste(lesson: RecurrentLesson) -> None:
    """A field for all weights together."""
    names = [name for name in WEIGHTS if name in lesson.arrays]
    st.text_area(
        "Paste all weights at once",
        key=_PASTE,
        height=100,
        placeholder="weight_ih = [[0.5, -1], …]\nweight_hh = …",
        help="Each named as PyTorch names it (weight_ih or weight_ih_l0, weight_hh, bias_ih, bias_hh), as "
        "print(lstm.state_dict()) shows them; or without names, in this order, an empty line between. "
        f"Rows: {'i, f, g, o, each for all units' if lesson.settings.is_lstm else 'a row for each unit'}.",
        on_change=_take_all,
        args=(lesson, names),
    )
    if said := st.session_state.get(_MESSAGE):
        st.text(said)


def _take_all(lesson: RecurrentLesson, names: Sequence[str]) -> None:
    """Weights of another number of units, or of inputs where these are vectors, change how many there are."""
    st.session_state.pop(_MESSAGE, None)
    text = st.session_state.get(_PASTE, "")
    if not text.strip():
        return
    before = (lesson.arrays["weight_hh"].shape[1], lesson.arrays["weight_ih"].shape[1])
    try:
        size, found = read_for_sizes(text, names, 4 if lesson.settings.is_lstm else 1, _sizes(lesson, *before))
        if size != before:
            _set_size(lesson, *size)
    except ValueError as error:
        st.session_state[_MESSAGE] = f"{error} The weights before stay."
        return
    edits: dict[Ref, float] = {}
    for name, array in found.items():
        for place in (array != lesson.arrays[name]).nonzero().tolist():
            edits[Ref(name, tuple(place))] = float(array[tuple(place)])
    lesson.change(edits)
    st.session_state[_PASTE] = ""


def _sizes(lesson: RecurrentLesson, units: int, inputs: int) -> list[tuple[int, int]]:
    """The (units, inputs) that pasted weights may have, those at hand first."""
    settings = lesson.settings
    if settings.weights != RANDOM:
        return [(units, inputs)]
    widths = range(1, MAX_INPUTS + 1) if settings.sequence_of == VECTORS else [inputs]
    others = [(count, width) for count in range(1, MAX_UNITS + 1) for width in widths]
    return [(units, inputs), *(size for size in others if size != (units, inputs))]


def _set_size(lesson: RecurrentLesson, units: int, inputs: int) -> None:
    """Units, and where vectors are read their length, as the settings show them."""
    if lesson.settings.sequence_of == VECTORS:
        lesson.resize(units=units, inputs=inputs)
        SETTINGS["inputs"].put(inputs)
    else:
        lesson.resize(units=units)
    SETTINGS["units"].put(units)
    st.session_state[_MESSAGE] = f"Taken as the weights of {counted(units, 'unit')} and {inputs} inputs."
