"""The figures of training: a frame, many nets at once, a sensitivity analysis; each beside the plain way."""

from __future__ import annotations

import gc
import itertools
import time
from collections.abc import Callable, Iterator
from statistics import median

import torch
from playwright.sync_api import Browser
from torch import Tensor

from benchmarks.figures import Figure
from benchmarks.plain_training import PlainNet
from tools.server import Server
from visualizer.engine.data.examples import Data
from visualizer.engine.measures.evaluation import unit_maps
from visualizer.engine.training.loop import Recipe, train, train_all
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape

SMALL, DEEP, WIDE = (2, 8, 1), (2, *[8] * 6, 1), (2, 16, 1)
NAMES = {SMALL: "2-8-1", DEEP: "2-(8×6)-1", WIDE: "2-16-1"}
RATE = 0.03
BATCH_SIZE = 10
REPEATS = 120
EPOCHS = 20
NETS = 16
RUNS, RUN_EPOCHS = 256, 200
PLAIN_RUNS = 4
"""The plain way takes as long for each run: a few of them tell."""


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """Every figure, each as soon as it is measured; none of them asks the app."""
    torch.set_num_threads(1)  # as the app runs it, and without what else this process holds: see visualizer/server.py
    gc.collect()
    gc.freeze()
    for sizes, reach in ((SMALL, 650), (DEEP, 2200)):
        name = f"a whole frame of {NAMES[sizes]}: epoch, losses, maps"
        yield _beside(name, "µs", _frames(sizes), _plain_frames(sizes), reach)
    for sizes, reach in ((SMALL, 900), (DEEP, 3600)):
        name = f"an epoch of {NETS} nets of {NAMES[sizes]}, batches of {BATCH_SIZE}"
        yield _beside(name, "µs", _epochs(sizes), _plain_epochs(sizes), reach)
    name = f"{RUNS} runs of {NAMES[WIDE]}, {RUN_EPOCHS} epochs of full batch"
    yield _beside(name, "ms", _sensitivity(), _plain_sensitivity(), 4000)


def _beside(name: str, unit: str, samples: list[float], plain: list[float], reach: float) -> Figure:
    return Figure(f"{name} (plain way: {median(plain):.0f} {unit})", unit, samples, reach=reach, percentile=50)


def _frames(sizes: tuple[int, ...]) -> list[float]:
    """Microseconds from frame to frame. Each has accuracies and gradient norms as well."""
    shape, data, points = Shape(sizes), _data(), _points()
    recipe = Recipe("logistic", REPEATS, BATCH_SIZE, frames=REPEATS + 1)
    maps = None
    times = [time.perf_counter()]
    for progress in train(_start(shape, 1), shape, data, recipe, learning_rate=RATE):
        maps = unit_maps(progress.run.parameters[-1], shape, points, out=maps)
        times.append(time.perf_counter())
    return _gaps(times[1:], 1e6)


def _plain_frames(sizes: tuple[int, ...]) -> list[float]:
    net, data, points = PlainNet(sizes, RATE), _data(), _points()
    times = [time.perf_counter()]
    for _ in range(REPEATS // 4):
        net.epoch(data.train_x, data.train_y, BATCH_SIZE)
        net.loss(data.train_x, data.train_y)
        net.loss(data.test_x, data.test_y)
        net.maps(points)
        times.append(time.perf_counter())
    return _gaps(times, 1e6)


def _epochs(sizes: tuple[int, ...]) -> list[float]:
    """Microseconds an epoch, for all nets together, from 20 at a time with one frame at their end."""
    shape, data = Shape(sizes), _data()
    recipe = Recipe("logistic", REPEATS * EPOCHS // 4, BATCH_SIZE, frames=REPEATS // 4 + 1)
    run = train(_start(shape, NETS), shape, data, recipe, learning_rate=RATE)
    return _gaps([time.perf_counter() for _ in run], 1e6 / EPOCHS)


def _plain_epochs(sizes: tuple[int, ...]) -> list[float]:
    nets, data = [PlainNet(sizes, RATE) for _ in range(NETS)], _data()

    def epoch() -> None:
        for net in nets:
            net.epoch(data.train_x, data.train_y, BATCH_SIZE)

    return [_taken(epoch) * 1e6 for _ in range(4)]


def _sensitivity() -> list[float]:
    """Milliseconds for all runs, with 100 frames of losses and gradient norms."""
    shape, data = Shape(WIDE), _data()
    scales = torch.logspace(-3, 2, RUNS // 8, dtype=torch.float64).repeat_interleave(8)
    start = start_networks(shape, "normal", scale=scales, seeds=[seed % 8 for seed in range(RUNS)])
    recipe = Recipe("logistic", RUN_EPOCHS, record_parameters=False)
    return [_taken(lambda: train_all(start, shape, data, recipe, learning_rate=RATE)) * 1e3 for _ in range(5)]


def _plain_sensitivity() -> list[float]:
    """Milliseconds for all runs as the plain way would take; a few of them are run."""
    data = _data()

    def run() -> None:
        net = PlainNet(WIDE, RATE)
        for epoch in range(RUN_EPOCHS):
            net.epoch(data.train_x, data.train_y, len(data.train_x))
            if epoch % 2 == 0:
                net.loss(data.train_x, data.train_y)
                net.loss(data.test_x, data.test_y)

    return [_taken(run) * 1e3 * RUNS for _ in range(PLAIN_RUNS)]


def _data() -> Data:
    """250 points to learn the quadrants from, and as many to test on."""
    x = torch.randn(500, 2, generator=torch.Generator().manual_seed(0))
    y = torch.where(x[:, :1] * x[:, 1:] > 0, 1.0, -1.0)
    return Data(x[:250], y[:250], x[250:], y[250:])


def _points() -> Tensor:
    axis = torch.linspace(-6, 6, 100)
    return torch.cartesian_prod(axis, axis)


def _start(shape: Shape, nets: int) -> Tensor:
    return start_networks(shape, "xavier", seeds=range(nets))


def _gaps(times: list[float], scale: float) -> list[float]:
    return [(after - before) * scale for before, after in itertools.pairwise(times)]


def _taken(make: Callable[[], object]) -> float:
    """Seconds."""
    begun = time.perf_counter()
    make()
    return time.perf_counter() - begun
