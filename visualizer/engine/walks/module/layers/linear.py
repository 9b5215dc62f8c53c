"""Linear, Embedding, Flatten, Identity and Dropout: weighted sums, and numbers that are passed on."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from visualizer.engine.trace.operations import Dot, Expression, Product, Ref
from visualizer.engine.walks.module.tape import MAX_IN_MATRICES, Matrix, Place, Tape, at, joined, maybe, row_at, walks

_ALL = slice(None)
_SUM = "Each number that comes in is multiplied by its weight, and the products are added."
_SUM_WITH_BIAS = "Each number that comes in is multiplied by its weight, and the products and the bias are added."
_ROW = "The token's row of the table: an embedding looks its numbers up, and multiplies nothing."
_FLAT = "The same number, in one long row: flattening changes places, not values."
_SAME = "Passed on unchanged: in evaluation mode dropout does nothing."
_IDENTITY = "Passed on unchanged."
_DROPPED = (
    "In training, dropout sets a number to 0 with probability {p:g}, and divides the others by 1 − {p:g}, so that the "
    "expected value stays. The mask m is drawn once, and the backward pass uses the same."
)


@walks(nn.Linear)
def linear(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """y = x Wᵀ + b over the last axis."""
    assert isinstance(module, nn.Linear)
    weight = tape.parameter(path, "weight", module.weight, "w")
    bias = None if module.bias is None else tape.parameter(path, "bias", module.bias, "b")
    numbers = tape.arrays[x]
    values = functional.linear(numbers, tape.arrays[weight], None if bias is None else tape.arrays[bias])

    def expression_at(index: Place) -> Expression:
        unit = index[-1]
        return Dot(Ref(weight, (unit, _ALL)), Ref(x, (*index[:-1], _ALL)), maybe(bias, unit))

    out = joined(path, "out")

    def matrix_at(index: Place) -> Matrix:
        offset: Matrix = ("+", Ref(bias)) if bias else ()
        whole: Matrix = (row_at(out, index), "=", Ref(weight), row_at(x, index), *offset)
        return whole if tape.arrays[weight].numel() <= MAX_IN_MATRICES else ()

    return tape.write(
        out,
        values,
        "a",
        expression_at,
        matrix_at=matrix_at,
        path=path,
        title="What goes into unit {place}{on}?",
        note=_SUM_WITH_BIAS if bias else _SUM,
        example=tape.examples[x],
    )


@walks(nn.Embedding)
def embedding(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """Row x of the table, for each token."""
    assert isinstance(module, nn.Embedding)
    if module.max_norm is not None:
        raise ValueError(f"layer {path or 'Embedding'}: max_norm is not supported, use max_norm=None")
    weight = tape.parameter(path, "weight", module.weight, "e")
    tokens = tape.arrays[x].long()

    def expression_at(index: Place) -> Expression:
        return Ref(weight, (int(tokens[index[:-1]]), index[-1]))

    values = functional.embedding(tokens, tape.arrays[weight])
    title = "What is number {place} of the embedding{on}?"
    example = tape.examples[x]
    return tape.write(
        joined(path, "out"), values, "h", expression_at, path=path, title=title, note=_ROW, example=example
    )


@walks(nn.Flatten)
def flatten(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """The same numbers with fewer axes."""
    assert isinstance(module, nn.Flatten)
    numbers = tape.arrays[x]
    values = module(numbers)
    origin = torch.arange(numbers.numel()).reshape(numbers.shape)
    from_ = module(origin)

    def expression_at(index: Place) -> Expression:
        place = int(from_[index])
        return at(x, tuple(int(i) for i in np.unravel_index(place, numbers.shape)))

    title, example = "What is number {place} of the row{on}?", tape.examples[x]
    if example is not None and example >= module.start_dim % numbers.dim():
        example = None  # examples are put into the row, too
    return tape.write(
        joined(path, "out"), values, "h", expression_at, path=path, title=title, note=_FLAT, example=example
    )


@walks(nn.Identity)
def identity(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    return _passed_on(tape, path, x, _IDENTITY)


@walks(nn.Dropout, nn.Dropout1d, nn.Dropout2d)
def dropout(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """In training, the mask times x; else x."""
    assert isinstance(module, nn.Dropout | nn.Dropout1d | nn.Dropout2d)
    if not module.training:
        return _passed_on(tape, path, x, _SAME)
    numbers = tape.arrays[x]
    drawn = type(module)(module.p).train()
    mask = tape.constant(path, "mask", drawn(torch.ones_like(numbers)), "m")
    return tape.write(
        joined(path, "out"),
        numbers * tape.arrays[mask],
        "h",
        lambda index: Product((at(mask, index), at(x, index))),
        path=path,
        title="What is left of number {place} after dropout{on}?",
        note=_DROPPED.format(p=module.p),
        example=tape.examples[x],
    )


def _passed_on(tape: Tape, path: str, x: str, note: str) -> str:
    numbers = tape.arrays[x]
    title, example = "What is number {place} of the output{on}?", tape.examples[x]
    return tape.write(
        joined(path, "out"), numbers, "h", lambda i: at(x, i), path=path, title=title, note=note, example=example
    )
