"""Scenes of convolution, pooling and their block: every array has its grid, inside the scene, and grids keep apart."""

from itertools import combinations
from typing import Any

import pytest
import torch

from visualizer.engine import Trace
from visualizer.engine.trace.trace import reads
from visualizer.engine.walks.convolution.convolution import trace_convolution
from visualizer.engine.walks.pooling.block import trace_block
from visualizer.engine.walks.pooling.pooling import trace_pooling
from visualizer.scenes import draw
from visualizer.scenes.scene import Grid, Scene


def image(channels: int, side: int) -> torch.Tensor:
    return torch.rand(channels, side, side, generator=torch.Generator().manual_seed(0), dtype=torch.float64)


def convolution(channels: int, side: int, filters: int, kernel: int, **options: Any) -> Trace:
    weight = torch.ones(filters, channels, kernel, kernel)
    return trace_convolution(image(channels, side), weight, torch.zeros(filters), loss="sum", **options)


TRACES = {
    "colour": convolution(3, 7, 1, 3),
    "grey, padded, two filters": convolution(1, 8, 2, 3, padding=(1, 2, 0, 1), stride=2),
    "large": convolution(3, 32, 1, 5),
    "one pixel": convolution(1, 1, 1, 1),
    "pooling": trace_pooling(image(2, 6), grad_y=torch.ones(2, 3, 3)),
    "block": trace_block(image(3, 7), torch.ones(2, 3, 3, 3), torch.zeros(2), grad_p=torch.ones(2, 2, 2)),
}


def grids(scene: Scene) -> list[Grid]:
    return [mark for mark in scene.marks if isinstance(mark, Grid)]


def extent(grid: Grid) -> tuple[float, float, float, float]:
    top, bottom, left, right = grid.padding
    return (
        grid.x - left * grid.cell,
        grid.y - top * grid.cell,
        grid.x + (grid.columns + right) * grid.cell,
        grid.y + (grid.rows + bottom) * grid.cell,
    )


@pytest.mark.parametrize("name", TRACES)
def test_grids_stay_inside_the_scene(name: str) -> None:
    scene = draw(TRACES[name])
    for grid in grids(scene):
        left, top, right, bottom = extent(grid)
        assert left >= 0
        assert top >= 20
        assert right <= scene.width
        assert bottom <= scene.height


@pytest.mark.parametrize("name", TRACES)
def test_grids_that_show_together_keep_apart(name: str) -> None:
    trace = TRACES[name]
    for chapter in ("", *(each.title for each in trace.chapters)):
        shown = [grid for grid in grids(draw(trace)) if not grid.chapters or chapter in grid.chapters]
        for one, other in combinations(shown, 2):
            left, top, right, bottom = extent(one)
            other_left, other_top, other_right, other_bottom = extent(other)
            apart = right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top
            assert apart, (chapter, one.array, other.array)


@pytest.mark.parametrize("name", TRACES)
def test_what_a_step_reads_and_writes_is_in_sight(name: str) -> None:
    trace = TRACES[name]
    drawn = grids(draw(trace))
    for chapter in trace.chapters:
        visible = {grid.array for grid in drawn if not grid.chapters or chapter.title in grid.chapters}
        step = trace.steps[chapter.start]
        used = {step.target.name, *(ref.name for ref in reads(step.expression))}
        assert used - {"loss", "error", "losses", "bias", "grad_bias"} <= visible, chapter.title


def test_rows_that_no_window_reaches_are_marked() -> None:
    trace = convolution(1, 8, 1, 3, stride=2)
    grid = next(each for each in grids(draw(trace)) if each.array == "x")
    assert grid.unseen == ((7,), (7,))


def test_the_window_knows_its_geometry() -> None:
    trace = convolution(1, 9, 1, 3, stride=2, padding=1, dilation=2)
    window = next(each for each in grids(draw(trace)) if each.array == "x").window
    assert window is not None
    assert (window.target, window.kernel, window.stride, window.dilation, window.padding) == (
        "y",
        (3, 3),
        (2, 2),
        (2, 2),
        (1, 1),
    )
