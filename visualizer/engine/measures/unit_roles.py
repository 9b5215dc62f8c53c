"""What the hidden units of a trained net are good for: how much it needs each, when each was formed, what it hears."""

from __future__ import annotations

import torch
from torch import Tensor

from visualizer.engine.measures.evaluation import unit_maps
from visualizer.engine.trace.functions import FUNCTIONS
from visualizer.engine.training.update.losses import LossName, Measure
from visualizer.engine.training.update.parameters import Shape

ALIKE = 0.95
"""From which correlation with its final activations on a unit counts as formed."""
_SILENT = 1e-4
"""A unit whose activation varies less over the examples says nothing."""


@torch.no_grad()
def losses_without(flat: Tensor, shape: Shape, x: Tensor, y: Tensor, loss: LossName) -> list[Tensor]:
    """For every unit of each hidden layer the loss of the net where that unit always answers its mean: (units,).

    Shapes: flat (P,); x (m, inputs), y (m, outputs). Float64.
    Source: ablation to the mean; Morcos, Barrett, Rabinowitz & Botvinick 2018, On the importance of single directions.
    """
    measure = Measure(loss, y.double())
    layers = _layers(flat.double(), shape)
    found, below = [], x.double().t()
    for number, (weights, biases) in enumerate(layers[:-1]):
        below = _answer(shape, weights @ below + biases)
        # (units, units, m): in the i-th copy, unit i answers its mean.
        changed = below.expand(len(below), -1, -1).clone()
        changed.diagonal(dim1=0, dim2=1).copy_(below.mean(dim=1).expand(below.shape[1], -1))
        found.append(measure.loss(_rest(changed, layers[number + 1 :], shape)))
    return found


@torch.no_grad()
def formed_at(frames: Tensor, shape: Shape, x: Tensor) -> list[Tensor]:
    """For every unit of each hidden layer the frame from which on it answers the examples as it does in the end.

    That is: its activations correlate with the final ones by 0.95 or more, from there on; −1 for a unit whose answer
    hardly varies in the end.

    Shapes: frames (F, P), x (m, inputs), to (units,) int64 a layer.
    """
    return [_formed(maps.double()) for maps in unit_maps(frames, shape, x)[:-1]]


@torch.no_grad()
def heard(flat: Tensor, shape: Shape, x: Tensor) -> list[Tensor]:
    """For every unit of each hidden layer how much of what varies in its sum comes from each unit or input below.

    The share is that of |weight| · standard deviation. Shapes: flat (P,), x (m, inputs), to (units, below) a layer.
    """
    below, found = x.double().t(), []
    for weights, biases in _layers(flat.double(), shape)[:-1]:
        parts = weights.abs() * below.std(dim=1, correction=0)
        found.append(parts / parts.sum(dim=1, keepdim=True))
        below = _answer(shape, weights @ below + biases)
    return found


def _layers(flat: Tensor, shape: Shape) -> list[tuple[Tensor, Tensor]]:
    """Weights (units, below) and biases (units, 1) of each layer."""
    weights = shape.weights(flat)
    biases = shape.biases(flat) or [weight.new_zeros(len(weight)) for weight in weights]
    return [(weight, bias.unsqueeze(-1)) for weight, bias in zip(weights, biases, strict=True)]


def _answer(shape: Shape, sums: Tensor) -> Tensor:
    return FUNCTIONS[shape.activation].value(sums)


def _rest(below: Tensor, layers: list[tuple[Tensor, Tensor]], shape: Shape) -> Tensor:
    """The outputs (copies, outputs, m) that follow from activations (copies, units, m)."""
    for number, (weights, biases) in enumerate(layers):
        below = weights @ below + biases
        if number + 1 < len(layers):
            below = _answer(shape, below)
    return below


def _formed(maps: Tensor) -> Tensor:
    """maps (F, units, m)."""
    centred = maps - maps.mean(dim=2, keepdim=True)
    spread = centred.square().mean(dim=2).sqrt()
    together = (centred * centred[-1]).mean(dim=2) / (spread * spread[-1])
    unlike = ~(together >= ALIKE)
    frames = torch.arange(1, len(maps) + 1).unsqueeze(1)
    return (unlike * frames).amax(dim=0).masked_fill(~(spread[-1] > _SILENT), -1)
