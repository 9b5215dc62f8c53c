"""The columns of the image: a layer that changes the shape or has weights, with what follows it until the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from visualizer.engine.stacks.counts import LayerCount, StackCounts
from visualizer.engine.stacks.layers.pointwise import BatchNorm, Flatten
from visualizer.figures.stack import StackColumn, figure_stack
from visualizer.lessons.counting_desk.text import short_count, short_name


def columns_of(counts: StackCounts) -> list[StackColumn]:
    """The input and the layers; what a normalisation learns goes with the layer that it normalises."""
    columns = [StackColumn("input", counts.stack.takes)]
    for count in counts.layers:
        if _has_column(count) and count.layer is not None:
            columns.append(
                StackColumn(short_name(count.layer), count.gives, count.parameters.value, count.multiply_adds.value)
            )
        else:
            columns[-1] = replace(columns[-1], parameters=columns[-1].parameters + count.parameters.value)
    return columns


def draw_stack(counts: StackCounts) -> tuple[str, str]:
    """The figure as SVG, and what it shows in words."""
    columns = columns_of(counts)
    words = f"The stack to scale: {_said(columns)}"
    return figure_stack(columns, short_count, title=words), words


def _has_column(count: LayerCount) -> bool:
    if isinstance(count.layer, Flatten | BatchNorm):
        return False
    return count.takes != count.gives or count.parameters.value > 0


def _said(columns: Sequence[StackColumn]) -> str:
    return ", ".join(f"{each.name} {'×'.join(map(str, each.shape))}" for each in columns)
