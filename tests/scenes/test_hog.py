"""The scene of a HOG walk: in every chapter what its steps read and write is in sight."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.features.features import trace_hog
from visualizer.engine.trace.trace import reads
from visualizer.scenes import draw
from visualizer.scenes.scene import Grid

SHAPES = {"8 × 8": (8, 8, 4, 2), "one cell": (8, 8, 8, 1), "32 × 20": (32, 20, 4, 2), "small cells": (9, 12, 2, 2)}


@pytest.mark.parametrize("name", SHAPES)
def test_every_array_of_a_step_has_its_grid_in_its_chapter(name: str) -> None:
    rows, columns, cell, block = SHAPES[name]
    trace = trace_hog(torch.rand(1, rows, columns, generator=torch.Generator().manual_seed(0)), cell=cell, block=block)
    scene = draw(trace)
    grids = [mark for mark in scene.marks if isinstance(mark, Grid)]
    assert scene.frames == trace["d"].shape[0]
    given = {"width", "eps", "cut"}
    for chapter in trace.chapters:
        seen = {grid.array for grid in grids if chapter.title in grid.chapters}
        steps = trace.steps[chapter.start : chapter.stop]
        needed = {ref.name for step in steps for ref in (step.target, *reads(step.expression))} - given
        assert needed <= seen
    for grid in grids:
        assert grid.x >= 0 and grid.y >= 20
        assert grid.x + grid.columns * grid.cell <= scene.width
        assert grid.y + grid.rows * grid.height <= scene.height


def test_grids_of_one_chapter_keep_apart() -> None:
    trace = trace_hog(torch.rand(1, 16, 16, generator=torch.Generator().manual_seed(0)))
    grids = [mark for mark in draw(trace).marks if isinstance(mark, Grid)]
    for chapter in trace.chapters:
        shown = [grid for grid in grids if chapter.title in grid.chapters]
        for number, one in enumerate(shown):
            for other in shown[number + 1 :]:
                beside = one.x + one.columns * one.cell <= other.x or other.x + other.columns * other.cell <= one.x
                below = one.y + one.rows * one.height <= other.y or other.y + other.rows * other.height <= one.y
                assert beside or below
