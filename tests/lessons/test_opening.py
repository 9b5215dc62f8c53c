"""The step at which a walk over an image opens."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from visualizer.engine import Ref, trace_convolution, trace_pooling
from visualizer.lessons import convolution, pooling
from visualizer.lessons.convolution import table as convolution_table
from visualizer.lessons.opening import first_image, opening_step
from visualizer.lessons.pooling import table as pooling_table

LESSONS = [
    (convolution.Lesson, convolution_table.settings_of, convolution.SIDE),
    (pooling.Lesson, pooling_table.settings_of, pooling.SIDE),
]

IMAGE = torch.arange(36, dtype=torch.float64).reshape(1, 6, 6) / 36


def test_it_opens_late_in_the_chapter_at_its_largest_number() -> None:
    trace = trace_convolution(IMAGE, torch.ones(1, 1, 3, 3))

    assert opening_step(trace, "Forward") == 14  # of 16: the largest up to nine tenths of the way


def test_a_walk_without_the_chapter_opens_in_its_last_one() -> None:
    assert opening_step(trace_pooling(IMAGE), "Backward: image") == opening_step(trace_pooling(IMAGE), "Forward") == 8


def test_a_walk_of_one_step_opens_at_it() -> None:
    assert opening_step(trace_pooling(IMAGE[:, :1, :1], kernel_size=1), "Forward") == 1


@pytest.mark.parametrize(("lesson", "settings_of", "side"), LESSONS)
def test_the_walk_that_a_page_opens_with_is_worked_out_once(lesson: Any, settings_of: Any, side: int) -> None:
    settings = settings_of({})
    x = first_image(side, colour=settings.colour)
    one, other = lesson(settings, x), lesson(settings, x.clone())
    assert one.trace is other.trace

    other.edit(Ref("x", (0, 0, 0)), 9.0)
    assert other.trace is not one.trace
    assert float(other.trace["x"][0, 0, 0]) == 9
    assert float(one.trace["x"][0, 0, 0]) != 9
