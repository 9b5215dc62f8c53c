"""How the numbers of a convolution are written, and all of it in one formula."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from visualizer.engine.geometry import Axis
from visualizer.engine.trace.functions import Template
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.walks.convolution.layer import Convolution

_GROUPS = {
    True: "g is the number of image channels before those of the filter's group.",
    False: "g is the one channel of the image that the filter sees.",
}


def convolution_symbols(layer: Convolution, names: Iterable[str]) -> dict[str, Symbol]:
    """The symbols of the named arrays: x_c,row,column, w_o,c,u,v, y_o,row,column, b_o.

    o counts filters, c channels; either is dropped where there is only one.
    """
    filters = (0,) if layer.filters > 1 else ()
    channels = (0,) if layer.channels > 1 else ()
    of_group = (1,) if layer.channels_of_group > 1 else ()
    output = (*filters, 1, 2)
    symbols = {
        "x": Symbol("x", below=(*channels, 1, 2), matrix="x"),
        "weight": Symbol("w", below=(*filters, *of_group, 2, 3), matrix="w"),
        "bias": Symbol("b", below=filters, matrix="b"),
        "y": Symbol("y", below=output, matrix="y"),
        "target": Symbol("t", below=output, matrix="t"),
        "error": Symbol("e", below=output, matrix="e"),
        "losses": Symbol("ℓ", below=output, matrix="ℓ"),
        "loss": Symbol("ℓ", matrix="ℓ"),
    }
    return with_gradients(symbols, names)


def with_gradients(symbols: dict[str, Symbol], names: Iterable[str]) -> dict[str, Symbol]:
    """The symbols of the named arrays; a grad_… is written as ∂ℓ/∂ what it belongs to."""
    gradients = {f"grad_{name}": replace(symbol, prefix="∂ℓ/∂") for name, symbol in symbols.items()}
    return {name: (symbols | gradients)[name] for name in names}


def convolution_overview(layer: Convolution) -> Template:
    """y = b + Σ_c Σ_u Σ_v w · x for any output pixel. Source: Dumoulin & Visin 2016; torch's cross-correlation."""
    filters = "o," if layer.filters > 1 else ""
    channel = "c," if layer.channels_of_group > 1 else ""
    place = f"{counted(layer.grid.rows, 'i', 'u')},{counted(layer.grid.columns, 'j', 'v')}"
    bias: Template = ("sub", "b", "o") if filters else "b"
    return (
        "row",
        ("sub", "y", f"{filters}i,j"),
        "=",
        *((bias, "+") if layer.bias is not None else ()),
        *((("sub", "Σ", "c"),) if channel else ()),
        ("sub", "Σ", "u"),
        ("sub", "Σ", "v"),
        ("sub", "w", f"{filters}{channel}u,v"),
        "·",
        ("sub", "x", f"{_channel_of_image(layer)}{place}"),
    )


def _channel_of_image(layer: Convolution) -> str:
    if layer.channels == 1:
        return ""
    if layer.groups == 1:
        return "c,"
    return "g+c," if layer.channels_of_group > 1 else "g,"


def counted(axis: Axis, window: str, number: str) -> str:
    """The position in the image, counted from 1, under a weight of the kernel: 2i+u−2 with stride 2 and padding 1."""
    first = window if axis.stride == 1 else f"{axis.stride}{window}"
    second = number if axis.dilation == 1 else f"{axis.dilation}{number}"
    shift = 1 - axis.stride - axis.dilation - axis.before
    rest = "" if shift == 0 else f"−{-shift}" if shift < 0 else f"+{shift}"
    return f"{first}+{second}{rest}"


def convolution_legend(layer: Convolution) -> str:
    """How to read the overview's letters."""
    sentences = ["i and j index the rows and columns of the output, u and v those of the kernel."]
    if layer.channels_of_group > 1:
        sentences.append("c indexes the channels.")
    if layer.filters > 1:
        sentences.append("o indexes the filters.")
    if layer.groups > 1:
        sentences.append(_GROUPS[layer.channels_of_group > 1])
    if any(layer.grid.padding):
        sentences.append("Outside the image, x is a 0 of the padding.")
    return " ".join(sentences)
