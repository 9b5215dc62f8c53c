"""What one can do in the lesson "Convolution", and what stays when one does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch

from visualizer.engine import Ref
from visualizer.lessons.convolution.settings import SETTINGS
from visualizer.lessons.convolution.state import ConvolutionLesson

IMAGE = torch.arange(3 * 6 * 7, dtype=torch.float64).reshape(3, 6, 7) % 10 / 10
WEIGHT, OTHER, BIAS = Ref("weight", (0, 1, 0, 2)), Ref("weight", (0, 2, 1, 1)), Ref("bias", (0,))
PIXEL, TARGET = Ref("x", (2, 0, 3)), Ref("target", (0, 1, 1))
EDITS = {WEIGHT: -2.5, OTHER: 0.25, BIAS: 3.0, PIXEL: 0.5, TARGET: -1.0}


def opened(edits: dict[Ref, float] | None = None, **values: Any) -> ConvolutionLesson:
    settings = SETTINGS.of(values)
    return ConvolutionLesson(settings, IMAGE[: settings.channel_count], edits)


def follow(lesson: ConvolutionLesson, x: torch.Tensor | None = None, **changes: Any) -> ConvolutionLesson:
    lesson.follow(replace(lesson.settings, **changes), lesson.unedited["x"] if x is None else x)
    return lesson


class TestRefusal:
    @pytest.mark.parametrize("changes", [{"size": 11}, {"dilation": 4}, {"padding": "same", "stride": 2}])
    def test_keeps_the_walk_and_its_edits(self, changes: dict[str, Any]) -> None:
        lesson = opened(EDITS)
        trace, settings = lesson.trace, lesson.settings
        follow(lesson, **changes)

        assert lesson.refusal is not None
        assert lesson.trace is trace
        assert lesson.settings == settings
        assert lesson.edits == EDITS

    def test_ends_with_settings_that_are_possible(self) -> None:
        lesson = follow(opened(), dilation=4)
        trace = lesson.trace
        follow(lesson)

        assert lesson.refusal is None
        assert lesson.trace is trace

    def test_a_crop_that_is_too_small_keeps_the_walk(self) -> None:
        lesson = opened(EDITS)
        trace = lesson.trace
        follow(lesson, IMAGE[:, :2, :2])

        assert lesson.refusal is not None
        assert lesson.trace is trace

    def test_at_the_start_a_walk_that_is_possible_stands_in(self) -> None:
        lesson = ConvolutionLesson(SETTINGS.of({"kernel_size": 11, "channels": "grey"}), IMAGE[:1, :1, :1])

        assert lesson.refusal is not None
        assert lesson.trace["y"].shape == (1, 1, 1)


class TestWalk:
    def test_is_computed_once(self) -> None:
        lesson = opened()
        trace = lesson.trace
        assert follow(lesson).trace is trace
        lesson.edit(WEIGHT, 1.5)
        assert lesson.trace is not trace

    def test_editable_is_what_it_starts_from(self) -> None:
        assert opened().editable == ("x", "weight", "bias", "target")
        assert opened(backward="sum").editable == ("x", "weight", "bias")


class TestEdits:
    def test_change_all_that_follows(self) -> None:
        lesson = opened()
        before = lesson.trace
        lesson.edit(WEIGHT, -2.5)

        assert float(lesson.trace["weight"][0, 1, 0, 2]) == -2.5
        torch.testing.assert_close(lesson.trace["y"] - before["y"], -3.5 * IMAGE[None, 1, :4, 2:])
        lesson.undo()
        assert torch.equal(lesson.trace["y"], before["y"])

    @pytest.mark.parametrize(
        ("changes", "lost"),
        [
            ({"stride": 2}, {TARGET}),
            ({"loss": "sum"}, {TARGET}),
            ({"bias": 0.7}, {BIAS}),
            ({"target": "zeros"}, {TARGET}),
            ({"filters": 2}, {BIAS, TARGET}),
            ({"size": 1, "kernels": (("identity",) * 3,) * 4}, {WEIGHT, OTHER, TARGET}),
            ({"kernels": (("box", "sobel_x", "laplacian"),) * 4}, set()),
            ({"kernels": (("sobel_x", "box", "laplacian"),) * 4}, {WEIGHT}),
            ({"channels": "grey"}, {WEIGHT, OTHER, PIXEL}),
        ],
    )
    def test_stay_as_long_as_what_they_lie_on(self, changes: dict[str, Any], lost: set[Ref]) -> None:
        lesson = opened(EDITS)
        x = IMAGE[:1] if changes.get("channels") == "grey" else IMAGE
        follow(lesson, x, **changes)

        assert lesson.refusal is None
        assert lesson.edits == {ref: value for ref, value in EDITS.items() if ref not in lost}
        assert not lesson.can_undo

    def test_another_crop_drops_those_of_the_image_alone(self) -> None:
        lesson = follow(opened(EDITS), IMAGE + 0.01)
        assert lesson.edits == {ref: value for ref, value in EDITS.items() if ref != PIXEL}

    def test_turn_with_their_kernel(self) -> None:
        lesson = follow(opened(EDITS), operation="true")
        assert lesson.edits[Ref("weight", (0, 1, 2, 0))] == -2.5
        assert WEIGHT not in lesson.edits
        follow(lesson, operation="cross")
        assert lesson.edits == EDITS

    def test_an_own_kernel_begins_as_the_one_before(self) -> None:
        lesson = opened({WEIGHT: -2.5})
        before = lesson.trace["weight"]
        follow(lesson, kernels=(("own", "own", "laplacian"),) * 4)

        assert torch.equal(lesson.trace["weight"], before)
        assert not lesson.unedited["weight"][0, :2].any()

    def test_that_a_link_brings_lie_on_the_start(self) -> None:
        lesson = opened({WEIGHT: -2.5, Ref("weight", (3, 0, 0, 0)): 1.0})
        assert lesson.edits == {WEIGHT: -2.5}
        assert not lesson.can_undo

    def test_a_learnt_kernel_is_walked_with(self) -> None:
        lesson = opened(channels="grey")
        kernel = torch.arange(9, dtype=torch.float64).reshape(1, 1, 3, 3)
        lesson.take_kernel(kernel)

        assert torch.equal(lesson.trace["weight"], kernel)
        assert lesson.trace["bias"].tolist() == [0.0]
        assert lesson.learned == len(lesson.edits) == 10
        lesson.edit(Ref("weight", (0, 0, 1, 1)), 7.0)
        assert lesson.learned == 9
        lesson.undo()
        lesson.undo()
        assert lesson.edits == {}
