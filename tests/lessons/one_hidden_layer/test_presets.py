"""The presets show what they say."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from visualizer.lessons.one_hidden_layer.presets import PRESETS
from visualizer.lessons.one_hidden_layer.settings import settings_of
from visualizer.lessons.one_hidden_layer.state import NetLesson
from visualizer.lessons.one_hidden_layer.walk import is_finite


def lesson(preset: str, **values: Any) -> NetLesson:
    return NetLesson(settings_of({"preset": preset, **values}))


def updated(lesson: NetLesson, times: int) -> NetLesson:
    for _ in range(times):
        lesson.iterate("apply")
    return lesson


@pytest.mark.parametrize("preset", PRESETS)
def test_gives_a_walk_of_finite_numbers_that_replays(preset: str) -> None:
    trace = lesson(preset).trace

    assert is_finite(trace)
    assert trace.replay() <= 1e-12


@pytest.mark.parametrize("preset", PRESETS)
def test_starts_from_numbers_that_a_student_can_write_down(preset: str) -> None:
    for array in lesson(preset).numbers.arrays.values():
        assert torch.equal(array, torch.round(array, decimals=2))


def test_the_default_is_a_net_in_training() -> None:
    opened = NetLesson(settings_of({}))

    assert opened.settings.preset == "training"
    assert 0.05 < float(opened.trace["loss"]) < 0.15
    assert 0.1 < float(opened.trace["h1"].min()) < 0.3
    assert 0.7 < float(opened.trace["h1"].max()) < 0.9
    losses = updated(opened, 10).history.losses
    assert list(losses) == sorted(losses, reverse=True)


def test_xor_is_learnt_after_a_pause() -> None:
    losses = updated(lesson("xor"), 60).history.losses

    assert losses[5] > 0.8 * losses[0]
    assert losses[30] < 0.1 * losses[0]
    assert bool(((updated(lesson("xor"), 60).trace["out"] > 0.5) == (PRESETS["xor"].numbers.y > 0.5)).all())


def test_and_is_learnt_without_detours() -> None:
    losses = updated(lesson("and"), 80).history.losses

    assert list(losses) == sorted(losses, reverse=True)
    assert losses[-1] < 0.1


def test_the_line_is_found() -> None:
    found = updated(lesson("line"), 60)

    assert torch.allclose(found.trace["out"], found.numbers.y, atol=0.01)


def test_the_textbook_numbers_are_the_textbooks() -> None:
    trace = lesson("textbook").trace

    assert round(float(trace["loss"]), 9) == 0.298371109
    assert round(float(trace["new_W2"][0, 0]), 8) == 0.35891648
    assert round(float(trace["new_W1"][0, 0]), 9) == 0.149780716
    assert round(float(trace["new_W1"][1, 1]), 8) == 0.29950229


def test_the_dead_unit_gets_no_gradient_and_wakes_with_leaky_relu() -> None:
    trace = lesson("dead_relu").trace

    assert float(trace["a1"][:, 1].max()) < 0
    assert float(trace["grad_W1"][1].abs().max()) == float(trace["grad_b1"][1]) == float(trace["grad_W2"][0, 1]) == 0
    assert float(trace["grad_W1"][[0, 2]].abs().min()) > 0
    assert float(lesson("dead_relu", activation="leaky_relu").trace["grad_W1"][1].abs().min()) > 0


def test_symmetric_weights_stay_equal() -> None:
    trained = updated(lesson("symmetric"), 5)

    assert trained.history.at == 5
    weights, above = trained.numbers.weights
    assert torch.equal(weights, weights[:1].expand_as(weights))
    assert torch.equal(above, above[:, :1].expand_as(above))
    assert not torch.equal(weights[0], lesson("symmetric").numbers.weights[0][0])


def test_saturated_units_hardly_learn() -> None:
    trace = lesson("saturated").trace

    assert float(trace["loss"]) > 0.45
    assert float(trace["grad_W1"].abs().max()) < 1e-5
    assert float(trace["grad_W2"].abs().max()) < 1e-3
