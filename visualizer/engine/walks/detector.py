"""The score of one window as steps of a convolution around it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from torch import Tensor

from visualizer.engine.detector.features import LinearDetector, hog_blocks
from visualizer.engine.detector.net import NetDetector, OutputLayer, as_convolution, pooled_maps
from visualizer.engine.detector.scan import Detector
from visualizer.engine.detector.template import Template
from visualizer.engine.trace.trace import Trace
from visualizer.engine.walks.convolution.convolution import trace_convolution

LARGEST = 11
"""The most rows and columns of a walk's kernel."""
_AROUND = 2


@dataclass(frozen=True, eq=False)
class Layer:
    """What a detector's score is the convolution of: maps (m, rows, columns), kernel (m, h, w), and a bias."""

    maps: Tensor
    kernel: Tensor
    bias: float

    def sums(self, row: int, column: int) -> Tensor:
        """What each map adds at one place; with the bias they make the output there. Shape: (m,)."""
        return self.products(row, column).sum(dim=(1, 2))

    def products(self, row: int, column: int) -> Tensor:
        """Each number of the kernel times the number that it lies on, at one place. Shape: the kernel's."""
        height, width = self.kernel.shape[1:]
        return self.maps[:, row : row + height, column : column + width] * self.kernel


def layer_of(detector: Detector, image: Tensor, output: int = 0) -> Layer:
    """The convolution that a detector is, on an image (1, rows, columns).

    `output` is the class of a ConvNet without a gate. Raises: TypeError for a detector of another kind.
    """
    if isinstance(detector, Template):
        return Layer(image, detector.kernel[None], 0.0)
    if isinstance(detector, LinearDetector):
        kernel = detector.kernel
        if detector.feature == "raw":
            return Layer(image, kernel[None], detector.classifier.bias)
        return Layer(hog_blocks(image[0]).permute(2, 0, 1), kernel.permute(2, 0, 1), detector.classifier.bias)
    if isinstance(detector, NetDetector):
        layer: OutputLayer = detector.gate or as_convolution(detector.net)
        chosen = 0 if detector.gate else output
        return Layer(pooled_maps(detector.net, image), layer.weight[chosen], float(layer.bias[chosen]))
    raise TypeError(f"detector must be one of this lesson's, got {type(detector).__name__}")


@dataclass(frozen=True, eq=False)
class Walk:
    """A trace, and the step (counted from 1) that writes the number of the window in question."""

    trace: Trace
    start: int


def walk_of(layer: Layer, row: int, column: int, number: int, words: str) -> Walk:
    """The convolution of one map around one window, up to two windows beyond it on each side.

    `words` say what becomes of the window's sum: they stand at its step, and before the first.

    Raises: ValueError for a kernel that is larger than a walk can show.
    """
    height, width = layer.kernel.shape[1:]
    if max(height, width) > LARGEST:
        raise ValueError(f"kernel must have at most {LARGEST} × {LARGEST} numbers for a walk, got {height} × {width}")
    plane = layer.maps[number]
    top, left = max(0, row - _AROUND), max(0, column - _AROUND)
    bottom = min(plane.shape[0], row + _AROUND + height)
    right = min(plane.shape[1], column + _AROUND + width)
    trace = trace_convolution(plane[None, top:bottom, left:right], layer.kernel[number][None, None])
    step = (row - top) * (right - left - width + 1) + column - left + 1
    steps = list(trace.steps)
    steps[step - 1] = replace(steps[step - 1], note=f"{steps[step - 1].note} {words}")
    return Walk(replace(trace, summary=f"{words} {trace.summary}", steps=tuple(steps)), step)
