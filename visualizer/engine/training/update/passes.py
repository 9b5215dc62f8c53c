"""Forward and backward through many nets at once, with gradients written by hand.

Numbers lie features first, (nets, units, examples). A layer's outputs have a row of ones below them, so that one
product with the matrix above, [W | b], gives the sums above, biases included, and one product with the gradients above
gives the gradient of W and b.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor

from visualizer.engine.training.update.activations import BATCH_ACTIVATIONS
from visualizer.engine.training.update.losses import LossName, predict
from visualizer.engine.training.update.operation import Operation
from visualizer.engine.training.update.parameters import Shape


@dataclass(frozen=True, eq=False)
class Batch:
    """Examples, and where the outputs for them go.

    Shapes: x (b, inputs + 1), with ones at the end for the bias; minus_targets (outputs, b), −target / b;
    z (N, outputs, b), in one piece.
    """

    x: Tensor
    minus_targets: Tensor
    z: Tensor

    @property
    def size(self) -> int:
        return self.x.shape[0]


@dataclass(frozen=True, eq=False)
class _Layer:
    """A hidden layer's buffers: its sums, its outputs h, which lie in `ones` above the row of ones, what of them is
    handed on (h, but for dropout), its mask, and the gradient of its sums."""

    sums: Tensor
    h: Tensor
    ones: Tensor
    handed: Tensor
    mask: Tensor
    grad: Tensor


class BatchPass:
    """The way through N nets for batches of one size. What it gives works with the numbers that are there when it runs.

    Shapes: parameters and gradient (N · P,), as `Shape.by_layer` gives them.
    """

    def __init__(
        self, shape: Shape, loss: LossName, parameters: Tensor, gradient: Tensor, size: int, dropout: Dropout | None
    ) -> None:
        self._loss, self._dropout = loss, dropout
        self._activate, self._activate_backward = BATCH_ACTIVATIONS[shape.activation]
        self._matrices, self._gradients = shape.layers(parameters), shape.layers(gradient)
        nets = len(self._matrices[0])
        self._grad_z = parameters.new_empty(nets, shape.sizes[-1], size)
        self._layers = [self._layer(nets, units, size, shape.bias) for units in shape.sizes[1:-1]]

    def forward(self, batch: Batch, lowest: int = 0) -> list[Operation]:
        """Writes the outputs into batch.z. All nets see the same inputs: one product makes all their first layers.

        Hidden layers below `lowest` stay as they were left: for the same examples, with the same weights.
        """
        first = self._layers[0].sums if self._layers else batch.z
        inputs = partial(torch.mm, self._matrices[0].flatten(0, 1), batch.x.t(), out=first.flatten(0, 1))
        if not self._layers:
            return [inputs]
        operations: list[Operation] = [] if lowest else [inputs]
        return [
            *operations,
            *self._hidden_forward(lowest),
            _product(self._matrices[-1], self._layers[-1].ones, batch.z),
        ]

    def backward(self, batch: Batch, lowest: int = 0) -> list[Operation]:
        """Writes the gradient of the mean loss, down to that of the layer `lowest`; after `forward`."""
        first = self._layers[0].grad if self._layers else self._grad_z
        prediction, operations = predict(self._loss, batch.z, self._grad_z)
        scaled = 1 / max(batch.size, 1)
        operations.append(partial(torch.add, batch.minus_targets, prediction, alpha=scaled, out=self._grad_z))
        operations += self._hidden_backward(lowest)
        if lowest == 0:
            operations.append(partial(torch.mm, first.flatten(0, 1), batch.x, out=self._gradients[0].flatten(0, 1)))
        return operations

    def _layer(self, nets: int, units: int, size: int, bias: bool) -> _Layer:
        new = self._grad_z.new_empty
        ones = self._grad_z.new_ones(nets, units + bias, size)
        handed = ones[:, :units]
        dropped = self._dropout is not None
        h, mask = (new(nets, units, size), new(nets, units, size)) if dropped else (handed, handed)
        return _Layer(new(nets, units, size), h, ones, handed, mask, new(nets, units, size))

    def _hidden_forward(self, lowest: int) -> list[Operation]:
        operations: list[Operation] = []
        for index, layer in enumerate(self._layers):
            if index < lowest:
                continue
            if index:
                operations.append(_product(self._matrices[index], self._layers[index - 1].ones, layer.sums))
            operations += self._activate(layer.sums, layer.h)
            if self._dropout is not None:
                operations += self._dropout.draw(layer.mask)
                operations.append(partial(torch.mul, layer.h, layer.mask, out=layer.handed))
        return operations

    def _hidden_backward(self, lowest: int) -> list[Operation]:
        operations: list[Operation] = []
        grad_above = self._grad_z
        for index in range(len(self._layers) - 1, max(lowest, 1) - 2, -1):
            layer = self._layers[index]
            weights = self._matrices[index + 1][:, :, : layer.h.shape[1]].transpose(1, 2)
            operations.append(_product(grad_above, layer.ones.transpose(1, 2), self._gradients[index + 1]))
            if index + 1 == lowest:
                break
            operations.append(_product(weights, grad_above, layer.grad))
            if self._dropout is not None:
                operations.append(partial(layer.grad.mul_, layer.mask))
            operations += self._activate_backward(layer.grad, layer.h, layer.sums)
            grad_above = layer.grad
        return operations


def _product(a: Tensor, b: Tensor, out: Tensor) -> Operation:
    """a b of each net, in the way that is fastest for so many and for their shape."""
    if len(a) == 1:
        return partial(torch.mm, a[0], b[0], out=out[0])
    if a.shape[2] == 1:
        return partial(torch.mul, a, b, out=out)
    return partial(torch.bmm, a, b, out=out)


class Dropout:
    """Masks that are 0 with a net's probability, and else 1 / (1 − probability), so that sums stay the same on average.

    All nets share the draws: a unit that is off at some probability is off at any higher one, and a net is trained the
    same alone or beside others.

    Shapes: probabilities (N,), each from 0 and below 1.
    Source: Srivastava et al. 2014, in its inverted form: scaled at training, so that a test needs no change.
    """

    def __init__(self, probabilities: Tensor, generator: torch.Generator) -> None:
        self._threshold = probabilities.view(-1, 1, 1)
        self._scale = 1 / (1 - self._threshold)
        self._generator = generator

    def draw(self, mask: Tensor) -> list[Operation]:
        """Fills mask (N, units, examples)."""
        noise = mask.new_empty(mask.shape[1:])
        return [
            partial(noise.uniform_, generator=self._generator),
            partial(torch.ge, noise, self._threshold, out=mask),
            partial(mask.mul_, self._scale),
        ]
