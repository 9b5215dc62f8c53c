"""Weights set by hand do what they are said to do."""

from __future__ import annotations

import pytest
import torch

from visualizer.lessons.recurrent.settings import SETTINGS
from visualizer.lessons.recurrent.state import RecurrentLesson
from visualizer.lessons.recurrent.weights.hand_set import HAND_SET, random_model


def states(weights: str, cell: str, sequence: str) -> torch.Tensor:
    name = "series" if HAND_SET[weights].sequence_of == "numbers" else "text"
    values = {"recurrent_weights": weights, "cell": cell, name: sequence, "sequence_of": HAND_SET[weights].sequence_of}
    lesson = RecurrentLesson(SETTINGS.of(values))
    assert lesson.refusal is None
    return lesson.trace["h"]


@pytest.mark.parametrize("weights", HAND_SET)
@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_the_example_makes_a_walk(weights: str, cell: str) -> None:
    assert states(weights, cell, HAND_SET[weights].example).isfinite().all()


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_a_bit_is_kept_until_it_is_overwritten(cell: str) -> None:
    h = states("bit", cell, "1·····0·····"[:13])[:, 0]
    assert (h[:6] > 0.5).all()
    assert (h[6:] < -0.5).all()


def test_the_counter_counts_brackets() -> None:
    lesson = RecurrentLesson(SETTINGS.of({"recurrent_weights": "counter", "text": "((·)))(·"}))
    c = lesson.trace["c"][:, 0]
    step = float(torch.tanh(torch.tensor(0.5)))
    expected = [step * count for count in (1, 2, 2, 1, 0, -1, 0)]
    assert torch.allclose(c, torch.tensor(expected, dtype=torch.float64), atol=0.05)


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_the_echo_comes_three_steps_later(cell: str) -> None:
    h = states("echo", cell, "0.1, 0, 0, 0, 0, 0")[:, 3]
    assert h.abs().argmax() == 3
    assert abs(float(h[3]) - 0.1) < 0.01


def test_random_weights_are_short_numbers_that_the_seed_gives_again() -> None:
    one, same, other = (random_model("lstm", 2, 2, 3, 1.0, seed) for seed in (4, 4, 5))
    assert torch.equal(one.weight_hh, same.weight_hh)
    assert not torch.equal(one.weight_hh, other.weight_hh)
    assert torch.allclose((one.weight_hh * 100).round(), one.weight_hh * 100)
