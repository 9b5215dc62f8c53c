"""The numbers of a convolution: against torch and autograd on random geometries, and by hand."""

from __future__ import annotations

import copy
import warnings

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from tests.engine.layers import Arguments, assert_close, assert_sound, convolutions, convolved, normal
from visualizer.engine import Trace, trace_convolution


def torchs_own(arguments: Arguments) -> Tensor | None:
    """The output by torch alone; None where it refuses."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # even kernels with "same": torch warns that it copies
        try:
            return convolved(arguments)
        except (RuntimeError, ValueError):
            return None


@settings(max_examples=120)
@given(convolutions())
def test_every_number_and_gradient_is_torchs(arguments: Arguments) -> None:
    leaves = {name: arguments[name] for name in ("x", "weight", "bias") if arguments[name] is not None}
    for leaf in leaves.values():
        leaf.requires_grad_()
    wanted = torchs_own(arguments)
    if wanted is None:
        with pytest.raises(ValueError):
            trace_convolution(**arguments)
        return
    grad_y = normal(7, *wanted.shape)
    trace = trace_convolution(**arguments, grad_y=grad_y)
    assert_close(trace["y"], wanted.detach(), "y")
    grads = torch.autograd.grad(wanted, list(leaves.values()), grad_y)
    for name, grad in zip(leaves, grads, strict=True):
        assert_close(trace[f"grad_{name}"], grad, f"grad_{name}")
    assert list(trace.arrays) == [*leaves, "y", "grad_y", "grad_weight", *["grad_bias"][: "bias" in leaves], "grad_x"]
    assert_sound(trace, {*leaves, "grad_y"})


@settings(max_examples=60)
@given(convolutions(), st.sampled_from(["squared", "sum_squared", "mse", "sum", "pixel"]))
def test_a_loss_gives_the_gradients_that_autograd_gives(arguments: Arguments, loss: str) -> None:
    for name in ("x", "weight"):
        arguments[name].requires_grad_()
    y = torchs_own(arguments)
    if y is None:
        return
    target, pixel = normal(8, *y.shape), tuple(size // 2 for size in y.shape)
    extra = {"sum": {}, "pixel": {"pixel": pixel}}.get(loss, {"target": target})
    squares = (y - target).square()
    wanted = {
        "squared": 0.5 * squares.sum(),
        "sum_squared": squares.sum(),
        "mse": squares.mean(),
        "sum": y.sum(),
        "pixel": y[pixel],
    }[loss]
    grads = torch.autograd.grad(wanted, [arguments["x"], arguments["weight"], y])
    trace = trace_convolution(**arguments, loss=loss, **extra)
    assert_close(trace["loss"], wanted.detach(), "loss")
    for name, grad in zip(("x", "weight", "y"), grads, strict=True):
        assert_close(trace[f"grad_{name}"], grad, f"grad_{name}")
    assert ("losses" in trace.arrays) == ("target" in extra and y.numel() > 1)
    given_ = {"x", "weight", "target"} | ({"bias"} if arguments["bias"] is not None else set())
    assert_sound(trace, given_ & set(trace.arrays))


def numbers(trace: Trace, name: str) -> object:
    return trace[name].tolist()


def test_a_convolution_worked_out_by_hand() -> None:
    """A 3×3 image and a 2×2 kernel, without padding: four windows."""
    trace = trace_convolution(
        [[[1, 2, 3], [4, 5, 6], [7, 8, 9]]], [[[[1, 0], [-1, 2]]]], [10], grad_y=[[[1, 2], [0, -1]]]
    )
    assert numbers(trace, "y") == [[[17, 19], [23, 25]]]  # 10 + 1·1 + 0·2 − 1·4 + 2·5, …
    assert numbers(trace, "grad_weight") == [[[[1 + 4 - 5, 2 + 6 - 6], [4 + 10 - 8, 5 + 12 - 9]]]]
    assert numbers(trace, "grad_bias") == [2]
    assert numbers(trace, "grad_x") == [[[1, 2, 0], [-1, 2 - 2 - 1, 4], [0, 1, -2]]]


def test_padding_stride_and_two_channels_worked_out_by_hand() -> None:
    """One row above the image and none below; every second column; the channels in one sum."""
    trace = trace_convolution(
        [[[1, 2, 3]], [[4, 5, 6]]], [[[[7], [1]], [[0], [-1]]]], stride=(1, 2), padding=(1, 0, 0, 0), grad_y=[[[1, 10]]]
    )
    assert numbers(trace, "y") == [[[1 - 4, 3 - 6]]]  # the first kernel row lies on the padding
    assert numbers(trace, "grad_weight") == [[[[0], [1 + 30]], [[0], [4 + 60]]]]
    assert numbers(trace, "grad_x") == [[[1, 0, 10]], [[-1, 0, -10]]]  # no window sees the second column


def test_a_squared_loss_worked_out_by_hand() -> None:
    trace = trace_convolution([[[1, 2]]], [[[[3]]]], loss="squared", target=[[[1, 8]]])
    assert numbers(trace, "error") == [[[-2, 2]]] and numbers(trace, "losses") == [[[2, 2]]]
    assert numbers(trace, "loss") == 4
    assert numbers(trace, "grad_y") == [[[2, -2]]]
    assert numbers(trace, "grad_weight") == [[[[-2]]]] and numbers(trace, "grad_x") == [[[6, -6]]]


def test_groups_keep_channels_apart() -> None:
    trace = trace_convolution([[[2]], [[3]]], [[[[5]]], [[[7]]]], groups=2, grad_y=[[[1]], [[10]]])
    assert numbers(trace, "y") == [[[10]], [[21]]]
    assert numbers(trace, "grad_x") == [[[5]], [[70]]] and numbers(trace, "grad_weight") == [[[[2]]], [[[30]]]]


def test_same_padding_keeps_the_size_and_has_its_extra_at_the_end() -> None:
    trace = trace_convolution([[[1, 2, 3]]], [[[[1, 10]]]], padding="same")
    assert numbers(trace, "y") == [[[21, 32, 3]]]


def test_without_a_start_there_is_no_way_back() -> None:
    trace = trace_convolution(normal(0, 1, 3, 3), normal(1, 1, 1, 2, 2))
    assert list(trace.arrays) == ["x", "weight", "y"] and len(trace) == 4


def test_arguments_stay_as_they_are_and_are_not_shared() -> None:
    arguments = {"x": normal(0, 2, 4, 4), "weight": normal(1, 1, 2, 3, 3), "bias": normal(2, 1)}
    arguments["grad_y"] = normal(3, 1, 2, 2)
    before = copy.deepcopy(arguments)
    trace = trace_convolution(**arguments)
    for array in trace.arrays.values():
        array.fill_(7.0)
    assert all(torch.equal(arguments[name], before[name]) for name in arguments)


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_torchs_own_state_stays_as_it_is(mode: type) -> None:
    state = torch.random.get_rng_state()
    with mode():
        x = normal(0, 1, 3, 3)
        trace = trace_convolution(x, normal(1, 1, 1, 2, 2), loss="sum")
        assert not torch.is_grad_enabled()
    assert torch.equal(torch.random.get_rng_state(), state)
    assert not any(array.requires_grad for array in (*trace.arrays.values(), *trace.checks.values()))
    assert_sound(trace, {"x", "weight"})


def test_other_dtypes_and_lists_become_float64() -> None:
    trace = trace_convolution(torch.tensor([[[1, 2]]]), torch.tensor([[[[0.5]]]], dtype=torch.float32), loss="sum")
    assert numbers(trace, "y") == [[[0.5, 1]]]
    assert all(array.dtype == torch.float64 for array in (*trace.arrays.values(), *trace.checks.values()))
