"""What one can do in the lesson "Pooling", and what stays when one does."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import Any

import pytest
import torch

from visualizer.engine import Ref
from visualizer.lessons.pooling.settings import SETTINGS, PoolingSettings
from visualizer.lessons.pooling.state import PoolingLesson, Shape, possible, refusal, start_arrays, trace_of

IMAGE = torch.arange(3 * 6 * 8, dtype=torch.float64).reshape(3, 6, 8) % 10 / 10
PIXEL, ABOVE = Ref("x", (0, 0, 3)), Ref("grad_y", (0, 1, 1))
EDITS = {PIXEL: 5.0, ABOVE: -7.0}


def opened(edits: dict[Ref, float] | None = None, **values: Any) -> PoolingLesson:
    settings = SETTINGS.of(values)
    return PoolingLesson(settings, IMAGE[: 3 if settings.colour else 1], edits)


def follow(lesson: PoolingLesson, x: torch.Tensor | None = None, **changes: Any) -> PoolingLesson:
    lesson.follow(replace(lesson.settings, **changes), lesson.unedited["x"] if x is None else x)
    return lesson


@pytest.mark.parametrize("changes", [{"window": 8}, {"padding": 2}, {"layers": "block", "size": 4}])
def test_a_refusal_keeps_the_walk_and_its_edits(changes: dict[str, Any]) -> None:
    lesson = opened(EDITS)
    trace, settings = lesson.trace, lesson.settings
    follow(lesson, **changes)

    assert lesson.refusal is not None
    assert lesson.trace is trace
    assert lesson.settings == settings
    assert lesson.edits == EDITS
    follow(lesson)
    assert lesson.refusal is None
    assert lesson.trace is trace


def test_at_the_start_a_walk_that_is_possible_stands_in() -> None:
    lesson = PoolingLesson(SETTINGS.of({}), IMAGE[:1, :1, :1])
    assert lesson.refusal is not None
    assert lesson.trace["y"].tolist() == IMAGE[:1, :1, :1].tolist()


def test_an_edit_changes_what_follows_and_can_be_undone() -> None:
    lesson = opened()
    before = lesson.trace
    lesson.edit(PIXEL, 5.0)
    assert float(lesson.trace["y"][0, 0, 1]) == 5.0
    lesson.edit(ABOVE, -7.0)
    assert float(lesson.trace["grad_x"].sum()) == float(before["grad_x"].sum()) - 6.0 - 7.0
    lesson.undo()
    lesson.undo()
    assert torch.equal(lesson.trace["grad_x"], before["grad_x"])


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"kind": "average"}, {PIXEL, ABOVE}),
        ({"ceil_mode": True}, {PIXEL, ABOVE}),
        ({"stride": "1"}, {PIXEL}),
        ({"gradient": "ones"}, {PIXEL}),
        ({"gradient": "none"}, {PIXEL}),
        ({"layers": "block"}, {PIXEL}),
    ],
)
def test_edits_stay_as_long_as_what_they_lie_on(changes: dict[str, Any], kept: set[Ref]) -> None:
    lesson = follow(opened(EDITS), **changes)
    assert lesson.refusal is None
    assert lesson.edits.keys() == kept
    assert not lesson.can_undo


def test_another_crop_drops_the_image_s_edits_alone() -> None:
    assert follow(opened(EDITS), IMAGE[:1] + 0.01).edits == {ABOVE: -7.0}


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({}, ("x", "grad_y")),
        ({"from_above": "none"}, ("x",)),
        ({"layers": "block"}, ("x", "weight", "bias", "grad_p")),
    ],
)
def test_editable_is_what_the_walk_starts_from(values: dict[str, Any], names: tuple[str, ...]) -> None:
    assert opened(**values).editable == names


@pytest.mark.parametrize("kind", ["max", "average"])
@pytest.mark.parametrize("layers", ["alone", "block"])
def test_the_gradient_from_above_counts_or_is_one_everywhere(kind: str, layers: str) -> None:
    for gradient, first in (("counted", [1.0, 2.0, 3.0]), ("ones", [1.0, 1.0, 1.0])):
        lesson = opened(pooling=kind, layers=layers, from_above=gradient)
        name = "grad_p" if layers == "block" else "grad_y"
        assert lesson.trace[name].flatten().tolist()[:3] == first
        assert lesson.trace.replay() < 1e-12


ADVICE = {
    r"use padding (\d+)": lambda settings, n: replace(settings, padding=n),
    r"pad by (\d+) more": lambda settings, n: replace(settings, padding=settings.padding + n),
    r"use dilation (\d+)|or dilation (\d+)": lambda settings, n: replace(settings, dilation=n),
    r"a window of (\d+) rows(?: and columns)?\.$": lambda settings, n: replace(settings, window=n),
}


def layer(**values: Any) -> PoolingSettings:
    return SETTINGS.of(values)


def said(settings: PoolingSettings, shape: Shape = (1, 6, 6)) -> str:
    found = refusal(settings, shape)
    return found.text if found else ""


def every_pooling() -> list[PoolingSettings]:
    choices = itertools.product(
        ["max", "average"], range(1, 9), ["window", "1", "3"], range(5), (1, 2, 4), (False, True)
    )
    return [
        layer(
            pooling=kind, window=window, pool_stride=stride, pool_padding=padding, pool_dilation=dilation, ceil_mode=up
        )
        for kind, window, stride, padding, dilation, up in choices
    ]


def test_a_walk_can_be_made_exactly_where_nothing_is_refused() -> None:
    walked = 0
    for settings, shape in itertools.product(every_pooling(), [(1, 1, 1), (1, 2, 5), (1, 6, 6)]):
        x = torch.rand(shape, dtype=torch.float64)
        if said(settings, shape):
            with pytest.raises(ValueError):
                start_arrays(settings, x)
        elif settings.window % 4 == 2:
            walked += 1
            assert trace_of(settings, start_arrays(settings, x)).replay() < 1e-12
    assert walked > 50


def test_every_advice_helps() -> None:
    """A window with holes may then stand in the way of its own accord, which has an advice of its own."""
    tried = 0
    for settings, side in itertools.product(every_pooling(), (1, 3, 6)):
        if settings.dilation > 1 and (settings.padding or settings.ceil_mode):
            continue
        before = said(settings, (1, side, side))
        for pattern, changed in ADVICE.items():
            if advice := re.search(pattern, before):
                tried += 1
                after = said(changed(settings, int(next(filter(None, advice.groups())))), (1, side, side))
                assert after == "" or ("straddle" in after and "straddle" not in before), (before, settings, side)
    assert tried > 100


@pytest.mark.parametrize(
    ("settings", "beside", "words"),
    [
        (layer(pool_padding=2), "window", "at most half of the window, 1 at the top for a window of 2 rows, got 2:"),
        (layer(window=8), "window", "A window of 8 rows and columns covers 8, but the crop has 6: pad by 1 more"),
        (layer(layers="block", window=5), "window", "but the convolution's output has 4"),
        (layer(layers="block", detector_size=4), "kernel", "Sobel x comes in 3×3 and 5×5, not in 4×4"),
        (layer(layers="block", detector="box", detector_size=9), "kernel", "A kernel of 9 rows and columns covers 9"),
    ],
)  # fmt: skip
def test_what_is_in_the_way_is_said_beside_it(settings: PoolingSettings, beside: str, words: str) -> None:
    found = refusal(settings, (1, 6, 6))
    assert found is not None
    assert found.beside == beside
    assert words in found.text


@pytest.mark.parametrize("side", [1, 2, 3, 32])
@pytest.mark.parametrize("values", [{}, {"window": 8}, {"layers": "block", "pool_channels": "colour"}])
def test_there_is_always_a_walk_to_begin_with(side: int, values: dict[str, Any]) -> None:
    settings = layer(**values)
    shape = (3 if settings.colour else 1, side, side)
    found = possible(settings, shape, layer())

    assert refusal(found, shape) is None
    assert found.channels == settings.channels
    assert len(trace_of(found, start_arrays(found, torch.zeros(shape, dtype=torch.float64)))) > 0
    if refusal(settings, shape) is None:
        assert found == settings
