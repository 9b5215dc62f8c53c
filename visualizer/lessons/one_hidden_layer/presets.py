"""The presets: small nets whose numbers show one thing each, short enough to follow with pencil and paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from visualizer.lessons.one_hidden_layer.numbers import Numbers

Row = Sequence[float]

_CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))


@dataclass(frozen=True, eq=False)
class Preset:
    """A net with its examples. `about` says what to look at; `settings` are those that differ from the table."""

    label: str
    about: str
    numbers: Numbers
    settings: Mapping[str, Any]


def _preset(
    label: str,
    about: str,
    *,
    x: Sequence[Row],
    y: Sequence[Row],
    weights: tuple[Sequence[Row], Sequence[Row]],
    biases: tuple[Row, Row],
    **settings: Any,
) -> Preset:
    """Shapes: x (m, n_in); y (m, n_out); weights (n_hidden, n_in), (n_out, n_hidden); biases (n_hidden,), (n_out,)."""

    def tensor(values: Sequence[Row] | Row) -> torch.Tensor:
        return torch.tensor(values, dtype=torch.float64)

    shape = {"inputs": len(x[0]), "hidden": len(weights[0]), "outputs": len(y[0]), "examples": len(x)}
    pairs = (tensor(weights[0]), tensor(weights[1])), (tensor(biases[0]), tensor(biases[1]))
    return Preset(label, about, Numbers(tensor(x), tensor(y), *pairs), shape | settings)


PRESETS: Mapping[str, Preset] = {
    "training": _preset(
        "in training",
        "A net part-way through its training. Its hidden units answer the same input very differently.",
        x=[(0.8, -0.5)],
        y=[(1,)],
        weights=([(1.23, -0.24), (-0.86, 0.46), (0.51, -1.12)], [(-0.52, -0.88, 0.95)]),
        biases=((0.12, -0.2, 0.05), (0.1,)),
    ),
    "xor": _preset(
        "XOR",
        "Exactly one of the two inputs is 1. No single unit can tell; two hidden units can. Watch the loss: it hardly "
        "falls at first, then the units take up their roles, in about 20 iterations.",
        x=_CORNERS,
        y=[(0,), (1,), (1,), (0,)],
        weights=([(0.64, -0.88), (-0.39, 0.71)], [(-0.11, 0.91)]),
        biases=((-0.71, -0.36), (0.16,)),
        activation="tanh",
        output_activation="sigmoid",
        learning_rate=2.0,
    ),
    "and": _preset(
        "AND",
        "Both inputs are 1. One line separates that corner from the other three, so it is learned without detours.",
        x=_CORNERS,
        y=[(0,), (0,), (0,), (1,)],
        weights=([(0.58, -0.89), (0.48, 0.48)], [(-0.98, 0.84)]),
        biases=((0.94, -0.8), (-0.55,)),
        learning_rate=2.0,
    ),
    "line": _preset(
        "line",
        "Regression: four points on y = 0.5 x + 0.25. With the identity in both layers the net itself is a line.",
        x=[(-1,), (0,), (1,), (2,)],
        y=[(-0.25,), (0.25,), (0.75,), (1.25,)],
        weights=([(0.4,), (-0.6,)], [(0.5, 0.3)]),
        biases=((0.1, 0.2), (-0.1,)),
        activation="identity",
        learning_rate=0.1,
    ),
    # Source: Matt Mazur, "A Step by Step Backpropagation Example", 2015. He shares one bias between the units of a
    # layer and never updates it; here each unit has its own, held fixed. All else is the same, digit for digit.
    "textbook": _preset(
        "textbook (Mazur 2015)",
        "The numbers of Matt Mazur's “A Step by Step Backpropagation Example” (2015), to check against: total error "
        "0.298371, new v₁¹ 0.358916, error after the update 0.291028. As he does, the biases are held fixed.",
        x=[(0.05, 0.1)],
        y=[(0.01, 0.99)],
        weights=([(0.15, 0.2), (0.25, 0.3)], [(0.4, 0.45), (0.5, 0.55)]),
        biases=((0.35, 0.35), (0.6, 0.6)),
        hold_biases=True,
    ),
    "dead_relu": _preset(
        "dead ReLU",
        "Unit 2's sum is negative for every example, so its output is 0 and no gradient passes: it will never learn. "
        "Set the activation to leaky ReLU and it wakes.",
        x=[(0.5, 1), (1, 0.3)],
        y=[(1,), (0.5,)],
        weights=([(0.7, 0.4), (-1.1, -0.9), (-0.3, 0.8)], [(0.6, 1.2, 0.5)]),
        biases=((0.1, -0.6, 0.2), (0.05,)),
        activation="relu",
        output_activation="identity",
        learning_rate=0.1,
    ),
    "symmetric": _preset(
        "symmetric weights",
        "All hidden units start equal, so they get equal gradients and stay equal for ever: three units do the work of "
        "one. Change a single weight and the symmetry breaks.",
        x=[(0.8, -0.5), (0.2, 0.9)],
        y=[(1,), (0,)],
        weights=([(0.5, 0.5)] * 3, [(0.4, 0.4, 0.4)]),
        biases=((0.1, 0.1, 0.1), (0.1,)),
        learning_rate=1.0,
    ),
    "saturated": _preset(
        "saturated sigmoid",
        "Large weights push the units to where the sigmoid is flat. The answer is wrong, yet the gradients are tiny, "
        "so the net hardly moves.",
        x=[(1, -1)],
        y=[(0,)],
        weights=([(4.5, -3.2), (-3.8, 4.1), (5.2, -2.4)], [(3.1, -2.6, 3.4)]),
        biases=((0.5, -0.4, 0.3), (0.8,)),
    ),
}
"""By the name in the URL; the first is the lesson's default."""
