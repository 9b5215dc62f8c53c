"""The steps of a convolution: each output pixel, each weight's gradient, each pixel's gradient.

The backward steps are written by hand, as that is quicker than `trace.derive`, and tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.geometry import Overlap
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.trace.trace import (
    Dot,
    Expression,
    Ref,
    Step,
    Sum,
)
from visualizer.engine.walks.convolution import notes as notes
from visualizer.engine.walks.convolution.layer import Convolution

_ALL = slice(None)


def numbers(part: slice) -> range:
    """The numbers that one of a grid's slices takes."""
    return range(part.start, -1 if part.stop is None else part.stop, part.step or 1)


def length(part: slice) -> int:
    return len(numbers(part))


def overlap(rows: Overlap, columns: Overlap) -> int:
    """How many pairs of numbers lie on each other."""
    return 0 if rows is None or columns is None else length(rows[0]) * length(columns[0])


# ---- forward -----------------------------------------------------------------------------------------------------


def forward_steps(layer: Convolution) -> Iterator[Step]:
    """y, filter by filter, row by row."""
    where = notes.where_multiplied(layer)
    for filter_ in range(layer.filters):
        for row in range(layer.grid.rows.windows):
            yield from _output_row(layer, filter_, row, where)


def _output_row(layer: Convolution, filter_: int, row: int, where: str) -> Iterator[Step]:
    """A Dot over what of the window lies on the image; the bias alone, or 0, where nothing does."""
    bias = None if layer.bias is None else Ref("bias", (filter_,))
    channels, rows = layer.channels_seen(filter_), layer.grid.rows.window[row]
    name, unit = notes.of_channel("output", layer.filters, filter_), f"row {row + 1}"
    deep, products, shared = layer.channels_of_group, layer.products, layer.grid.outputs != (1, 1)
    for column, columns in enumerate(layer.grid.columns.window):
        expression: Expression = 0.0 if bias is None else bias
        if rows and columns:
            image = Ref("x", (channels, rows[0], columns[0]))
            expression = Dot(image, Ref("weight", (filter_, _ALL, rows[1], columns[1])), bias)
        title, note = notes.output_words(deep * overlap(rows, columns), products, bias is not None, where, shared)
        yield Step(Ref("y", (filter_, row, column)), expression, "forward", title, note, name, unit)


# ---- backward: kernel --------------------------------------------------------------------------------------------


def kernel_steps(layer: Convolution, weight: Symbol, bias: Symbol | None) -> Iterator[Step]:
    """grad_weight, filter by filter, each with its grad_bias at the end."""
    for filter_ in range(layer.filters):
        for channel in range(layer.channels_of_group):
            for row in range(layer.grid.rows.kernel):
                yield from _kernel_row(layer, weight, filter_, channel, row)
        if bias is not None:
            yield _bias_step(layer, bias, filter_)


def _kernel_row(layer: Convolution, symbol: Symbol, filter_: int, channel: int, row: int) -> Iterator[Step]:
    """A Dot of ∂ℓ/∂y and the image over the windows in which the weight lies on the image; 0 where none is."""
    rows, windows = layer.grid.rows.windows_of_number[row], layer.grid.rows.windows * layer.grid.columns.windows
    seen = (layer.channels_seen(filter_).start or 0) + channel
    name, unit = notes.of_kernel(layer, filter_), notes.of_kernel_row(layer, channel, row)
    for column, columns in enumerate(layer.grid.columns.windows_of_number):
        at = (filter_, channel, row, column)
        expression: Expression = 0.0
        if rows and columns:
            grads = Ref("grad_y", (filter_, rows[0], columns[0]))
            expression = Dot(grads, Ref("x", (seen, rows[1], columns[1])))
        title = f"How much does the loss change with {symbol.text(at)}?"
        note = notes.grad_weight_note(overlap(rows, columns), windows)
        yield Step(Ref("grad_weight", at), expression, "backward", title, note, name, unit)


def _bias_step(layer: Convolution, symbol: Symbol, filter_: int) -> Step:
    rows, columns = layer.grid.outputs
    return Step(
        Ref("grad_bias", (filter_,)),
        Sum((Ref("grad_y", (filter_, _ALL, _ALL)),)),
        "backward",
        f"How much does the loss change with the bias {symbol.text((filter_,))}?",
        notes.grad_bias_note(rows * columns),
        notes.of_kernel(layer, filter_),
        "bias",
    )


# ---- backward: image ---------------------------------------------------------------------------------------------


def image_steps(layer: Convolution) -> Iterator[Step]:
    """grad_x, channel by channel, row by row."""
    for channel in range(layer.channels):
        for row in range(layer.x.shape[1]):
            yield from _image_row(layer, channel, row)


def _image_row(layer: Convolution, channel: int, row: int) -> Iterator[Step]:
    """A Dot of ∂ℓ/∂y and the weights over the windows that see the pixel, of all filters of its group; 0 if none.

    From one window to the next the pixel lies under an earlier weight: the weights are read backwards.
    """
    filters, within = layer.filters_seeing(channel), channel % layer.channels_of_group
    rows = layer.grid.rows.windows_of_place[row]
    name, unit = notes.of_channel("image", layer.channels, channel), f"row {row + 1}"
    filters_of_group = layer.filters_of_group
    for column, columns in enumerate(layer.grid.columns.windows_of_place):
        expression: Expression = 0.0
        if rows and columns:
            grads = Ref("grad_y", (filters, rows[0], columns[0]))
            expression = Dot(grads, Ref("weight", (filters, within, rows[1], columns[1])))
        note = notes.grad_x_note(overlap(rows, columns), filters_of_group)
        target = Ref("grad_x", (channel, row, column))
        yield Step(target, expression, "backward", notes.GRAD_X_TITLE, note, name, unit)
