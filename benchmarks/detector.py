"""How long a scan of 640 × 480 pixels at 5 scales takes, for each kind of detector; none of it asks the app."""

from __future__ import annotations

import time
from collections.abc import Iterator

import torch
from playwright.sync_api import Browser
from torch import Tensor
from torch.nn import functional

from benchmarks.figures import Figure
from tools.server import Server
from visualizer.engine.convnet.weights import load_convnet
from visualizer.engine.detector.faces import FACE_SIDE, train_faces
from visualizer.engine.detector.features import LinearDetector
from visualizer.engine.detector.gate import train_gate
from visualizer.engine.detector.net import NetDetector
from visualizer.engine.detector.scan import Detector, candidates_of, scales_of, scan_image
from visualizer.engine.detector.suppression import suppress
from visualizer.engine.detector.template import Template
from visualizer.inputs.images.samples import SAMPLES

SIZE = (480, 640)
SCALES = scales_of(1.0, 1.4, 5)
REPEATS = 20
SIDE, OVERLAP = 11, 0.3


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """Every figure, each as soon as it is measured: scores at all scales, and with them what suppression leaves."""
    torch.set_num_threads(1)  # as the app runs it
    photo = _photo()
    hog = LinearDetector(train_faces("hog", 0).classifier, "hog", FACE_SIDE)
    net = NetDetector(load_convnet("digits"), train_gate("digits").layer)
    template = Template(photo[0, 100 : 100 + SIDE, 200 : 200 + SIDE].clone())
    detectors: dict[str, tuple[Detector, float]] = {
        "HOG + linear": (hog, 1000),
        "ConvNet": (net, 1000),
        f"template of {SIDE} × {SIDE}": (template, 1000),
    }
    for name, (detector, reach) in detectors.items():
        scan_image(photo, detector, SCALES)
        samples = [_milliseconds(photo, detector) for _ in range(REPEATS)]
        yield Figure(f"scan 640×480 at 5 scales, suppressed: {name}", "ms", samples, reach=reach, percentile=95)


def _milliseconds(photo: Tensor, detector: Detector) -> float:
    start = time.perf_counter()
    candidates = candidates_of(scan_image(photo, detector, SCALES))
    suppress(candidates.boxes, candidates.scores, OVERLAP)
    return (time.perf_counter() - start) * 1e3


def _photo() -> Tensor:
    """The astronaut's brightness, stretched: (1, 480, 640)."""
    pixels = torch.tensor(SAMPLES["astronaut"]().pixels, dtype=torch.float64).mean(dim=2)[None, None] / 255
    return functional.interpolate(pixels, size=SIZE, mode="bilinear")[0]
