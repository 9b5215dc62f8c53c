"""Where the backward pass of a convolution starts: ∂ℓ/∂y as given, or a loss on the output with steps of its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import torch
from torch import Tensor

from visualizer.engine.arguments import checked_tensor, short
from visualizer.engine.geometry import whole_numbers
from visualizer.engine.trace.trace import (
    Difference,
    Expression,
    Ref,
    Step,
    Sum,
)
from visualizer.engine.walks.convolution.layer import LOSS_NAMES, Convolution, Place
from visualizer.engine.walks.losses import LOSSES, SQUARED, Loss
from visualizer.engine.walks.network.notes import ERROR

_TITLE = "How wrong is the output, in one number?"
_SUM = "Here the loss is simply the sum of the output, so every output pixel counts equally."
_PIXEL = "Here the loss is one chosen output pixel: the backward pass shows what this pixel depends on."
_GRAD_TITLE = "How much does the loss change with this output pixel?"
_GRAD_SUM = (
    "The loss is the sum of all output pixels, so it changes exactly as much as this one does: the gradient is 1."
)
_GRAD_CHOSEN = "This pixel is the loss, so the gradient is 1."
_GRAD_OTHER = "The loss is another pixel and does not depend on this one, so the gradient is 0."


def with_loss(layer: Convolution, grad_y: object, loss: str | None, target: object, pixel: object) -> Convolution:
    """The layer with the start of its backward pass.

    Raises: ValueError naming the argument, its value and the limit.
    """
    if loss is not None and loss not in LOSS_NAMES:
        raise ValueError(f"loss must be None or one of {', '.join(LOSS_NAMES)}, got {short(loss)}")
    if loss is not None and grad_y is not None:
        raise ValueError(f"grad_y must not be given with loss {loss!r}, which gives it")
    for name, value, wanted in (("target", target, SQUARED), ("pixel", pixel, ("pixel",))):
        if value is None and loss in wanted:
            raise ValueError(f"{name} must be given with loss {loss!r}, got {name} None")
        if value is not None and loss not in wanted:
            names = " or ".join(map(repr, wanted))
            raise ValueError(f"{name} needs loss {names}, got {name} {short(value)} and loss {loss!r}")
    return replace(
        layer,
        grad_y=None if grad_y is None else _shaped("grad_y", grad_y, layer.output_shape),
        loss=loss,
        target=None if target is None else _shaped("target", target, layer.output_shape),
        pixel=None if pixel is None else _checked_pixel(pixel, layer.output_shape),
    )


def _shaped(name: str, value: object, shape: Place) -> Tensor:
    tensor = checked_tensor(name, value, "filters, rows, columns")
    if tuple(tensor.shape) != shape:
        raise ValueError(f"{name} must have the output's shape {shape}, got {tuple(tensor.shape)}")
    return tensor


def _checked_pixel(pixel: object, shape: Place) -> Place:
    numbers = whole_numbers(pixel)
    if numbers is None or len(numbers) != 3:
        raise ValueError(f"pixel must be three whole numbers (channel, row, column), got {short(pixel)}")
    if not all(0 <= number < size for number, size in zip(numbers, shape, strict=True)):
        raise ValueError(f"pixel must lie in the output, from (0, 0, 0) to below {shape}, got {numbers}")
    return numbers[0], numbers[1], numbers[2]


def loss_of(layer: Convolution, y: Tensor) -> Tensor:
    """The loss of an output, computed by torch."""
    if layer.target is not None:
        return LOSSES[str(layer.loss)].by_torch(y, layer.target)
    return y.sum() if layer.pixel is None else y[layer.pixel]


def loss_arrays(layer: Convolution, y: Tensor) -> dict[str, Tensor]:
    """What lies between the output and ∂ℓ/∂y.

    Shapes: target, error, losses, grad_y as y; loss (). target, error and losses with a squared loss only, losses only
    where they are more than one number.
    """
    if layer.loss is None:
        return {} if layer.grad_y is None else {"grad_y": layer.grad_y}
    if layer.target is not None:
        error, loss = layer.target - y, LOSSES[str(layer.loss)]
        losses = loss.shares(error)
        shares = {"losses": losses} if y.numel() > 1 else {}
        total, grad = losses.sum() / loss.count(y), loss.grad_out(layer.target, y)
        return {"target": layer.target, "error": error, **shares, "loss": total, "grad_y": grad}
    if layer.pixel is None:
        return {"loss": y.sum(), "grad_y": torch.ones_like(y)}
    grad = torch.zeros_like(y)
    grad[layer.pixel] = 1.0
    return {"loss": y[layer.pixel], "grad_y": grad}


def loss_steps(layer: Convolution) -> Iterator[Step]:
    """From the output to the loss; none without a loss."""
    if layer.loss == "sum":
        yield Step(Ref("loss"), Sum((Ref("y"),)), "loss", "What is the sum of the output?", _SUM, "loss", "loss")
    elif layer.pixel is not None:
        yield Step(Ref("loss"), Ref("y", layer.pixel), "loss", "Which pixel is the loss?", _PIXEL, "loss", "loss")
    elif layer.target is not None:
        loss, single = LOSSES[str(layer.loss)], layer.target.numel() == 1
        for at in places(layer.output_shape):
            yield from _squared_steps(loss, at, single, stretch(layer, at))
        total = loss.total_step(Ref("losses"), layer.target)
        expression = loss.share_step(Ref("error", (0, 0, 0))) if single else total
        yield Step(Ref("loss"), expression, "loss", _TITLE, loss.note_of_total(layer.target), "loss", "loss")


def _squared_steps(loss: Loss, at: Place, single: bool, unit: str) -> Iterator[Step]:
    error = Ref("error", at)
    title = "How far is this output pixel from its target?"
    yield Step(error, Difference(Ref("target", at), Ref("y", at)), "loss", title, ERROR, "loss", unit)
    if not single:
        title = "What does this output pixel add to the loss?"
        yield Step(Ref("losses", at), loss.share_step(error), "loss", title, loss.note_of_share, "loss", unit)


def grad_y_steps(layer: Convolution) -> Iterator[Step]:
    """∂ℓ/∂y from the loss; none where it is given."""
    if layer.loss is None:
        return
    for at in places(layer.output_shape):
        expression: Expression = 1.0 if layer.pixel in (None, at) else 0.0
        note = _GRAD_SUM if layer.pixel is None else _GRAD_CHOSEN if expression else _GRAD_OTHER
        if layer.target is not None:
            loss = LOSSES[str(layer.loss)]
            expression, note = loss.grad_step(Ref("error", at), layer.target), loss.note_of_grad(layer.target)
        yield Step(Ref("grad_y", at), expression, "backward", _GRAD_TITLE, note, "output", stretch(layer, at))


def places(shape: Place) -> Iterator[Place]:
    """Every place of an output, row by row."""
    filters, rows, columns = map(range, shape)
    return itertools.product(filters, rows, columns)


def stretch(layer: Convolution, at: Place) -> str:
    """What a longer stride walks over: a row of an output channel."""
    return f"row {at[1] + 1}" if layer.filters == 1 else f"channel {at[0] + 1}, row {at[1] + 1}"
