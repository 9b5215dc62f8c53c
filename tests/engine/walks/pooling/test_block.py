"""Convolution, ReLU and pooling in one walk: against autograd, by hand, and in order."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from tests.engine.layers import assert_close, assert_sound, normal
from visualizer.engine import Ref, trace_block
from visualizer.engine.trace.trace import Apply, Maximum, Product


@st.composite
def blocks(draw: st.DrawFn) -> dict[str, Any]:
    seed, groups = draw(st.integers(0, 2**32)), draw(st.integers(1, 2))
    filters = groups * draw(st.integers(1, 2))
    return {
        "x": normal(seed, 2 * groups, draw(st.integers(4, 7)), draw(st.integers(4, 7))),
        "weight": normal(seed + 1, filters, 2, 3, 3),
        "bias": normal(seed + 2, filters) if draw(st.booleans()) else None,
        "padding": draw(st.integers(0, 2)),
        "groups": groups,
        "pooling": {
            "kind": draw(st.sampled_from(["max", "average"])),
            "kernel_size": 2,
            "stride": draw(st.none() | st.just(1)),
            "padding": draw(st.integers(0, 1)),
            "ceil_mode": draw(st.booleans()),
        },
    }


@settings(max_examples=20)
@given(blocks())
def test_every_number_and_gradient_is_torchs(arguments: dict[str, Any]) -> None:
    leaves = {name: arguments[name] for name in ("x", "weight", "bias") if arguments[name] is not None}
    for leaf in leaves.values():
        leaf.requires_grad_()
    options = dict(arguments["pooling"])
    pool = functional.max_pool2d if options.pop("kind") == "max" else functional.avg_pool2d
    y = functional.conv2d(
        arguments["x"],
        arguments["weight"],
        arguments["bias"],
        padding=arguments["padding"],
        groups=arguments["groups"],
    )
    wanted = pool(torch.relu(y), **options)
    grad_p = normal(7, *wanted.shape)
    grads = torch.autograd.grad(wanted, [*leaves.values(), y], grad_p)
    trace = trace_block(**arguments, grad_p=grad_p)
    assert_close(trace["p"], wanted.detach(), "p")
    for name, grad in zip([*leaves, "y"], grads, strict=True):
        assert_close(trace[f"grad_{name}"], grad, f"grad_{name}")
    assert_sound(trace, {*leaves, "grad_p"})


def test_a_block_worked_out_by_hand() -> None:
    """A 1×1 kernel, so that each number can be followed: −x + 3, what is negative becomes 0, the larger of two."""
    trace = trace_block([[[1, 5, 2, 3]]], [[[[-1]]]], [3], pooling={"kernel_size": (1, 2)}, grad_p=[[[10, 20]]])
    expected = {
        "y": [[[2, -2, 1, 0]]],
        "h": [[[2, 0, 1, 0]]],
        "p": [[[2, 1]]],
        "switches": [[[0, 2]]],
        "grad_h": [[[10, 0, 20, 0]]],
        "grad_y": [[[10, 0, 20, 0]]],
        "grad_weight": [[[[50]]]],  # 10·1 + 20·2
        "grad_bias": [30],
        "grad_x": [[[-10, 0, -20, 0]]],
    }
    assert {name: trace[name].tolist() for name in expected} == expected


def test_the_walk_goes_layer_by_layer_and_back() -> None:
    trace = trace_block(normal(0, 1, 5, 5), normal(1, 2, 1, 2, 2), [0, 1], grad_p=normal(2, 2, 2, 2))
    assert trace.kind == "block"
    assert [(chapter.title, chapter.stop - chapter.start) for chapter in trace.chapters] == [
        ("Convolution", 32),
        ("ReLU", 32),
        ("Pooling", 8),
        ("Backward: pooling", 32),
        ("Backward: ReLU", 32),
        ("Backward: kernel", 10),
        ("Backward: image", 25),
    ]
    at = (1, 0, 1)
    writers = {name: trace.steps[trace.step_of(Ref(name, at)) or 0] for name in ("h", "p", "switches", "grad_y")}
    assert writers["h"].expression == Apply("relu", (Ref("y", at),))
    block = Ref("h", (1, slice(0, 2), slice(2, 4)))
    assert writers["p"].expression == Maximum(block, Ref("switches", at)) and writers["switches"] == writers["p"]
    assert writers["grad_y"].expression == Product((Ref("grad_h", at), Apply("relu'", (Ref("y", at),))))
    assert trace.symbol(Ref("grad_p", at)) == "∂ℓ/∂p₂,₁,₂" and trace.symbol(Ref("h", at)) == "h₂,₁,₂"


def test_without_a_gradient_it_goes_forward_only() -> None:
    trace = trace_block(normal(0, 1, 4, 4), normal(1, 1, 1, 3, 3), pooling={"kind": "average"})
    assert list(trace.arrays) == ["x", "weight", "y", "h", "p"]
    assert_sound(trace, {"x", "weight"})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"pooling": {"size": 2}}, "pooling may have the options kind, kernel_size, .*, got 'size'"),
        ({"pooling": {"kernel_size": 0}}, "pooling: kernel_size must be at least 1, got 0"),
        ({"pooling": {"kernel_size": 3}}, "pooling: kernel_size: a kernel of 3 rows and columns covers 3, but h has 2"),
        ({"stride": 0}, "stride must be at least 1, got 0"),
        ({"grad_p": [[[1, 2]]]}, r"grad_p must have the output's shape \(1, 1, 1\), got \(1, 1, 2\)"),
    ],
)
def test_a_message_names_argument_value_and_limit(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        trace_block(**{"x": torch.ones(1, 4, 4), "weight": torch.ones(1, 1, 3, 3), **changed})
