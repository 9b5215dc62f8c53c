"""The numbers of a pooling: against torch and autograd on random geometries, and by hand."""

from __future__ import annotations

import copy
import math
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from tests.engine.layers import Arguments, assert_close, assert_sound, normal, pairs, pooled, poolings
from visualizer.engine import Trace, trace_pooling

IMAGE = [[[1, 5, 2, 0], [3, 4, 2, 6], [7, 7, 0, 1], [7, 0, 8, 8]]]


@settings(max_examples=200)
@given(poolings())
def test_every_number_switch_and_gradient_is_torchs(arguments: Arguments) -> None:
    leaf = arguments["x"].requires_grad_()
    try:
        wanted, switches = pooled(arguments)
    except RuntimeError:
        with pytest.raises(ValueError):
            trace_pooling(**arguments)
        return
    if bool(wanted.isinf().any()):
        with pytest.raises(ValueError, match="padding only, which has no maximum"):
            trace_pooling(**arguments)
        return
    grad_y = normal(7, *wanted.shape)
    (grad,) = torch.autograd.grad(wanted, leaf, grad_y)
    trace = trace_pooling(**arguments, grad_y=grad_y)
    assert_close(trace["y"], wanted.detach(), "y")
    assert_close(trace["grad_x"], grad, "grad_x")
    assert ("switches" in trace.arrays) == (arguments["kind"] == "max")
    if switches is not None:
        assert torch.equal(trace["switches"], switches) and trace["switches"].dtype == torch.int64
    assert_sound(trace, {"x", "grad_y"})


@st.composite
def four_sided(draw: st.DrawFn) -> Arguments:
    """Windows that fit whole into an image with its own padding on each side."""
    kernel = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    rows, columns = st.integers(0, kernel[0] // 2), st.integers(0, kernel[1] // 2)
    x = normal(draw(st.integers(0, 2**32)), 2, draw(st.integers(4, 7)), draw(st.integers(4, 7)))
    padding = draw(rows), draw(rows), draw(columns), draw(columns)
    return {"x": x.round(), "kernel_size": kernel, "stride": draw(pairs(1, 3)), "padding": padding}


@settings(max_examples=60)
@given(four_sided(), st.sampled_from(["max", "average"]), st.booleans())
def test_four_sided_padding_is_that_of_a_padded_image(arguments: Arguments, kind: str, included: bool) -> None:
    leaf, (top, bottom, left, right) = arguments["x"].requires_grad_(), arguments["padding"]
    geometry = arguments["kernel_size"], arguments["stride"]

    def padded(x: Tensor, value: float) -> Tensor:
        return functional.pad(x, (left, right, top, bottom), value=value)

    if kind == "max":
        wanted = functional.max_pool2d(padded(leaf, -math.inf), *geometry)
    else:
        wanted = functional.avg_pool2d(padded(leaf, 0.0), *geometry)
        if not included:
            wanted = wanted / functional.avg_pool2d(padded(torch.ones_like(leaf), 0.0), *geometry)
    grad_y = normal(7, *wanted.shape)
    (grad,) = torch.autograd.grad(wanted, leaf, grad_y)
    trace = trace_pooling(**arguments, kind=kind, count_include_pad=included, grad_y=grad_y)
    assert_close(trace["y"], wanted.detach(), "y")
    assert_close(trace["grad_x"], grad, "grad_x")
    assert_sound(trace, {"x", "grad_y"})


def numbers(trace: Trace, name: str) -> object:
    return trace[name].tolist()


def test_a_maximum_worked_out_by_hand() -> None:
    """Of the three sevens at the bottom left the first wins, of the two eights the left one."""
    trace = trace_pooling(IMAGE, grad_y=[[[1, 2], [3, 4]]])
    assert numbers(trace, "y") == [[[5, 6], [7, 8]]]
    assert numbers(trace, "switches") == [[[1, 7], [8, 14]]]
    assert numbers(trace, "grad_x") == [[[0, 1, 0, 0], [0, 0, 0, 2], [3, 0, 0, 0], [0, 0, 4, 0]]]


def test_overlapping_windows_add_up_at_their_common_winner() -> None:
    trace = trace_pooling([[[1, 9, 2]]], kernel_size=(1, 2), stride=1, grad_y=[[[3, 4]]])
    assert numbers(trace, "grad_x") == [[[0, 7, 0]]]


def test_a_mean_worked_out_by_hand() -> None:
    trace = trace_pooling([[[1, 2, 3], [4, 5, 6]]], kind="average", kernel_size=2, stride=1, grad_y=[[[4, 8]]])
    assert numbers(trace, "y") == [[[3, 4]]]
    assert numbers(trace, "grad_x") == [[[1, 3, 2], [1, 3, 2]]]


@pytest.mark.parametrize(("included", "mean"), [(True, 1.0), (False, 4.0)])
def test_an_average_counts_padding_or_not(included: bool, mean: float) -> None:
    trace = trace_pooling([[[4]]], kind="average", padding=1, stride=3, count_include_pad=included)
    assert numbers(trace, "y") == [[[mean]]]


def test_rounding_up_never_counts_what_lies_past_the_padding() -> None:
    trace = trace_pooling([[[6, 9, 3]]], kind="average", kernel_size=(1, 2), ceil_mode=True)
    assert numbers(trace, "y") == [[[7.5, 3]]]


def test_arguments_stay_as_they_are_and_are_not_shared() -> None:
    x, grad_y = normal(0, 1, 4, 4), normal(1, 1, 2, 2)
    before = copy.deepcopy((x, grad_y))
    trace = trace_pooling(x, grad_y=grad_y)
    for array in trace.arrays.values():
        array.fill_(7)
    assert torch.equal(x, before[0]) and torch.equal(grad_y, before[1])


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"x": torch.ones(4, 4)}, "x must have 3 axes"),
        ({"kind": "median"}, "kind must be one of max, average, got 'median'"),
        ({"kernel_size": 0}, "kernel_size must be at least 1, got 0"),
        ({"kernel_size": 5}, "kernel_size: a kernel of 5 rows and columns covers 5, but x has 4"),
        ({"stride": 0}, "stride must be at least 1, got 0"),
        ({"padding": 2}, "padding must be at most half of the kernel, 1 at the top for a kernel of 2 rows, got 2"),
        ({"padding": (0, 0, 0, 2)}, "1 on the right for a kernel of 2 columns, got 2: use padding 1"),
        ({"padding": "same"}, "padding must be a whole number"),
        ({"kind": "average", "dilation": 2}, "dilation must be 1 with kind 'average', got 2"),
        ({"grad_y": torch.ones(1, 2, 3)}, r"grad_y must have the output's shape \(1, 2, 2\), got \(1, 2, 3\)"),
    ],
)
def test_a_message_names_argument_value_and_limit(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        trace_pooling(**{"x": torch.ones(1, 4, 4), **changed})
