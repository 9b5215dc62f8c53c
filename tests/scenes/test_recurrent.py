"""Scenes of RNN and LSTM: every number of every time step has a place of its own, inside the scene."""

from __future__ import annotations

from itertools import pairwise

import pytest

from visualizer.engine import Trace
from visualizer.lessons.recurrent.settings import SETTINGS
from visualizer.lessons.recurrent.state import RecurrentLesson
from visualizer.scenes import draw
from visualizer.scenes.scene import Box, Grid, Label, Number, Scene

LESSONS = {
    "LSTM": {},
    "RNN": {"cell": "rnn"},
    "one unit": {"units": 1},
    "largest LSTM": {"units": 4, "text": "abcdefghabcda"},
    "largest RNN": {"cell": "rnn", "units": 4, "text": "abcdefghabcda"},
    "output at the end": {"readout": "last"},
    "no output": {"readout": "none"},
    "numbers": {"sequence_of": "numbers"},
    "one step": {"text": "ab"},
}
FRAMED = ("x", "a", "i", "f", "g", "o", "c", "h", "tanh_c", "grad_h", "grad_c", "grad_x", "grad_a")
_GATES = {f"{gate}[0,0]" for gate in "figo"}


def trace_of(values: dict[str, object]) -> Trace:
    return RecurrentLesson(SETTINGS.of(values)).trace


def at_frame(ref: str, frame: int) -> str:
    """A mark's Ref at a frame, the last of its choices."""
    return ref.split("|")[0].replace("@-1", str(frame - 1)).replace("@", str(frame))


@pytest.mark.parametrize("values", LESSONS.values(), ids=LESSONS)
def test_all_marks_stand_inside_the_scene(values: dict[str, object]) -> None:
    scene = draw(trace_of(values))
    for mark in scene.marks:
        width, height = scene.pane_sizes.get(mark.pane, (scene.width, scene.height))
        if isinstance(mark, Box):
            assert mark.x >= 0 and mark.x + mark.width <= width + 1
            assert mark.y >= 0 and mark.y + mark.height <= height + 1
        elif isinstance(mark, Grid):
            assert mark.x >= 0 and mark.x + mark.cell * mark.columns <= width + 1
            assert mark.y >= 0 and mark.y + mark.height * mark.rows <= height + 1


@pytest.mark.parametrize("values", LESSONS.values(), ids=LESSONS)
@pytest.mark.parametrize("pane", ["time", "cell"])
def test_every_number_of_every_time_step_has_a_place(values: dict[str, object], pane: str) -> None:
    trace = trace_of(values)
    numbers = [mark.ref for mark in draw(trace).marks if isinstance(mark, Number) and mark.pane == pane]
    steps = len(trace["x"])
    shown = {at_frame(ref, t) for ref in numbers for t in range(steps)}
    for name in FRAMED:
        if name in trace.arrays:
            places = {f"{name}[{t},{j}]" for t in range(steps) for j in range(trace[name].shape[1])}
            assert places <= shown, name


def test_what_every_step_of_a_walk_writes_has_a_place_in_the_unrolled_figure_or_among_the_weights() -> None:
    trace = trace_of({"readout": "last"})
    marks = draw(trace).marks
    numbers = {mark.ref for mark in marks if isinstance(mark, Number) and mark.pane == "time"}
    grids = {mark.array for mark in marks if isinstance(mark, Grid)}
    assert [str(step.target) for step in trace.steps if str(step.target) not in numbers | grids] == [
        str(step.target) for step in trace.steps if step.target.name in grids
    ]


def test_two_units_and_five_steps_fit_a_laptop_four_and_six_a_projector() -> None:
    """At 1366 × 768 the figure has about 912 × 590 pixels, at 1920 × 1080 about 1290 × 890; digits ask for 0.86."""
    laptop, projector = draw(trace_of({"text": "ababab"})), draw(trace_of({"units": 4, "text": "abababa"}))
    assert max(laptop.width * 0.86 / 912, laptop.height * 0.86 / 590) <= 1
    assert max(projector.width * 0.86 / 1290, projector.height * 0.86 / 890) <= 1
    least = min(mark.size for mark in laptop.marks if isinstance(mark, Number) and mark.role == "value")
    assert least * 912 / laptop.width >= 13


def test_gates_are_drawn_in_one_order_in_the_cell_and_among_the_weights() -> None:
    marks = draw(trace_of({})).marks
    boxes = sorted((mark.x, mark.ref[0]) for mark in marks if isinstance(mark, Number) and mark.ref in _GATES)
    assert "".join(gate for _, gate in boxes) == "figo"
    blocks = sorted((mark.y, mark.first) for mark in marks if isinstance(mark, Grid) and mark.array == "weight_hh")
    assert [first // 2 for _, first in blocks] == ["ifgo".index(gate) for gate in "figo"]


def test_names_of_the_weights_do_not_run_into_each_other_with_one_unit() -> None:
    for cell in ("lstm", "rnn"):
        marks = draw(trace_of({"cell": cell, "units": 1})).marks
        titles = [mark for mark in marks if isinstance(mark, Label) and mark.pane == "weights" and "∂ " in mark.text]
        for left, right in pairwise(titles):
            assert left.x + len(left.text) * left.size * 0.52 <= right.x


@pytest.mark.parametrize("values", LESSONS.values(), ids=LESSONS)
def test_every_weight_and_its_gradient_has_a_grid(values: dict[str, object]) -> None:
    trace = trace_of(values)
    drawn = {mark.array for mark in draw(trace).marks if isinstance(mark, Grid)}
    weights = {name for name in trace.arrays if "weight" in name or "bias" in name}
    assert weights <= drawn


def test_a_step_is_looked_at_in_its_time_step_and_weights_in_their_pane() -> None:
    scene: Scene = draw(trace_of({}))
    assert scene.frames == 4
    assert scene.frame_axes["h"] == scene.frame_axes["grad_c"] == 0
    assert scene.pane_of == {"Weights": "weights"}
    assert scene.folds_to == "cell"
