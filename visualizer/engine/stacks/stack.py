"""A stack of layers as plain values: what each layer is, without weights and without sizes that follow.

How many channels a layer takes follows from the layer before it, so a stack says it nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.engine.arguments import short
from visualizer.engine.stacks.fields import MAX
from visualizer.engine.stacks.layers.layer import Layer, Shape
from visualizer.engine.stacks.layers.windowed import MAX_SIDE

MAX_LAYERS = 100


@dataclass(frozen=True)
class Stack:
    """An input and the layers on top of it, in order.

    Shapes: `takes` (channels, rows, columns), or (numbers,) of a flat input.
    Raises: ValueError naming the argument, its value and the limit.
    """

    takes: Shape
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        if len(self.takes) not in (1, 3):
            raise ValueError(
                f"the input must be channels, rows and columns, or one number of inputs, got {short(self.takes)}"
            )
        for size, most in zip(self.takes, (MAX, MAX_SIDE, MAX_SIDE), strict=False):
            if not 1 <= size <= most:
                raise ValueError(f"the input must hold sizes from 1 to {most:,}, got {short(size)}")
        if len(self.layers) > MAX_LAYERS:
            raise ValueError(f"layers must be at most {MAX_LAYERS}, got {len(self.layers)}")
