"""What a stack costs, layer by layer: parameters, multiply-adds, memory of activations and receptive field.

One example at a time. Multiply-adds are those of convolutions, locally and fully connected layers: a product and its
addition are one, biases are not counted, and zeros of the padding are, as the convolution multiplies them like any
number. Memory is every layer's output in float32, 4 bytes a number, as training keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import prod

from visualizer.engine.stacks.layers.blocks import Branches
from visualizer.engine.stacks.layers.layer import BYTES, Layer, Shape, Worked, memory_of, shape_text
from visualizer.engine.stacks.receptive_field import Reach, first_reach, grown
from visualizer.engine.stacks.stack import Stack

MAIN, SHORTCUT, SUM = "", "shortcut", "sum"


@dataclass(frozen=True)
class LayerCount:
    """A layer, the shapes that it takes and gives, and its counts with their formulas; of a block its parts besides.

    `place` says where in a block it stands: on the main way, on the shortcut, or as the sum of the two.
    """

    name: str
    layer: Layer | None
    takes: Shape
    gives: Shape
    shape: str
    parameters: Worked
    multiply_adds: Worked
    memory: Worked
    reach: Reach
    field: str
    parts: tuple[LayerCount, ...] = ()
    place: str = MAIN

    @property
    def plain(self) -> tuple[LayerCount, ...]:
        """The layer itself, or the parts of a block."""
        return self.parts or (self,)


@dataclass(frozen=True)
class Fault:
    """The layer, counted from 0, at which a stack becomes impossible, and why, in words."""

    at: int
    words: str


@dataclass(frozen=True)
class StackCounts:
    """The counts of every layer up to the first that is impossible; totals are over these."""

    stack: Stack
    layers: tuple[LayerCount, ...]
    fault: Fault | None

    @property
    def gives(self) -> Shape:
        """The shape that the last layer gives, or the input's where there is none."""
        return self.layers[-1].gives if self.layers else self.stack.takes

    @property
    def parameters(self) -> int:
        return sum(each.parameters.value for each in self.layers)

    @property
    def multiply_adds(self) -> int:
        return sum(each.multiply_adds.value for each in self.layers)

    @property
    def memory(self) -> int:
        """Bytes of all outputs and of the input."""
        return self.input_memory + sum(each.memory.value for each in self.layers)

    @property
    def input_memory(self) -> int:
        return BYTES * prod(self.stack.takes)

    @property
    def plain(self) -> tuple[LayerCount, ...]:
        """All layers, with blocks taken apart."""
        return tuple(part for each in self.layers for part in each.plain)

    def parameters_in(self, *kinds: type[Layer]) -> int:
        """The parameters in layers of these kinds, those within blocks too."""
        return _total((each for each in self.plain if isinstance(each.layer, kinds)), lambda each: each.parameters)

    def multiply_adds_in(self, *kinds: type[Layer]) -> int:
        return _total((each for each in self.plain if isinstance(each.layer, kinds)), lambda each: each.multiply_adds)


def count_stack(stack: Stack) -> StackCounts:
    """Count every layer; where one can't take what it gets, the counts end and the fault says why."""
    counted: list[LayerCount] = []
    shape, reach = stack.takes, first_reach(stack.takes)
    for at, layer in enumerate(stack.layers):
        try:
            counted.append(count_layer(layer, shape, reach))
        except ValueError as error:
            return StackCounts(stack, tuple(counted), Fault(at, str(error)))
        shape, reach = counted[-1].gives, counted[-1].reach
    return StackCounts(stack, tuple(counted), None)


def count_layer(layer: Layer, takes: Shape, reach: Reach, place: str = MAIN) -> LayerCount:
    """The counts of one layer over an input of this shape and reach.

    Raises: ValueError, in words, where the layer can't take it.
    """
    gives = layer.output_shape(takes)
    after, field = grown(reach, layer.reads(takes, reach.places))
    parts: tuple[LayerCount, ...] = ()
    if branches := layer.branches(takes[0]):
        parts = tuple(_parts(branches, takes, reach))
        shape = f"{shape_text(takes)} → {shape_text(gives)}, in {len(parts)} steps"
        costs = (
            *(summed([each.parameters for each in parts]), summed([each.multiply_adds for each in parts])),
            summed([each.memory for each in parts]),
        )
    else:
        shape = layer.shape_formula(takes, gives)
        costs = layer.parameters(takes, gives), layer.multiply_adds(takes, gives), layer.memory(gives)
    return LayerCount(layer.label, layer, takes, gives, shape, *costs, after, field, parts, place)


def _parts(branches: Branches, takes: Shape, reach: Reach) -> Iterable[LayerCount]:
    shape, seen = takes, reach
    for layer in branches.main:
        yield (count := count_layer(layer, shape, seen))
        shape, seen = count.gives, count.reach
    if branches.shortcut is None:
        return
    there, there_seen = takes, reach
    for layer in branches.shortcut:
        yield (count := count_layer(layer, there, there_seen, SHORTCUT))
        there, there_seen = count.gives, count.reach
    what = "the shortcut" if branches.shortcut else "the input"
    yield _sum(f"plus {what}", shape, seen)
    for layer in branches.after:
        yield count_layer(layer, shape, seen)


def _sum(name: str, shape: Shape, reach: Reach) -> LayerCount:
    nothing = Worked(0, "additions only", "0")
    return LayerCount(
        *(name, None, shape, shape, "as before", nothing, nothing, memory_of(shape)),
        *(reach, "the larger of both ways", (), SUM),
    )


def _total(layers: Iterable[LayerCount], of: Callable[[LayerCount], Worked]) -> int:
    return sum(of(each).value for each in layers)


def summed(parts: Sequence[Worked]) -> Worked:
    """The sum of a block's parts; those that are 0 are left out."""
    value = sum(each.value for each in parts)
    runs = [(term, len(list(run))) for term, run in groupby(each.value for each in parts if each.value)]
    terms = [f"{times} · {term:,}" if times > 1 else f"{term:,}" for term, times in runs]
    shown = " + ".join(terms)
    return Worked(value, "the sum of its parts", shown if shown == f"{value:,}" else f"{shown or 0} = {value:,}")
