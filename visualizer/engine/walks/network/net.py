"""A net with its data: the arguments of a network trace, checked and turned into float64."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import SupportsFloat, TypeVar

import torch
from torch import Tensor

from visualizer.engine.arguments import checked_tensor, short
from visualizer.engine.trace.activations import ACTIVATIONS, Activation
from visualizer.engine.walks.losses import LOSSES, Loss

TARGETS_TOLERANCE = 1e-6
"""How far a row of targets may be from adding up to 1 under cross-entropy."""

_Choice = TypeVar("_Choice")


@dataclass(frozen=True)
class Net:
    """A fully connected net with examples and targets. Layers are counted from 1; the last is the output layer.

    Shapes: x (m, n_in); y (m, n_out); weights[l − 1] (units of layer l, units of layer l − 1); biases[l − 1] (units of
    layer l,); learning_rate (). `output_activation` is None where the output layer is a softmax. With `hold_biases`
    no update changes the biases.
    """

    x: Tensor
    y: Tensor
    weights: tuple[Tensor, ...]
    biases: tuple[Tensor, ...] | None
    activation: Activation
    output_activation: Activation | None
    loss: Loss
    learning_rate: Tensor | None
    hold_biases: bool = False

    @property
    def depth(self) -> int:
        return len(self.weights)

    @property
    def examples(self) -> int:
        return self.x.shape[0]

    @property
    def outputs(self) -> int:
        return self.y.shape[1]

    def units(self, layer: int) -> int:
        """The number of units of a layer; of layer 0, the number of inputs."""
        return self.weights[layer - 1].shape[0] if layer else self.x.shape[1]

    def output_of(self, layer: int) -> str:
        """The name of the array that a layer hands on: x, h1, h2, …, out."""
        return "x" if layer == 0 else "out" if layer == self.depth else f"h{layer}"

    def activation_of(self, layer: int) -> Activation | None:
        """A layer's activation; None for a softmax."""
        return self.output_activation if layer == self.depth else self.activation

    def bias_of(self, layer: int) -> Tensor | None:
        return None if self.biases is None else self.biases[layer - 1]


def checked_net(
    x: object,
    y: object,
    weights: object,
    biases: object,
    activation: str,
    output_activation: str | None,
    loss: str,
    learning_rate: SupportsFloat | None,
    hold_biases: bool = False,
) -> Net:
    """The arguments of `trace_network` as a Net of its own copies.

    Raises: ValueError naming the argument, its value and the limit.
    """
    checked_loss = _choice("loss", loss, LOSSES)
    inputs, targets = checked_tensor("x", x, "examples, inputs"), checked_tensor("y", y, "examples, outputs")
    matrices = tuple(
        checked_tensor(f"weights[{i}]", weight, "outputs, inputs")
        for i, weight in enumerate(_items("weights", weights))
    )
    _check_chain(inputs, targets, matrices)
    vectors = None if biases is None else _checked_biases(_items("biases", biases), matrices)
    _check_targets(targets, checked_loss)
    hidden = _choice("activation", activation, ACTIVATIONS)
    return Net(
        x=inputs,
        y=targets,
        weights=matrices,
        biases=vectors,
        activation=hidden,
        output_activation=_checked_output_activation(output_activation, hidden, checked_loss),
        loss=checked_loss,
        learning_rate=None if learning_rate is None else _checked_learning_rate(learning_rate),
        hold_biases=bool(hold_biases),
    )


def _items(name: str, value: object) -> Sequence[object]:
    try:
        items = list(value) if isinstance(value, Iterable) else []
    except TypeError:  # a tensor without axes says that it is iterable
        items = []
    if not items:
        raise ValueError(f"{name} must be a sequence with a tensor for each layer, at least 1, got {short(value)}")
    return items


def _check_chain(x: Tensor, y: Tensor, weights: tuple[Tensor, ...]) -> None:
    """Each layer takes as many numbers as the one below gives."""
    given, giver = x.shape[1], "x"
    for i, weight in enumerate(weights):
        if weight.shape[1] != given:
            raise ValueError(
                f"weights[{i}] must have {given} columns, as many as {giver} gives, got shape {tuple(weight.shape)}"
            )
        given, giver = weight.shape[0], f"weights[{i}]"
    if tuple(y.shape) != (x.shape[0], given):
        raise ValueError(
            f"y must have shape {(x.shape[0], given)}, a row for each row of x and a column for each row of the last "
            f"weights, got {tuple(y.shape)}"
        )


def _checked_biases(biases: Sequence[object], weights: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    if len(biases) != len(weights):
        raise ValueError(f"biases must be as many as weights, {len(weights)}, got {len(biases)}")
    vectors = tuple(checked_tensor(f"biases[{i}]", bias, "outputs") for i, bias in enumerate(biases))
    for i, (bias, weight) in enumerate(zip(vectors, weights, strict=True)):
        if bias.shape[0] != weight.shape[0]:
            raise ValueError(
                f"biases[{i}] must have {weight.shape[0]} numbers, one for each row of weights[{i}], "
                f"got {bias.shape[0]}"
            )
    return vectors


def _check_targets(y: Tensor, loss: Loss) -> None:
    if y.shape[1] < loss.least_outputs:
        raise ValueError(f"loss {loss.name!r} needs at least {loss.least_outputs} outputs, y has {y.shape[1]}")
    if not loss.softmax:
        return
    if float(y.min()) < 0:
        raise ValueError(f"y must not be negative with loss {loss.name!r}, got {float(y.min())}")
    sums = y.sum(dim=1)
    worst = int((sums - 1).abs().argmax())
    if abs(float(sums[worst]) - 1) > TARGETS_TOLERANCE:
        raise ValueError(
            f"each row of y must add up to 1 with loss {loss.name!r}, row {worst} adds up to {float(sums[worst]):g}"
        )


def _checked_output_activation(name: str | None, hidden: Activation, loss: Loss) -> Activation | None:
    if loss.softmax:
        if name not in (None, "softmax"):
            raise ValueError(f"output_activation must be None or 'softmax' with loss {loss.name!r}, got {name!r}")
        return None
    if name == "softmax":
        raise ValueError(f"output_activation 'softmax' needs loss 'cross_entropy', got loss {loss.name!r}")
    return hidden if name is None else _choice("output_activation", name, ACTIVATIONS)


def _checked_learning_rate(value: SupportsFloat) -> Tensor:
    try:
        rate = float(value)
    except (TypeError, ValueError, RuntimeError, OverflowError) as error:
        raise ValueError(f"learning_rate must be a number, got {short(value)}") from error
    if not math.isfinite(rate) or rate < 0:
        raise ValueError(f"learning_rate must be finite and at least 0, got {rate}")
    return torch.tensor(rate + 0.0, dtype=torch.float64)


def _choice(argument: str, name: str, choices: Mapping[str, _Choice]) -> _Choice:
    if not isinstance(name, str) or name not in choices:
        raise ValueError(f"{argument} must be one of {', '.join(choices)}, got {short(name)}")
    return choices[name]
