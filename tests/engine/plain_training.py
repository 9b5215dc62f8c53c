"""Small data sets, and nets trained in the usual way: torch.nn.functional, autograd and torch.optim, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from tests.engine.nets import ACTIVATIONS
from visualizer.engine.data.examples import Data
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.losses import LossName
from visualizer.engine.training.update.parameters import Shape

OUTPUTS: dict[LossName, int] = {"squared": 2, "logistic": 1, "softmax": 3}


def data_for(loss: LossName, examples: int = 13, tests: int = 6, inputs: int = 3, outputs: int | None = None) -> Data:
    """Random examples, float64, with answers of the kind that the loss wants."""
    dice = torch.Generator().manual_seed(7)
    outputs = outputs or OUTPUTS[loss]
    x = torch.randn(examples + tests, inputs, generator=dice, dtype=torch.float64)
    y = torch.randn(examples + tests, outputs, generator=dice, dtype=torch.float64)
    if loss == "logistic":
        y = torch.where(y > 0, 1.0, -1.0).double()
    elif loss == "softmax":
        y = functional.one_hot(y.argmax(dim=1), outputs).double()
    return Data(x[:examples], y[:examples], x[examples:], y[examples:])


def random_start(shape: Shape, nets: int = 1, seed: int = 3) -> Tensor:
    """Parameters (N, P), float64."""
    return torch.randn(nets, shape.count, generator=torch.Generator().manual_seed(seed), dtype=torch.float64) * 0.5


def plain_outputs(flat: Tensor, shape: Shape, x: Tensor, masks: list[Tensor] | None = None) -> Tensor:
    """What one net (P,) gives for x (k, inputs), with dropout by masks (k, units) of the hidden layers."""
    biases: Sequence[Tensor | None] = shape.biases(flat) or [None] * shape.depth
    below = x
    for layer, weight in enumerate(shape.weights(flat)):
        below = functional.linear(below, weight, biases[layer])
        if layer + 1 < shape.depth:
            below = ACTIVATIONS[shape.activation](below)
            below = below if masks is None else below * masks[layer]
    return below


def plain_loss(loss: LossName, z: Tensor, y: Tensor) -> Tensor:
    if loss == "squared":
        return functional.mse_loss(z, y, reduction="sum") / 2 / len(y)
    if loss == "logistic":
        return functional.binary_cross_entropy_with_logits(z, (y + 1) / 2, reduction="sum") / len(y)
    return functional.cross_entropy(z, y.argmax(dim=1))


def plain_gradient(
    flat: Tensor,
    shape: Shape,
    x: Tensor,
    y: Tensor,
    loss: LossName,
    l2: float = 0.0,
    l1: float = 0.0,
    masks: list[Tensor] | None = None,
) -> Tensor:
    """The gradient (P,) of the mean loss plus penalty, by autograd."""
    leaf = flat.clone().requires_grad_()
    total = plain_loss(loss, plain_outputs(leaf, shape, x, masks), y)
    for weight in shape.weights(leaf):
        total = total + l2 / 2 * weight.square().sum() + l1 * weight.abs().sum()
    (gradient,) = torch.autograd.grad(total, leaf)
    return gradient


def orders(recipe: Recipe, examples: int) -> Iterator[list[Tensor]]:
    """Each epoch's batches, as places in the data."""
    size = recipe.batch_size or examples
    for epoch in range(recipe.epochs):
        dice = torch.Generator().manual_seed(recipe.seed * 2**31 + epoch)
        order = torch.randperm(examples, generator=dice) if size < examples else torch.arange(examples)
        yield list(order.split(size))


def plain_training(
    flat: Tensor,
    shape: Shape,
    data: Data,
    recipe: Recipe,
    optimiser: Callable[[list[dict[str, Any]]], torch.optim.Optimizer],
    weight_decay: float = 0.0,
    schedule: Callable[[torch.optim.Optimizer], torch.optim.lr_scheduler.LRScheduler] | None = None,
) -> Tensor:
    """One net's parameters after each epoch, (epochs + 1, P). Biases do not decay."""
    weights = [weight.clone() for weight in shape.weights(flat)]
    biases = [bias.clone() for bias in shape.biases(flat)]
    groups = [{"params": weights, "weight_decay": weight_decay}, {"params": biases, "weight_decay": 0.0}]
    descent = optimiser([group for group in groups if group["params"]])
    turning = schedule(descent) if schedule else None
    found = [flat]
    for batches in orders(recipe, len(data.train_x)):
        for batch in batches:
            gradient = plain_gradient(
                joined(weights, biases), shape, data.train_x[batch], data.train_y[batch], recipe.loss
            )
            for parameter, grad in zip(weights + biases, shape.weights(gradient) + shape.biases(gradient), strict=True):
                parameter.grad = grad.clone()
            descent.step()
        now = joined(weights, biases)
        if isinstance(turning, torch.optim.lr_scheduler.ReduceLROnPlateau):
            turning.step(float(plain_loss(recipe.loss, plain_outputs(now, shape, data.train_x), data.train_y)))
        elif turning:
            turning.step()
        found.append(now)
    return torch.stack(found)


def joined(weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    """A unit's weights, its bias, and so on: (P,)."""
    if not biases:
        return torch.cat([weight.flatten() for weight in weights])
    rows = [torch.cat([weight, bias[:, None]], dim=1) for weight, bias in zip(weights, biases, strict=True)]
    return torch.cat([row.flatten() for row in rows])
