"""A stack's scene: every number that a step writes has its place, and no two grids share one."""

from __future__ import annotations

from itertools import combinations

import pytest
import torch
from torch import nn

from visualizer.engine import Residual, Trace, trace_module
from visualizer.scenes import draw
from visualizer.scenes.scene import Grid, Number, Wire

F64 = torch.float64


def trace_of(*layers: nn.Module, x: tuple[int, ...], y: tuple[int, ...]) -> Trace:
    torch.manual_seed(0)
    return trace_module(nn.Sequential(*layers).double(), torch.randn(*x, dtype=F64), torch.randn(*y, dtype=F64))


def updated(optimizer: type[torch.optim.Optimizer], **settings: float) -> Trace:
    torch.manual_seed(0)
    module = nn.Sequential(nn.Linear(2, 2), nn.Tanh())
    x, y = torch.randn(2, 2), torch.randn(2, 2)
    return trace_module(module, x, y, optimizer=optimizer(module.parameters(), lr=0.1, **settings))


STACKS = {
    "update": updated(torch.optim.SGD),
    "moments": updated(torch.optim.Adam),
    "units": trace_of(nn.Linear(3, 4), nn.GELU(), nn.Linear(4, 2), x=(2, 3), y=(2, 2)),
    "scores": trace_of(nn.Linear(3, 4, bias=False), x=(1, 3), y=(1, 4)),
    "wide": trace_of(nn.Linear(12, 4), nn.LayerNorm(4), x=(2, 12), y=(2, 4)),
    "maps": trace_of(nn.Conv2d(2, 3, 3), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(12, 2), x=(2, 2, 6, 6), y=(2, 2)),
    "long": trace_of(nn.Linear(3, 50), nn.ReLU(), nn.Linear(50, 2), x=(1, 3), y=(1, 2)),
    "time": trace_of(nn.LSTM(2, 3, num_layers=2), x=(4, 2), y=(4, 3)),
    "residual": trace_of(nn.Linear(2, 2), Residual(nn.Tanh()), nn.Softmax(dim=1), x=(2, 2), y=(2, 2)),
}


def shown(trace: Trace) -> set[str]:
    """Every number that the scene shows in a number or a grid, with the first frame in place of @."""
    marks = draw(trace).marks
    found = {mark.ref.replace("@", "0") for mark in marks if isinstance(mark, Number)}
    for grid in (mark for mark in marks if isinstance(mark, Grid)):
        lead = [str(part).replace("@", "0") for part in grid.at]
        alone = len(lead) + 1 == trace[grid.array].dim()
        for row in range(grid.first, grid.first + grid.rows):
            for column in range(grid.columns):
                found.add(f"{grid.array}[{','.join([*lead, str(row), *([] if alone else [str(column)])])}]")
    return found


@pytest.mark.parametrize("name", STACKS)
def test_every_number_that_is_written_has_its_place(name: str) -> None:
    trace = STACKS[name]
    places = shown(trace)
    for step in trace.steps:
        example = trace.symbols[step.target.name].example
        if example is None or step.target.index[example] == 0:
            assert str(step.target) in places


@pytest.mark.parametrize("name", STACKS)
def test_grids_do_not_overlap_and_stay_inside(name: str) -> None:
    scene = draw(STACKS[name])
    grids = [mark for mark in scene.marks if isinstance(mark, Grid)]

    def box(grid: Grid) -> tuple[float, float, float, float]:
        bottom = grid.y + grid.rows * (grid.height or grid.cell)
        return grid.x, grid.y, grid.x + grid.columns * grid.cell, bottom

    for grid in grids:
        left, top, right, bottom = box(grid)
        assert 0 <= left < right <= scene.width + 1e-6
        assert 0 <= top < bottom <= scene.height
    for one, other in combinations(grids, 2):
        (left, top, right, bottom), (left2, top2, right2, bottom2) = box(one), box(other)
        apart = 1e-6 - min(right - left2, right2 - left, bottom - top2, bottom2 - top)
        assert apart > 0, (one.array, other.array)


def test_small_layers_of_units_are_a_graph() -> None:
    assert any(isinstance(mark, Wire) for mark in draw(STACKS["units"]).marks)
    assert not any(isinstance(mark, Wire) for mark in draw(STACKS["wide"]).marks)
