"""Random convolutions and poolings as arguments of the traces, and what holds for every walk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from visualizer.engine import Trace
from visualizer.engine.trace.trace import reads

Arguments = dict[str, Any]


def normal(seed: int, *shape: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def pairs(least: int, most: int) -> st.SearchStrategy[Any]:
    numbers = st.integers(least, most)
    return numbers | st.tuples(numbers, numbers)


def paddings(most: int) -> st.SearchStrategy[Any]:
    numbers = st.integers(0, most)
    return pairs(0, most) | st.tuples(numbers, numbers, numbers, numbers)


@st.composite
def convolutions(draw: st.DrawFn) -> Arguments:
    """Any geometry, also those that do not fit."""
    groups, sizes = draw(st.integers(1, 3)), st.integers(1, 7)
    channels, filters, seed = draw(st.integers(1, 2)), groups * draw(st.integers(1, 2)), draw(st.integers(0, 2**32))
    kernel = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    return {
        "x": normal(seed, groups * channels, draw(sizes), draw(sizes)),
        "weight": normal(seed + 1, filters, channels, *kernel),
        "bias": normal(seed + 2, filters) if draw(st.booleans()) else None,
        "stride": draw(pairs(1, 3)),
        "padding": draw(paddings(3) | st.just("same")),
        "dilation": draw(pairs(1, 3)),
        "groups": groups,
    }


def convolved(arguments: Arguments) -> Tensor:
    """The output by torch alone; its own errors where it refuses."""
    named = dict(arguments)
    x, weight, bias, padding = (named.pop(name) for name in ("x", "weight", "bias", "padding"))
    if isinstance(padding, tuple) and len(padding) == 4:
        top, bottom, left, right = padding
        x, padding = functional.pad(x, (left, right, top, bottom)), 0
    return functional.conv2d(x, weight, bias, padding=padding, **named)


@st.composite
def poolings(draw: st.DrawFn) -> Arguments:
    """Any geometry that torch takes or refuses; whole numbers in half of the images, so that maxima tie."""
    kind, sizes = draw(st.sampled_from(["max", "average"])), st.integers(1, 7)
    x = normal(draw(st.integers(0, 2**32)), draw(st.integers(1, 2)), draw(sizes), draw(sizes))
    return {
        "x": x.round() if draw(st.booleans()) else x,
        "kind": kind,
        "kernel_size": draw(pairs(1, 4)),
        "stride": draw(st.none() | pairs(1, 4)),
        "padding": draw(pairs(0, 2)),
        "dilation": draw(pairs(1, 3)) if kind == "max" else 1,
        "ceil_mode": draw(st.booleans()),
        "count_include_pad": draw(st.booleans()),
    }


def pooled(arguments: Arguments) -> tuple[Tensor, Tensor | None]:
    """The output and switches by torch alone; its own errors where it refuses."""
    named = dict(arguments)
    x, kind, included, dilation = (named.pop(name) for name in ("x", "kind", "count_include_pad", "dilation"))
    if kind == "max":
        return functional.max_pool2d(x, dilation=dilation, return_indices=True, **named)
    return functional.avg_pool2d(x, count_include_pad=included, **named), None


def assert_close(found: Tensor, wanted: Tensor, name: str) -> None:
    assert found.shape == wanted.shape, name
    assert float((found - wanted).abs().max()) <= 1e-10, name


def assert_sound(trace: Trace, given: Iterable[str]) -> None:
    """What holds for every walk: it adds up, agrees with torch, and writes each number once from known ones."""
    assert trace.replay() <= 1e-12
    for name, checked in trace.checks.items():
        assert_close(trace[name], checked, name)
    known = {name: torch.full(array.shape, name in given) for name, array in trace.arrays.items()}
    for number, step in enumerate(trace.steps):
        for ref in reads(step.expression):
            assert known[ref.name].numpy()[ref.index].all(), f"step {number} reads {ref} too early"
        for ref in step.writes:
            assert not bool(known[ref.name][ref.index]), f"step {number} writes {ref} again"
            known[ref.name][ref.index] = True
    assert all(bool(array.all()) for array in known.values())
    assert list(trace.symbols) and set(trace.symbols) == set(trace.arrays)
    written = {ref.name for step in trace.steps for ref in step.writes}
    assert written <= set(trace.checks) and not written & set(given)
    for step in trace.steps:
        assert 0 < len(step.title) <= 70 and step.note.endswith(".") and step.layer and step.unit
    assert [chapter.start for chapter in trace.chapters] == [0, *(chapter.stop for chapter in trace.chapters[:-1])]
    assert trace.chapters[-1].stop == len(trace)
