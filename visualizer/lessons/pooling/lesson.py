"""What one visitor has in front of them: settings, the crop's numbers, and those that they changed by hand."""

from __future__ import annotations

import torch
from torch import Tensor

from visualizer.engine import Ref, Trace
from visualizer.lessons.pooling.fitting import Shape, possible, refusal
from visualizer.lessons.pooling.settings import SETTINGS, PoolingSettings
from visualizer.lessons.pooling.walk import start_arrays, trace_of
from visualizer.ui.edits import Arrays, EditedNumbers, Edits, stands
from visualizer.ui.opening import opening_step
from visualizer.ui.refusal import Refusal


class Lesson:
    """The state of the lesson in one session.

    `start_arrays` works the numbers out from the settings and the crop alone; on top lie the numbers that the visitor
    changed by hand. An edit stays for as long as the array that it was made on does.
    """

    def __init__(self, settings: PoolingSettings, x: Tensor, edits: Edits | None = None) -> None:
        """x (channels, rows, columns): the crop's numbers."""
        self.refusal: Refusal | None = refusal(settings, _shape(x))
        self.settings = possible(settings, _shape(x), SETTINGS.of())
        self.numbers = EditedNumbers(start_arrays(self.settings, x), edits)
        self._opened: tuple[Trace, int] | None = None
        self._walked: Arrays | None = None

    @property
    def trace(self) -> Trace:
        """The walk; computed once."""
        if self._walked is not self.numbers.arrays:
            self._trace = trace_of(self.settings, self.numbers.arrays)
            self._walked = self.numbers.arrays
        return self._trace

    @property
    def start(self) -> int:
        """The step at which the walk opens; looked for once."""
        if self._opened is None or self._opened[0] is not self.trace:
            self._opened = self.trace, opening_step(self.trace, "Backward: image")
        return self._opened[1]

    @property
    def editable(self) -> tuple[str, ...]:
        return tuple(self.numbers.arrays)

    def follow(self, settings: PoolingSettings, x: Tensor) -> None:
        """Take other settings or another crop. Those of which no walk can be made change nothing."""
        self.refusal = refusal(settings, _shape(x))
        if self.refusal or (settings == self.settings and torch.equal(x, self.numbers.start["x"])):
            return
        start, before = start_arrays(settings, x), self.numbers.start
        kept = {ref: value for ref, value in self.numbers.edits.items() if stands(ref, before, start)}
        self.settings = settings
        self.numbers.restart(start, kept)

    def edit(self, ref: Ref, value: float) -> None:
        """Change one number of the walk on screen."""
        self.numbers.change({ref: value})


def _shape(x: Tensor) -> Shape:
    return x.shape[0], x.shape[1], x.shape[2]
