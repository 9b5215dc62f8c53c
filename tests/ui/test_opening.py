"""The step at which a walk over an image opens."""

from __future__ import annotations

import torch

from visualizer.engine import trace_convolution, trace_pooling
from visualizer.ui.opening import opening_step

IMAGE = torch.arange(36, dtype=torch.float64).reshape(1, 6, 6) / 36


def test_it_opens_late_in_the_chapter_at_its_largest_number() -> None:
    trace = trace_convolution(IMAGE, torch.ones(1, 1, 3, 3))

    assert opening_step(trace, "Forward") == 14  # of 16: the largest up to nine tenths of the way


def test_a_walk_without_the_chapter_opens_in_its_last_one() -> None:
    assert opening_step(trace_pooling(IMAGE), "Backward: image") == opening_step(trace_pooling(IMAGE), "Forward") == 8


def test_a_walk_of_one_step_opens_at_it() -> None:
    assert opening_step(trace_pooling(IMAGE[:, :1, :1], kernel_size=1), "Forward") == 1
