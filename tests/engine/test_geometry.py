"""Where windows lie, against the definition: number by number."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine.geometry import Axis, Overlap, grid, pair, same_padding, sides
from visualizer.engine.walks.convolution.steps import numbers


@st.composite
def axes(draw: st.DrawFn) -> Axis:
    size, kernel, small = st.integers(1, 9), st.integers(1, 5), st.integers(1, 4)
    before, after, ceil = draw(st.integers(0, 4)), draw(st.integers(0, 4)), draw(st.booleans())
    return Axis("rows", draw(size), draw(kernel), draw(small), draw(small), before, after, ceil)


def met(axis: Axis) -> set[tuple[int, int, int]]:
    """Every (window, number of the kernel, place) where one lies on the other."""
    return {
        (window, number, place)
        for window in range(axis.windows)
        for number in range(axis.kernel)
        for place in range(axis.size)
        if place == window * axis.stride + number * axis.dilation - axis.before
    }


def pairs_of(overlap: Overlap) -> list[tuple[int, int]]:
    return [] if overlap is None else list(zip(numbers(overlap[0]), numbers(overlap[1]), strict=True))


@given(axes())
def test_windows_numbers_and_places_meet_where_the_definition_says(axis: Axis) -> None:
    expected = met(axis)
    windows = {(w, n, p) for w, overlap in enumerate(axis.window) for p, n in pairs_of(overlap)}
    kernel = {(w, n, p) for n, overlap in enumerate(axis.windows_of_number) for w, p in pairs_of(overlap)}
    places = {(w, n, p) for p, overlap in enumerate(axis.windows_of_place) for w, n in pairs_of(overlap)}
    assert windows == expected and kernel == expected and places == expected
    assert set(axis.unseen) == set(range(axis.size)) - {place for _, _, place in expected}


@given(axes())
def test_the_formula_ends_in_the_number_of_windows(axis: Axis) -> None:
    assert axis.formula.endswith(f"= {axis.windows}")
    assert axis.formula[0] == ("⌈" if axis.ceil else "⌊")


@pytest.mark.parametrize(
    ("axis", "windows", "unseen", "formula"),
    [
        (Axis("rows", 7, 3), 5, (), "⌊(7 − 3) / 1⌋ + 1 = 5"),
        (Axis("rows", 32, 3, before=1, after=1), 32, (), "⌊(32 + 1 + 1 − 3) / 1⌋ + 1 = 32"),
        (Axis("rows", 8, 3, 2), 3, (7,), "⌊(8 − 3) / 2⌋ + 1 = 3"),
        (Axis("rows", 7, 2, 3), 2, (2, 5, 6), "⌊(7 − 2) / 3⌋ + 1 = 2"),
        (Axis("rows", 5, 2, dilation=4), 1, (1, 2, 3), "⌊(5 − 4 · (2 − 1) − 1) / 1⌋ + 1 = 1"),
        (Axis("rows", 5, 2, 2, ceil=True), 3, (), "⌈(5 − 2) / 2⌉ + 1 = 3"),
        (Axis("rows", 4, 2, 3, before=1, after=1, ceil=True), 2, (1,), "⌈(4 + 1 + 1 − 2) / 3⌉ + 1 − 1"),
    ],
)
def test_sizes_worked_out_by_hand(axis: Axis, windows: int, unseen: tuple[int, ...], formula: str) -> None:
    assert axis.windows == windows
    assert axis.unseen == unseen
    assert axis.formula.startswith(formula)


def test_a_place_pairs_windows_with_the_kernel_read_backwards() -> None:
    assert Axis("rows", 7, 3).windows_of_place[2] == (slice(0, 3), slice(2, None, -1))
    assert Axis("rows", 9, 5, 2).windows_of_place[4] == (slice(0, 3), slice(4, None, -2))
    assert Axis("rows", 13, 4, 3, 2).windows_of_place[6] == (slice(0, 3, 2), slice(3, None, -3))


def test_same_padding_has_its_extra_at_the_end() -> None:
    assert same_padding((3, 4), (1, 1), (1, 1)) == (1, 1, 1, 2)
    assert same_padding((2, 3), (1, 1), (3, 2)) == (1, 2, 2, 2)


@pytest.mark.parametrize(
    ("value", "four"), [(2, (2, 2, 2, 2)), ((1, 2), (1, 1, 2, 2)), ([1, 2, 3, 4], (1, 2, 3, 4)), ((0,), (0, 0, 0, 0))]
)
def test_forms_of_padding(value: object, four: tuple[int, ...]) -> None:
    assert sides(value) == four


@pytest.mark.parametrize("value", [1.5, "1", None, (1, 2, 3), (), True, (1, "2"), [[1, 1]]])
def test_what_is_no_padding_and_no_pair(value: object) -> None:
    with pytest.raises(ValueError, match=r"padding must be .*got "):
        sides(value)
    with pytest.raises(ValueError, match=r"stride must be .*got "):
        pair("stride", value, 1)


def test_limits_are_named() -> None:
    with pytest.raises(ValueError, match="padding must be at least 0, got -1"):
        sides(-1)
    with pytest.raises(ValueError, match=r"dilation must be at least 1, got \(1, 0\)"):
        pair("dilation", (1, 0), 1)
    with pytest.raises(ValueError, match="padding 'same' needs stride 1"):
        same_padding((3, 3), (2, 1), (1, 1))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"size": (5, 5), "kernel": (5, 5), "dilation": (2, 2), "padding": (1, 1, 1, 1)},
            "weight: a kernel of 5 rows and columns with dilation 2 covers 9, but x with its padding has 7: "
            "pad by 1 more on each side, or use dilation 1, or use a kernel of 4 rows and columns",
        ),
        (
            {"size": (2, 9), "kernel": (3, 3)},
            "weight: a kernel of 3 rows covers 3, but x has 2: pad by 1 more at the top and the bottom, or use a "
            "kernel of 2 rows",
        ),
        (
            {"size": (9, 1), "kernel": (3, 2), "at_most_half": True},
            "weight: a kernel of 2 columns covers 2, but x has 1: pad by 1 more on the left and the right, or use a "
            "kernel of 1 column",
        ),
        (
            {"size": (9, 9), "kernel": (3, 3), "padding": (0, 2, 0, 0), "at_most_half": True},
            "padding must be at most half of the kernel, 1 at the bottom for a kernel of 3 rows, got 2: use padding 1, "
            "or a kernel of 4 rows",
        ),
    ],
)
def test_what_does_not_fit_says_what_would(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as caught:
        grid("weight", **arguments)
    assert str(caught.value) == message


@given(axes(), st.booleans())
def test_each_change_advised_makes_room(axis: Axis, at_most_half: bool) -> None:
    half = axis.kernel // 2
    if axis.windows >= 1 or (at_most_half and max(axis.before, axis.after) > half):
        return
    kernel, dilation, padding = axis.kernel, axis.dilation, (axis.before, axis.after)

    def attempt(kernel: int, dilation: int, padding: tuple[int, int]) -> None:
        sizes, kernels = (axis.size, 9), (kernel, 1)
        steps, holes, border = (axis.stride, 1), (dilation, 1), (*padding, 0, 0)
        grid("weight", sizes, kernels, steps, holes, border, ceil=axis.ceil, at_most_half=at_most_half)

    with pytest.raises(ValueError) as caught:
        attempt(kernel, dilation, padding)
    advice = str(caught.value).partition(": ")[2].partition(": ")[2]
    for text in advice.split(", or "):
        if found := re.fullmatch(r"pad by (\d+) more at the top and the bottom", text):
            attempt(kernel, dilation, (padding[0] + int(found[1]), padding[1] + int(found[1])))
        elif found := re.fullmatch(r"use dilation (\d+)", text):
            attempt(kernel, int(found[1]), padding)
        elif found := re.fullmatch(r"use a kernel of (\d+) rows?", text):
            attempt(int(found[1]), dilation, padding)
        else:
            assert text == "use a smaller kernel and less padding"
