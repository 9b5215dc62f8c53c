"""The scene of a deconvnet's walk: every array has its grid or number, inside the scene, and grids keep apart."""

from __future__ import annotations

from itertools import combinations

import pytest
import torch

from tests.engine.walks.deconvnet.test_deconvnet import net_of
from tests.scenes.test_convolution import extent, grids
from visualizer.engine import Trace
from visualizer.engine.convnet.convnet import run_convnet
from visualizer.engine.convnet.deconvnet import strongest_place
from visualizer.engine.walks.deconvnet.deconvnet import trace_deconvnet
from visualizer.scenes import draw
from visualizer.scenes.scene import Number


def trace_of(channels: int, pixel: tuple[int, int]) -> Trace:
    net, image = net_of(channels, 12)
    unit = strongest_place(run_convnet(net, image[None]), "relu2", 1)
    return trace_deconvnet(net, torch.as_tensor(image), unit, pixel)


TRACES = {"grey": trace_of(1, (5, 6)), "colour": trace_of(3, (5, 6)), "corner": trace_of(3, (11, 0))}


@pytest.mark.parametrize("name", TRACES)
def test_grids_stay_inside_the_scene_and_apart(name: str) -> None:
    scene = draw(TRACES[name])
    for grid in grids(scene):
        left, top, right, bottom = extent(grid)
        assert left >= 0 and top >= 20 and right <= scene.width and bottom <= scene.height
    for one, other in combinations(map(extent, grids(scene)), 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart


@pytest.mark.parametrize("name", TRACES)
def test_every_array_is_shown_one_map_at_a_time(name: str) -> None:
    trace = TRACES[name]
    scene = draw(trace)
    shown = {grid.array for grid in grids(scene)}
    numbers = {mark.ref.split("[")[0] for mark in scene.marks if isinstance(mark, Number)}

    assert shown | numbers == set(trace.arrays)
    assert scene.frames == len(trace["d"])
    assert set(scene.frame_axes) == shown
