"""Every parameter's gradient by three ways that share no formula: the engine's, autograd's, central differences'."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.trace.functions import FUNCTIONS
from visualizer.engine.trace.trace import Ref
from visualizer.engine.walks.network.net import Net, checked_net
from visualizer.engine.walks.network.values import autograd_arrays, network_arrays, parameters

STEP = 1e-5
"""How far central differences move a parameter, times the parameter's size where that is above 1. Their error falls
with the step's square, the rounding error of float64 grows as it shrinks; this is near where both are equal."""


@dataclass(frozen=True)
class GradientRow:
    """One gradient, `ref` (say grad_W1[0,2]), by three ways."""

    ref: Ref
    engine: float
    autograd: float
    central: float

    @property
    def difference(self) -> float:
        """How far the engine is from the farther of the two others; relative where the gradient is above 1."""
        gaps = torch.tensor([self.engine - self.autograd, self.engine - self.central], dtype=torch.float64)
        return float(gaps.abs().max()) / max(1.0, abs(self.engine))  # unlike Python's max, torch's keeps a NaN


@dataclass(frozen=True)
class GradientCheck:
    """A row for each parameter, and the largest of their differences."""

    rows: tuple[GradientRow, ...]
    largest: float


def check_gradients(
    x: object,
    y: object,
    weights: object,
    biases: object = None,
    *,
    activation: str = "sigmoid",
    output_activation: str | None = None,
    loss: str = "squared",
) -> GradientCheck:
    """The gradients of a net given as to `trace_network`, held against autograd and against central differences.

    At the kink of ReLU the three may differ: there is no derivative there, and torch's convention is 0.

    Raises: ValueError as `trace_network` does.
    """
    with torch.inference_mode(False), torch.no_grad():
        net = checked_net(x, y, weights, biases, activation, output_activation, loss, None)
        rows = tuple(_rows(net))
    differences = torch.tensor([row.difference for row in rows], dtype=torch.float64)
    return GradientCheck(rows, float(differences.max()))


def _rows(net: Net) -> Iterator[GradientRow]:
    engine, autograd = network_arrays(net), autograd_arrays(net)
    for name, parameter in parameters(net).items():
        for index in itertools.product(*map(range, parameter.shape)):
            ref = Ref(f"grad_{name}", index)
            yield GradientRow(
                ref,
                float(engine[ref.name][index]),
                float(autograd[ref.name][index]),
                _central_difference(net, name, index),
            )


def _central_difference(net: Net, name: str, index: tuple[int, ...]) -> float:
    """(ℓ(w + d) − ℓ(w − d)) / 2d, with the d that float64 really moved by."""
    here = parameters(net)[name][index]
    step = STEP * max(1.0, abs(float(here)))
    above, below = here + step, here - step
    change = _loss(_with(net, name, index, above)) - _loss(_with(net, name, index, below))
    return float(change / (above - below))


def _with(net: Net, name: str, index: tuple[int, ...], value: Tensor) -> Net:
    """The net with one parameter set to another value."""
    changed = {key: tensor.clone() for key, tensor in parameters(net).items()}
    changed[name][index] = value
    layers = range(1, net.depth + 1)
    biases = None if net.biases is None else tuple(changed[f"b{layer}"] for layer in layers)
    return replace(net, weights=tuple(changed[f"W{layer}"] for layer in layers), biases=biases)


def _loss(net: Net) -> Tensor:
    """The loss alone, by torch.nn.functional."""
    below = net.x
    for layer in range(1, net.depth + 1):
        total = functional.linear(below, net.weights[layer - 1], net.bias_of(layer))
        activation = net.activation_of(layer)
        below = FUNCTIONS[activation.function].value(total) if activation else total
    return net.loss.by_torch(below, net.y)
