"""What all lessons do that walk through a trace: changed numbers, refused settings, and when a walk is made anew."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from visualizer.engine import Ref, Trace, trace_convolution, trace_pooling
from visualizer.ui.address import Address
from visualizer.ui.edits import Arrays, Edits
from visualizer.ui.refusal import Refusal
from visualizer.ui.walk_lesson import MAX_UNDONE, WalkLesson, opening_step

START = {"x": torch.zeros(1, 2, 3, dtype=torch.float64), "bias": torch.ones(2, dtype=torch.float64)}
PIXEL, BIAS = Ref("x", (0, 1, 2)), Ref("bias", (1,))


class Windows(WalkLesson[int, Tensor]):
    """Pooling with windows of so many pixels; the bias is there to be changed."""

    address = Address("windows", ())

    def refused(self, settings: int, x: Tensor) -> Refusal | None:
        return Refusal("window", "Too large.") if settings > min(x.shape[1:]) else None

    def possible(self, settings: int, x: Tensor) -> int:
        return 1

    def start_arrays(self, settings: int, x: Tensor) -> Arrays:
        return {"x": x, "bias": settings * START["bias"]}

    def walk(self) -> Trace:
        return trace_pooling(self.arrays["x"], kernel_size=self.settings)

    def opening(self, trace: Trace) -> int:
        return len(trace)


def opened(edits: Edits | None = None, window: int = 1) -> Windows:
    return Windows(window, START["x"], edits)


def test_edits_lie_on_copies_of_the_start() -> None:
    lesson = opened({PIXEL: 2.0})
    lesson.change({BIAS: -1.5})

    assert lesson.arrays["x"][0, 1, 2] == 2.0
    assert lesson.arrays["bias"].tolist() == [1.0, -1.5]
    assert not START["x"].any()
    assert START["bias"].tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    "ref", [Ref("x", (0, 2, 0)), Ref("x", (0, 1)), Ref("x", (0, -1, 0)), Ref("y", (0,)), Ref("bias")]
)
def test_what_the_walk_does_not_have_is_passed_over(ref: Ref) -> None:
    lesson = opened({ref: 1.0})
    assert lesson.edits == {}
    lesson.change({ref: 1.0, PIXEL: 3.0})

    assert lesson.edits == {PIXEL: 3.0}


def test_edits_are_undone_one_by_one() -> None:
    lesson = opened()
    for value in (1.0, 2.0):
        lesson.change({PIXEL: value})
    lesson.undo()
    assert lesson.edits == {PIXEL: 1.0}
    lesson.undo()
    assert lesson.edits == {}
    assert not lesson.can_undo
    lesson.undo()
    assert lesson.edits == {}


def test_many_edits_are_undone() -> None:
    lesson = opened()
    for value in range(3 * MAX_UNDONE):
        lesson.change({PIXEL: float(value)})
    undone = 0
    while lesson.can_undo:
        lesson.undo()
        undone += 1

    assert MAX_UNDONE <= undone <= MAX_UNDONE + 1


def test_edits_are_forgotten_together() -> None:
    lesson = opened({PIXEL: 2.0})
    lesson.change({BIAS: 0.0})
    lesson.forget_edits()

    assert lesson.edits == {}
    assert not lesson.can_undo
    assert all(torch.equal(lesson.arrays[name], array) for name, array in START.items())


def test_edits_stay_where_the_array_that_they_were_made_on_does() -> None:
    lesson = opened({PIXEL: 2.0, BIAS: 3.0})
    lesson.follow(2)
    assert lesson.edits == {PIXEL: 2.0}
    lesson.follow(2, START["x"] + 1)
    assert lesson.edits == {}


def test_a_walk_is_made_anew_where_something_changed_and_only_there() -> None:
    lesson = opened()
    trace = lesson.trace
    lesson.follow(1, START["x"].clone())
    assert lesson.trace is trace
    assert lesson.start == len(trace) == 6
    lesson.edit(PIXEL, 4.0)
    assert lesson.trace["y"][0, 1, 2] == 4.0
    lesson.follow(2)
    assert lesson.start == len(lesson.trace) == 1


def test_what_is_refused_changes_nothing_but_says_why() -> None:
    lesson = opened({PIXEL: 2.0})
    trace = lesson.trace
    lesson.follow(3)
    assert lesson.refusal == Refusal("window", "Too large.")
    assert (lesson.chosen, lesson.settings, lesson.edits) == (3, 1, {PIXEL: 2.0})
    assert lesson.trace is trace
    lesson.follow(2)
    assert lesson.refusal is None


def test_a_lesson_that_opens_with_what_is_refused_shows_what_is_possible() -> None:
    lesson = opened(window=3)
    assert (lesson.chosen, lesson.settings, lesson.accepted) == (3, 1, False)
    lesson.follow(2)
    assert (lesson.settings, lesson.accepted) == (2, True)


IMAGE = torch.arange(36, dtype=torch.float64).reshape(1, 6, 6) / 36


def test_it_opens_late_in_the_chapter_at_its_largest_number() -> None:
    trace = trace_convolution(IMAGE, torch.ones(1, 1, 3, 3))

    assert opening_step(trace, "Forward") == 14  # of 16: the largest up to nine tenths of the way


def test_a_walk_without_the_chapter_opens_in_its_last_one() -> None:
    assert opening_step(trace_pooling(IMAGE), "Backward: image") == opening_step(trace_pooling(IMAGE), "Forward") == 8


def test_a_walk_of_one_step_opens_at_it() -> None:
    assert opening_step(trace_pooling(IMAGE[:, :1, :1], kernel_size=1), "Forward") == 1
