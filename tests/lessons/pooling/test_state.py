"""What one can do in the lesson "Pooling", and what stays when one does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch

from visualizer.engine import Ref
from visualizer.lessons.pooling.settings import SETTINGS
from visualizer.lessons.pooling.state import PoolingLesson

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
