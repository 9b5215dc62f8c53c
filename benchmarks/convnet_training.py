"""The ConvNet's training and forward pass beside npm's `convnetjs` 0.3.0, in node, in turns on the same machine.

CONVNETJS=… names the package's folder; without, npm installs it into a folder that is thrown away.
Source of net and settings: Karpathy 2014, ConvNetJS's demo "MNIST", 24 × 24 crops.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import torch
from playwright.sync_api import Browser

from benchmarks.figures import Figure
from tools.server import Server
from visualizer.engine.convnet.convnet import ConvNetShape, random_convnet, scores
from visualizer.engine.convnet.training import ConvNetPlan, train_convnet
from visualizer.engine.data.images import Images

PACKAGE = "convnetjs@0.3.0"
SCRIPT = Path(__file__).with_name("convnetjs.cjs")
SHAPE = ConvNetShape(size=24, pools=(2, 3))
BATCH_SIZE, MANY = 20, 200
PLAN = ConvNetPlan(100_000, BATCH_SIZE, "adadelta", learning_rate=1.0, l2=0.001, every=BATCH_SIZE)
ROUNDS, SECONDS = 3, 2.0
WORKS = {
    "train": (f"ConvNetJS's MNIST net trained on {BATCH_SIZE} examples", 30, BATCH_SIZE),
    "one": ("its forward pass, one image", 10, 1),
    "batch": (f"its forward pass, {MANY} images", 70, MANY),
}
"""What is timed, how many times as quick as ConvNetJS it has to be, and for how many images."""


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """Every figure; none where there is no node."""
    with _package() as folder:
        if folder is None:
            return
        torch.set_num_threads(1)  # as the app runs it: see visualizer/server.py
        ours: dict[str, list[float]] = {name: [] for name in WORKS}
        theirs: dict[str, list[float]] = {name: [] for name in WORKS}
        for _ in range(ROUNDS):
            for samples, found in ((theirs, _in_node(folder)), (ours, _in_torch())):
                for name in WORKS:
                    samples[name] += found[name]
    for name, (what, times, images) in WORKS.items():
        quick, slow = median(ours[name]), median(theirs[name])
        rates = f"{images / quick * 1e3:,.0f} a second; ConvNetJS {images / slow * 1e3:,.0f}; {slow / quick:.0f} ×"
        reach = round(slow / times, 3)
        yield Figure(f"{what} ({rates}, to reach {times} ×)", "ms", ours[name], reach=reach, percentile=50)


@contextmanager
def _package() -> Iterator[Path | None]:
    """The folder with the package; None, and a word about it, where node or npm is missing."""
    given, node, npm = os.environ.get("CONVNETJS"), shutil.which("node"), shutil.which("npm")
    if not node or not (given or npm):
        print("ConvNetJS is not measured: that takes node, and npm or CONVNETJS=…", file=sys.stderr)
        yield None
    elif given:
        yield Path(given)
    else:
        with tempfile.TemporaryDirectory() as folder:
            command = ["npm", "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE]
            subprocess.run(command, check=True, stdout=sys.stderr)
            yield Path(folder) / "node_modules" / "convnetjs"


def _in_node(folder: Path) -> Mapping[str, list[float]]:
    """Milliseconds of each call."""
    done = subprocess.run(
        ["node", str(SCRIPT), str(folder), str(SECONDS)], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    found: Mapping[str, list[float]] = json.loads(done.stdout)
    return found


def _in_torch() -> Mapping[str, list[float]]:
    """Milliseconds of each call; of training as the app does it, with a report after each batch."""
    dice = torch.Generator().manual_seed(0)
    x = torch.rand(MANY, 1, SHAPE.size, SHAPE.size, generator=dice)
    images, nothing = Images(x, torch.arange(MANY) % SHAPE.classes), Images(x[:0], torch.arange(0))
    net = random_convnet(SHAPE)
    run = train_convnet(net, images, nothing, PLAN)
    next(run)
    trained = _repeated(lambda: next(run))
    with torch.inference_mode():
        one, batch = _repeated(lambda: scores(net, x[:1])), _repeated(lambda: scores(net, x))
    return {"train": trained, "one": one, "batch": batch}


def _repeated(work: Callable[[], object]) -> list[float]:
    work()
    samples, end = [], time.perf_counter() + SECONDS
    while (started := time.perf_counter()) < end:
        work()
        samples.append((time.perf_counter() - started) * 1e3)
    return samples
