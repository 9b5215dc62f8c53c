"""How long a unit's way back to the pixels takes, and the occlusion map, as the page works them out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

import torch
from playwright.sync_api import Browser
from torch import Tensor

from benchmarks.figures import Figure
from tools.server import Server
from visualizer.engine.convnet.convnet import ConvNet, run_convnet
from visualizer.engine.convnet.deconvnet import Unit, project, strongest_place
from visualizer.engine.convnet.occlusion import occlusion_map
from visualizer.engine.convnet.weights import load_convnet
from visualizer.engine.data.labelled_images import Name, labelled_images
from visualizer.figures.plates import figure_plates, projection_plate

UNIT_REACH, MAP_REACH = 100.0, 400.0
REPEATS, MAP_REPEATS = 60, 20
DATA: tuple[Name, ...] = ("digits", "signs")


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """Every figure, each as soon as it is measured; none of them asks the app."""
    torch.set_num_threads(1)  # as the app runs it
    for data in DATA:
        net = load_convnet(data).to(torch.float64)
        x = labelled_images(data, "test").images[0].double()
        unit, size = strongest_place(run_convnet(net, x[None]), "relu2", 0), net.shape.size
        times = _times(partial(_picture, net, x, unit), REPEATS)
        yield Figure(f"deconvnet of one unit, {data}, {size}×{size}, as an image", "ms", times, UNIT_REACH, 95)
        times = _times(partial(occlusion_map, net.to(torch.float32), x.float(), 0), MAP_REPEATS)
        yield Figure(f"occlusion map, {data}, {size * size:,} squares", "ms", times, MAP_REACH, 95)


def _picture(net: ConvNet, x: Tensor, unit: Unit) -> str:
    """The unit projected back to the pixels, forward pass included, and drawn."""
    return figure_plates([("", [projection_plate(project(net, x, unit).pixels)])], title="a unit")


def _times(action: Callable[[], object], repeats: int) -> list[float]:
    """Milliseconds of each repeat, after one that warms up."""
    action()
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        action()
        times.append((time.perf_counter() - begun) * 1e3)
    return times
