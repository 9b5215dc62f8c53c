"""A homework typed in: two inputs, two hidden units, two outputs, mean squared error, biases held fixed."""

from __future__ import annotations

from math import exp

import pytest
import torch

from visualizer.lessons.one_hidden_layer.panels.numbers import sheets
from visualizer.lessons.one_hidden_layer.settings import read_link, settings_of
from visualizer.lessons.one_hidden_layer.state import NetLesson

X, Y = (0.4, -1.2), (0.25, 0.9)
W1, B1 = ((0.31, -0.7), (1.1, 0.05)), (0.2, -0.4)
W2, B2 = ((-0.6, 0.85), (0.33, 1.4)), (0.15, 0.0)
RATE = 0.8
TYPED = (
    [[*X, *Y]],
    [[*row, bias] for row, bias in zip(W1, B1, strict=True)],
    [[*row, bias] for row, bias in zip(W2, B2, strict=True)],
)


def typed_in() -> NetLesson:
    link = {
        **{"hidden": "2", "outputs": "2", "loss": "mse", "hold_biases": "true", "learning_rate": str(RATE)},
        **{"output_activation": "identity", "inputs": "2"},
    }
    reading = read_link({name: [text] for name, text in link.items()})
    assert reading.refused == ()
    lesson = NetLesson(settings_of(reading.values))
    for number, matrix in enumerate(TYPED):
        sheet = sheets(lesson.numbers)[number]
        lesson.change(sheet.changes(lesson.numbers, torch.tensor(matrix, dtype=torch.float64)))
    return lesson


def by_hand() -> dict[str, list[float]]:
    """The whole homework in plain numbers."""

    def layer(weights: tuple[tuple[float, float], ...], below: list[float], biases: tuple[float, float]) -> list[float]:
        return [w[0] * below[0] + w[1] * below[1] + b for w, b in zip(weights, biases, strict=True)]

    a1 = layer(W1, list(X), B1)
    h1 = [1 / (1 + exp(-a)) for a in a1]
    out = layer(W2, h1, B2)
    error = [Y[o] - out[o] for o in range(2)]
    grad_out = [-2 * e / 2 for e in error]
    grad_h1 = [sum(grad_out[o] * W2[o][k] for o in range(2)) for k in range(2)]
    grad_a1 = [grad_h1[k] * h1[k] * (1 - h1[k]) for k in range(2)]
    grad_w2 = [grad_out[o] * h1[k] for o in range(2) for k in range(2)]
    grad_w1 = [grad_a1[k] * X[i] for k in range(2) for i in range(2)]
    return {
        **{"a1": a1, "h1": h1, "out": out, "error": error, "loss": [(error[0] ** 2 + error[1] ** 2) / 2]},
        **{"grad_out": grad_out, "grad_h1": grad_h1, "grad_a1": grad_a1, "grad_W2": grad_w2, "grad_W1": grad_w1},
        "new_W1": [W1[k][i] - RATE * grad_w1[2 * k + i] for k in range(2) for i in range(2)],
        "new_W2": [W2[o][k] - RATE * grad_w2[2 * o + k] for o in range(2) for k in range(2)],
    }


def test_every_number_agrees_with_a_calculation_by_hand() -> None:
    trace = typed_in().trace
    for name, wanted in by_hand().items():
        assert trace[name].flatten().tolist() == pytest.approx(wanted, abs=1e-12), name
    assert "new_b1" not in trace.arrays


def test_the_update_leaves_the_biases_and_lowers_the_loss() -> None:
    lesson = typed_in()
    lesson.iterate("apply")
    assert lesson.numbers.biases is not None
    assert [bias.tolist() for bias in lesson.numbers.biases] == [list(B1), list(B2)]
    assert lesson.history.losses[1] < lesson.history.losses[0]
