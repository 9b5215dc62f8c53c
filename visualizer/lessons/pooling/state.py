"""What one visitor has in front of them: settings, the crop's numbers, and those that they changed by hand."""

from __future__ import annotations

from torch import Tensor

from visualizer.engine import Trace
from visualizer.lessons.pooling.fitting import Shape, possible, refusal
from visualizer.lessons.pooling.settings import ADDRESS, SETTINGS, PoolingSettings
from visualizer.lessons.pooling.walk import start_arrays, trace_of
from visualizer.ui.edits import Arrays
from visualizer.ui.refusal import Refusal
from visualizer.ui.walk_lesson import WalkLesson, opening_step


class PoolingLesson(WalkLesson[PoolingSettings, Tensor]):
    """Given is the crop (channels, rows, columns)."""

    address = ADDRESS

    def refused(self, settings: PoolingSettings, x: Tensor) -> Refusal | None:
        return refusal(settings, _shape(x))

    def possible(self, settings: PoolingSettings, x: Tensor) -> PoolingSettings:
        return possible(settings, _shape(x), SETTINGS.of())

    def start_arrays(self, settings: PoolingSettings, x: Tensor) -> Arrays:
        return start_arrays(settings, x)

    def walk(self) -> Trace:
        return trace_of(self.settings, self.arrays)

    def opening(self, trace: Trace) -> int:
        return opening_step(trace, "Backward: image")


def _shape(x: Tensor) -> Shape:
    return x.shape[0], x.shape[1], x.shape[2]
