"""What trained nets give, and what goes on inside them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.training.update.activations import BATCH_ACTIVATIONS
from visualizer.engine.training.update.losses import LossName, check_answers, predict, targets
from visualizer.engine.training.update.operation import run
from visualizer.engine.training.update.parameters import Shape


@torch.no_grad()
def outputs(flat: Tensor, shape: Shape, x: Tensor) -> Tensor:
    """What goes into the loss, before any sigmoid or softmax.

    Shapes: flat (N, P), x (k, inputs), to (N, k, outputs).
    """
    return _layers(flat, shape, x)[-1].transpose(1, 2)


@torch.no_grad()
def unit_maps(flat: Tensor, shape: Shape, x: Tensor, *, out: list[Tensor] | None = None) -> list[Tensor]:
    """Every unit's activation at every point, layer by layer; of the last layer the sums that go into the loss.

    They are written into `out` where given, say what an earlier call gave: new memory costs as much as the maps.

    Shapes: flat (frames, P), x (points, inputs), to (frames, units, points) a layer.
    Raises: ValueError for an `out` of other shapes.
    """
    wanted = [(len(flat), units, len(x)) for units in shape.sizes[1:]]
    if out is not None and [tuple(layer.shape) for layer in out] != wanted:
        raise ValueError(f"out must have shapes {wanted}, got {[tuple(layer.shape) for layer in out]}")
    return _layers(flat, shape, x, out)


@dataclass(frozen=True, eq=False)
class LayerStatistics:
    """A layer of N nets on m examples.

    Shapes: activations (N, units, m), the last layer's as sums; sum_gradients (N, units, m), of each example's own loss
    with respect to the sums that go into the activation; weight_gradients (N, units, below), of the mean loss.
    """

    activations: Tensor
    sum_gradients: Tensor
    weight_gradients: Tensor


@torch.no_grad()
def layer_statistics(flat: Tensor, shape: Shape, data: Data, loss: LossName) -> list[LayerStatistics]:
    """What passes through each layer forward, and what comes back, on the examples to train on; without penalties.

    Shapes: flat (N, P).
    Raises: ValueError for answers that the loss can't be computed from.
    Source: Glorot & Bengio 2010, figures 2 to 8.
    """
    x, y = data.train_x, data.train_y
    check_answers(loss, y, "train_y")
    layers = _layers(flat, shape, x)
    backward = BATCH_ACTIVATIONS[shape.activation][1]
    z = layers[-1]
    prediction, operations = predict(loss, z, torch.empty_like(z))
    run(operations)
    grad = prediction - targets(loss, y.to(z.dtype)).t()
    found: list[LayerStatistics] = []
    below = [x.to(z.dtype).t().expand(len(flat), -1, -1), *layers[:-1]]
    weights = shape.weights(flat)
    for layer in range(shape.depth - 1, -1, -1):
        weight_gradients = grad @ below[layer].transpose(1, 2) / len(x)
        found.append(LayerStatistics(layers[layer], grad, weight_gradients))
        if layer:
            grad = weights[layer].transpose(1, 2) @ grad
            run(backward(grad, below[layer], torch.empty_like(grad)))
    return found[::-1]


def _layers(flat: Tensor, shape: Shape, x: Tensor, out: list[Tensor] | None = None) -> list[Tensor]:
    """Every layer's activations (N, units, k), the last one's as sums; net by net, which keeps to the cache."""
    activate = BATCH_ACTIVATIONS[shape.activation][0]
    points = x.to(flat.dtype).t()
    found = out or [flat.new_empty(len(flat), units, len(x)) for units in shape.sizes[1:]]
    layers = list(zip(shape.matrices(flat), found, strict=True))
    for net in range(len(flat)):
        below = points
        for index, (matrices, maps) in enumerate(layers):
            weights, biases = matrices[net].split_with_sizes((len(below), int(shape.bias)), dim=1)
            above = maps[net]
            if shape.bias:
                torch.addmm(biases, weights, below, out=above)
            else:
                torch.mm(weights, below, out=above)
            if index + 1 < shape.depth:
                run(activate(above, above))
            below = above
    return found
