"""Scenes of RNN and LSTM: every number of every time step has a place of its own, inside the scene."""

from __future__ import annotations

import pytest

from visualizer.engine import Trace
from visualizer.lessons.recurrent.lesson import Lesson
from visualizer.lessons.recurrent.table import settings_of
from visualizer.scenes import draw
from visualizer.scenes.scene import Box, Grid, Number, Scene

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


def trace_of(values: dict[str, object]) -> Trace:
    return Lesson(settings_of(values)).trace


def at_frame(ref: str, frame: int) -> str:
    """A mark's Ref at a frame, the last of its choices."""
    return ref.split("|")[0].replace("@-1", str(frame - 1)).replace("@", str(frame))


@pytest.mark.parametrize("values", LESSONS.values(), ids=LESSONS)
def test_all_marks_stand_inside_the_scene(values: dict[str, object]) -> None:
    scene = draw(trace_of(values))
    for mark in scene.marks:
        if isinstance(mark, Box):
            assert mark.x >= 0 and mark.x + mark.width <= scene.width + 1
            assert mark.y >= 0 and mark.y + mark.height <= scene.height + 1
        elif isinstance(mark, Grid):
            assert mark.x >= 0 and mark.x + mark.cell * mark.columns <= scene.width + 1
            assert mark.y >= 0 and mark.y + mark.height * mark.rows <= scene.height + 1


@pytest.mark.parametrize("values", LESSONS.values(), ids=LESSONS)
def test_every_number_of_a_time_step_has_a_place(values: dict[str, object]) -> None:
    trace = trace_of(values)
    scene = draw(trace)
    shown = {at_frame(mark.ref, 0) for mark in scene.marks if isinstance(mark, Number)}
    for name in FRAMED:
        if name in trace.arrays:
            width = trace[name].shape[1]
            assert {f"{name}[0,{j}]" for j in range(width)} <= shown, name


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
    assert scene.folds
