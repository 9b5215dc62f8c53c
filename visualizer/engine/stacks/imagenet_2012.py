"""The lecture's table of the 2012 ImageNet net, and what its rows must be to give their own numbers.

Source: slide 26 (Kakade 2016), after Krizhevsky, Sutskever & Hinton 2012.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from visualizer.engine.stacks.counts import LayerCount, StackCounts, count_stack
from visualizer.engine.stacks.layers.pointwise import FullyConnected
from visualizer.engine.stacks.layers.windowed import Convolution
from visualizer.engine.stacks.presets import LITERAL_2012, PAPER_2012, PRESETS, SLIDE_2012

PRINTED_PARAMETERS, PRINTED_MULTIPLY_ADDS = "60M", "832M"
KERNELS, GROUPS = range(1, 16), (1, 2)
"""What is tried where a label can't give its numbers."""

_SIZES = {"K": 10**3, "M": 10**6}
_PRINTED = re.compile(r"(\d+)(?:\.(\d+))?([KM])")


@dataclass(frozen=True)
class PrintedRow:
    """A row of the slide that has numbers, as printed."""

    label: str
    parameters: str
    multiply_adds: str


PRINTED = (
    PrintedRow("convolution 11×11 / ReLU, 96 maps", "35K", "105M"),
    PrintedRow("convolution 11×11 / ReLU, 256 maps", "307K", "223M"),
    PrintedRow("convolution 3×3 / ReLU, 384 maps", "884K", "149M"),
    PrintedRow("convolution 3×3 / ReLU, 384 maps", "1.3M", "224M"),
    PrintedRow("convolution 3×3 / ReLU, 256 maps", "442K", "74M"),
    PrintedRow("fully connected 4096 / ReLU", "37M", "37M"),
    PrintedRow("fully connected 4096 / ReLU", "16M", "16M"),
    PrintedRow("fully connected (1000 classes)", "4M", "4M"),
)
"""From the input up; the slide has the input at the bottom."""


@dataclass(frozen=True)
class ComparedRow:
    """A printed row beside its three readings: the label at its word, what gives the printed numbers, the paper's.

    All are counted without biases, as the slide does.
    """

    printed: PrintedRow
    labelled: LayerCount
    fitting: LayerCount
    paper: LayerCount

    @property
    def label_holds(self) -> bool:
        """Whether the label alone gives the printed numbers."""
        return fits(self.labelled.parameters.value, self.printed.parameters) and fits(
            self.labelled.multiply_adds.value, self.printed.multiply_adds
        )

    @property
    def paper_agrees(self) -> bool:
        return self.paper.parameters.value == self.fitting.parameters.value


def compare_2012() -> tuple[ComparedRow, ...]:
    """The printed rows beside their readings, from the input up."""
    labelled, fitting, paper = (tuple(_weighed(count_2012(name))) for name in (LITERAL_2012, SLIDE_2012, PAPER_2012))
    return tuple(ComparedRow(*row) for row in zip(PRINTED, labelled, fitting, paper, strict=True))


def count_2012(name: str) -> StackCounts:
    """The counts of one of the three readings, without biases."""
    stack = PRESETS[name].stack
    bare = tuple(
        replace(layer, bias=False) if isinstance(layer, Convolution | FullyConnected) else layer
        for layer in stack.layers
    )
    return count_stack(replace(stack, layers=bare))


def fits(value: int, printed: str) -> bool:
    """Whether a count, cut off or rounded to the printed digits, is what is printed: 307,200 fits 307K."""
    wanted, unit = read_printed(printed)
    return wanted in (value // unit * unit, (value + unit // 2) // unit * unit)


def read_printed(printed: str) -> tuple[int, int]:
    """The number that is printed, and the size of its last digit: 1.3M is 1,300,000 to 100,000."""
    match = _PRINTED.fullmatch(printed)
    if not match:
        raise ValueError(f"printed must be a number with K or M, such as 1.3M, got {printed!r}")
    decimals = match[2] or ""
    unit = _SIZES[match[3]] // 10 ** len(decimals)
    return int(match[1] + decimals) * unit, unit


def readings_of(row: ComparedRow) -> tuple[tuple[int, int], ...]:
    """Every (kernel side, groups), among `KERNELS` and `GROUPS`, that gives a printed convolution its parameters."""
    layer, channels = row.fitting.layer, row.fitting.takes[0]
    if not isinstance(layer, Convolution):
        raise ValueError(f"row must be a convolution, got {row.printed.label}")
    tried = ((kernel, groups, kernel**2 * (channels // groups) * layer.maps) for kernel in KERNELS for groups in GROUPS)
    return tuple((kernel, groups) for kernel, groups, weights in tried if fits(weights, row.printed.parameters))


def side_of_first(row: ComparedRow) -> tuple[int, ...]:
    """The sides of the first convolution's maps, up to 227, that give its printed multiply-adds."""
    each_place = row.fitting.parameters.value
    return tuple(side for side in range(1, 228) if fits(side**2 * each_place, row.printed.multiply_adds))


def printed_sum(rows: tuple[ComparedRow, ...]) -> tuple[int, int]:
    """Parameters and multiply-adds of the printed rows, added up as they are printed."""
    return (
        sum(read_printed(row.printed.parameters)[0] for row in rows),
        sum(read_printed(row.printed.multiply_adds)[0] for row in rows),
    )


def _weighed(counts: StackCounts) -> Iterator[LayerCount]:
    return (each for each in counts.layers if each.parameters.value)
