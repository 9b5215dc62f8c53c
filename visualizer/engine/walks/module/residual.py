"""A residual block: what a stack makes of its input, added to that input."""

from __future__ import annotations

from torch import Tensor, nn

from visualizer.engine.trace.operations import Sum
from visualizer.engine.walks.module.tape import Tape, at, joined

_ADDED = (
    "What the block makes of its input is added to that input. On the way back the gradient goes both ways: through "
    "the block, and past it unchanged."
)


class Residual(nn.Module):
    """x + module(x). Source: He et al. 2016."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = x + self.module(x)
        return found


def write_sum(tape: Tape, path: str, x: str, y: str) -> str:
    """The output of a residual block, from its input and what the block has made of it."""
    numbers = tape.arrays[x]
    if numbers.shape != tape.arrays[y].shape:
        raise ValueError(
            f"layer {path or 'Residual'}: its block turns shape {tuple(numbers.shape)} into "
            f"{tuple(tape.arrays[y].shape)}, which can't be added"
        )
    return tape.write(
        joined(path, "out"),
        numbers + tape.arrays[y],
        "h",
        lambda index: Sum((at(x, index), at(y, index))),
        path=path,
        title="What do input and block add up to at {place}{on}?",
        note=_ADDED,
        example=tape.examples[x],
    )
