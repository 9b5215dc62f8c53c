"""The walk through a pooling: its order, its expressions, its words."""

from __future__ import annotations

import pytest

from tests.engine.layers import normal
from visualizer.engine import Ref, Trace, trace_pooling
from visualizer.engine.trace.trace import (
    Maximum,
    Mean,
    Product,
    Step,
    Sum,
)

X = [[[1, 5, 2], [3, 4, 2], [7, 7, 0]]]


def writer(trace: Trace, name: str, *index: int) -> Step:
    at = trace.step_of(Ref(name, index))
    assert at is not None
    return trace.steps[at]


def test_a_maximum_writes_its_switch_with_it() -> None:
    trace = trace_pooling(X, stride=1, grad_y=[[[1, 2], [3, 4]]])
    at, switch = (0, 1, 0), Ref("switches", (0, 1, 0))
    step = writer(trace, "y", *at)
    assert step.expression == Maximum(Ref("x", (0, slice(1, 3), slice(0, 2))), switch)
    assert step.writes == (Ref("y", at), switch)
    assert trace.step_of(switch) == trace.step_of(Ref("y", at))
    assert "2 values are equally large" in step.note
    assert [(chapter.title, chapter.stop) for chapter in trace.chapters] == [("Forward", 4), ("Backward: image", 13)]


def test_the_way_back_goes_to_the_winners() -> None:
    trace = trace_pooling(X, stride=1, grad_y=[[[1, 2], [3, 4]]])
    both = writer(trace, "grad_x", 0, 0, 1)
    assert both.expression == Sum((Ref("grad_y", (0, 0, 0)), Ref("grad_y", (0, 0, 1))))
    assert "2 windows" in both.note
    lost = writer(trace, "grad_x", 0, 1, 1)
    assert lost.expression == 0.0 and "each of the 4 windows" in lost.note


def test_a_mean_is_spread_evenly() -> None:
    trace = trace_pooling(X, kind="average", kernel_size=(1, 2), stride=1, grad_y=normal(0, 1, 3, 2))
    assert writer(trace, "y", 0, 2, 1).expression == Mean(Ref("x", (0, slice(2, 3), slice(1, 3))), 2)
    shares = tuple(Product((0.5, Ref("grad_y", (0, 1, column)))) for column in (0, 1))
    assert writer(trace, "grad_x", 0, 1, 1).expression == Sum(shares)


@pytest.mark.parametrize(
    ("included", "count", "words"), [(True, 4, "on zeros of the padding"), (False, 1, "only these count")]
)
def test_at_the_border_a_mean_says_what_it_counts(included: bool, count: int, words: str) -> None:
    trace = trace_pooling(X, kind="average", padding=1, stride=2, count_include_pad=included)
    corner = writer(trace, "y", 0, 0, 0)
    assert corner.expression == Mean(Ref("x", (0, slice(0, 1), slice(0, 1))), count)
    assert corner.title == "The mean of 1 value at the border" and words in corner.note


def test_what_no_window_sees_gets_no_gradient() -> None:
    for kind in ("max", "average"):
        trace = trace_pooling(X, kind=kind, grad_y=[[[1]]])
        unseen = writer(trace, "grad_x", 0, 2, 0)
        assert unseen.expression == 0.0 and unseen.note.startswith("No window covers")


def test_dilation_is_a_step_of_slices() -> None:
    trace = trace_pooling(X, dilation=2)
    assert writer(trace, "y", 0, 0, 0).expression == Maximum(
        Ref("x", (0, slice(0, 3, 2), slice(0, 3, 2))), Ref("switches", (0, 0, 0))
    )


def test_symbols_strides_and_formula() -> None:
    trace = trace_pooling(normal(0, 2, 4, 4), grad_y=normal(1, 2, 2, 2))
    assert trace.symbol(Ref("grad_x", (1, 0, 2))) == "∂ℓ/∂x₂,₁,₃"
    assert trace.symbol(Ref("switches", (1, 0, 1))) == "s₂,₁,₂"
    assert trace_pooling(X).symbol(Ref("y", (0, 0, 0))) == "y₁,₁"
    step = writer(trace, "y", 1, 1, 0)
    assert (step.layer, step.unit) == ("output channel 2", "row 2")
    assert trace.overview[-1] == ("sub", "x", "c,2i+u−2,2j+v−2") and "c indexes the channels" in trace.legend
    mean = trace_pooling(X, kind="average", padding=1)
    assert ("frac", "1", "4") in mean.overview and "n is" not in mean.legend
    without = trace_pooling(X, kind="average", padding=1, count_include_pad=False)
    assert ("frac", "1", "n") in without.overview and "n is the number of the window's positions" in without.legend
    assert "output is 2×2, the input 4×4" in trace.summary
