"""The formulas of one layer's counts, in words and with the numbers put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from visualizer.engine.stacks.shapes import Windowed, count_of, shape_text, windows_of
from visualizer.engine.stacks.stack import (
    AdaptiveAveragePool,
    BatchNorm,
    Convolution,
    Flatten,
    FullyConnected,
    Layer,
    LocallyConnected,
    Shape,
)

BYTES = 4
"""Of a number in float32."""


@dataclass(frozen=True)
class Worked:
    """A count, its formula in words, and the formula with its numbers: 5 · 5 · 1 · 8 + 8 = 208."""

    value: int
    symbols: str
    numbers: str


def parameters(layer: Layer, takes: Shape, gives: Shape) -> Worked:
    """Weights and biases that are learned."""
    if isinstance(layer, Convolution):
        rows, columns = layer.kernel
        weights = rows * columns * (takes[0] // layer.groups) * layer.maps
        shared = f"{takes[0]:,} / {layer.groups:,}" if layer.groups > 1 else f"{takes[0]:,}"
        words = "kernel rows · kernel columns · channels" + (" / groups" if layer.groups > 1 else "") + " · maps"
        return _with_bias(
            weights, f"{rows} · {columns} · {shared} · {layer.maps:,}", words, layer.maps if layer.bias else 0
        )
    if isinstance(layer, LocallyConnected):
        rows, columns = layer.kernel
        places = gives[1] * gives[2]
        weights = rows * columns * takes[0] * layer.maps * places
        words = "kernel rows · kernel columns · channels · maps · places"
        numbers = f"{rows} · {columns} · {takes[0]:,} · {layer.maps:,} · {gives[1]:,} · {gives[2]:,}"
        return _with_bias(weights, numbers, words, count_of(gives) if layer.bias else 0)
    if isinstance(layer, FullyConnected):
        numbers = f"{takes[0]:,} · {layer.units:,}"
        return _with_bias(takes[0] * layer.units, numbers, "inputs · units", layer.units if layer.bias else 0)
    if isinstance(layer, BatchNorm):
        return Worked(2 * takes[0], "a scale and a shift for each channel", f"2 · {takes[0]:,} = {2 * takes[0]:,}")
    return Worked(0, "nothing to learn", "0")


def multiply_adds(layer: Layer, takes: Shape, gives: Shape) -> Worked:
    """Products that are added up; a bias is an addition alone and is not counted."""
    if isinstance(layer, Convolution | LocallyConnected):
        groups = layer.groups if isinstance(layer, Convolution) else 1
        rows, columns = layer.kernel
        value = rows * columns * (takes[0] // groups) * count_of(gives)
        shared = f"{takes[0]:,} / {groups:,}" if groups > 1 else f"{takes[0]:,}"
        words = "output maps · rows · columns · numbers under a kernel"
        numbers = f"{' · '.join(f'{size:,}' for size in gives)} · ({rows} · {columns} · {shared}) = {value:,}"
        return Worked(value, words, numbers)
    if isinstance(layer, FullyConnected):
        value = takes[0] * layer.units
        return Worked(value, "inputs · units", f"{takes[0]:,} · {layer.units:,} = {value:,}")
    return Worked(0, "counted for convolutions and connected layers only", "0")


def memory(layer: Layer, gives: Shape) -> Worked:
    """Bytes of the output."""
    if isinstance(layer, Flatten):
        return Worked(0, "the same numbers, seen as one row", "0")
    return memory_of_sum(gives)


def memory_of_sum(gives: Shape) -> Worked:
    value = BYTES * count_of(gives)
    numbers = f"{' · '.join(f'{size:,}' for size in gives)} · {BYTES} = {value:,}"
    return Worked(value, f"numbers of the output · {BYTES} bytes", numbers)


def summed(parts: Sequence[Worked]) -> Worked:
    """The sum of a block's parts; those that are 0 are left out."""
    value = sum(each.value for each in parts)
    runs = [(term, len(list(run))) for term, run in groupby(each.value for each in parts if each.value)]
    terms = [f"{times} · {term:,}" if times > 1 else f"{term:,}" for term, times in runs]
    shown = " + ".join(terms)
    return Worked(value, "the sum of its parts", shown if shown == f"{value:,}" else f"{shown or 0} = {value:,}")


def shape_worked(layer: Layer, takes: Shape, gives: Shape) -> str:
    """How the output's shape is computed."""
    if isinstance(layer, Windowed):
        windows = windows_of(layer, takes)
        rows, columns = windows.rows.formula, windows.columns.formula
        sides = f"rows and columns: {rows}" if rows == columns else f"rows: {rows}; columns: {columns}"
        maps = "maps" if isinstance(layer, Convolution | LocallyConnected) else "channels as before"
        return f"{gives[0]:,} {maps}; {sides}"
    if isinstance(layer, FullyConnected):
        return f"one number a unit: {layer.units:,}"
    if isinstance(layer, Flatten):
        return f"{' · '.join(f'{size:,}' for size in takes)} = {gives[0]:,}"
    if isinstance(layer, AdaptiveAveragePool):
        return f"{gives[0]:,} channels as before; as many rows and columns as asked for: {gives[1]:,} × {gives[2]:,}"
    return f"as before: {shape_text(gives)}"


def _with_bias(weights: int, numbers: str, words: str, biases: int) -> Worked:
    if not biases:
        return Worked(weights, words, f"{numbers} = {weights:,}")
    return Worked(weights + biases, f"{words} + biases", f"{numbers} + {biases:,} = {weights + biases:,}")
