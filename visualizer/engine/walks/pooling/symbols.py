"""How the numbers of a pooling are written, and all of it in one formula."""

from __future__ import annotations

from collections.abc import Iterable

from visualizer.engine.trace.functions import Template
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.walks.convolution.symbols import counted, with_gradients
from visualizer.engine.walks.pooling.layer import Pooling


def pooling_symbols(pooling: Pooling, names: Iterable[str]) -> dict[str, Symbol]:
    """The symbols of the named arrays: x_c,row,column, y_c,row,column, and s for the switches; c where there are more.

    `source` and `target` of the pooling stand for x and y.
    """
    below = (0, 1, 2) if pooling.channels > 1 else (1, 2)
    letters = {pooling.source: pooling.source, pooling.target: pooling.target, "switches": "s"}
    return with_gradients({name: Symbol(s, below=below, matrix=s) for name, s in letters.items()}, names)


def pooling_overview(pooling: Pooling) -> Template:
    """y = max x over u and v, or their sum over its divisor."""
    channel = "c," if pooling.channels > 1 else ""
    place = f"{counted(pooling.grid.rows, 'i', 'u')},{counted(pooling.grid.columns, 'j', 'v')}"
    seen = ("sub", pooling.source, f"{channel}{place}")
    how: tuple[Template, ...] = (("sub", "max", "u,v"),)
    if not pooling.is_max:
        how = (("frac", "1", _divisor(pooling)), ("sub", "Σ", "u"), ("sub", "Σ", "v"))
    return ("row", ("sub", pooling.target, f"{channel}i,j"), "=", *how, seen)


def _divisor(pooling: Pooling) -> str:
    return "n" if _divisor_varies(pooling) else str(pooling.numbers)


def _divisor_varies(pooling: Pooling) -> bool:
    rows, columns = pooling.counts(pooling.grid.rows), pooling.counts(pooling.grid.columns)
    return min(rows) * min(columns) < pooling.numbers


def pooling_legend(pooling: Pooling) -> str:
    """How to read the overview's letters."""
    sentences = ["i and j index the rows and columns of the output, u and v those of the window."]
    if pooling.channels > 1:
        sentences.append("c indexes the channels.")
    if not pooling.is_max and _divisor_varies(pooling):
        sentences.append(
            "n is the number of the window's positions on the image and its padding."
            if pooling.count_include_pad
            else "n is the number of the window's positions on the image."
        )
    return " ".join(sentences)
