"""What one visitor has in front of them: settings, the crop's numbers, and those that they changed by hand."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from visualizer.engine import Ref, Trace
from visualizer.engine.geometry import Pair
from visualizer.lessons.convolution.fitting import possible, refusal
from visualizer.lessons.convolution.kernels import OWN
from visualizer.lessons.convolution.settings import SETTINGS, ConvolutionSettings
from visualizer.lessons.convolution.walk import start_arrays, trace_of
from visualizer.ui.edits import Arrays, EditedNumbers, Edits, fits
from visualizer.ui.opening import opening_step
from visualizer.ui.refusal import Refusal

EDITABLE = ("x", "weight", "bias", "target", "grad_y")


class Lesson:
    """The state of the lesson in one session, and the few things that one can do to it.

    `start_arrays` works the numbers out from the settings and the crop alone, so a link with both gives the same
    numbers. On top lie `edits`, the numbers that the visitor changed by hand. Those stay for as long as what they were
    made on does: another kernel drops the edits of that kernel, another crop those of the image.
    `chosen` are the settings that were asked for, `settings` those of the walk.
    """

    def __init__(self, settings: ConvolutionSettings, x: Tensor, edits: Edits | None = None) -> None:
        """x (channels, rows, columns): the crop's numbers."""
        self.refusal: Refusal | None = refusal(settings, _size(x))
        self.chosen = settings
        self.settings = possible(settings, _size(x), SETTINGS.of())
        self.numbers = EditedNumbers(start_arrays(self.settings, x), edits)
        self._opened: tuple[Trace, int] | None = None
        self._walked: Mapping[str, Tensor] | None = None
        self._learnt: Edits = {}

    @property
    def learnt(self) -> int:
        """How many of the changed numbers are as they were learnt, and not set by hand."""
        return sum(self._learnt.get(ref) == value for ref, value in self.numbers.edits.items())

    @property
    def arrays(self) -> Mapping[str, Tensor]:
        """The numbers that the walk starts from, by the trace's names."""
        return self.numbers.arrays

    @property
    def trace(self) -> Trace:
        """The walk; computed once."""
        if self._walked is not self.arrays:
            self._trace = trace_of(self.settings, self.arrays)
            self._walked = self.arrays
        return self._trace

    @property
    def start(self) -> int:
        """The step at which the walk opens; looked for once."""
        if self._opened is None or self._opened[0] is not self.trace:
            self._opened = self.trace, opening_step(self.trace, "Forward")
        return self._opened[1]

    @property
    def editable(self) -> tuple[str, ...]:
        return tuple(name for name in EDITABLE if name in self.arrays)

    def follow(self, settings: ConvolutionSettings, x: Tensor) -> None:
        """Take other settings or another crop. Those of which no walk can be made change nothing."""
        self.refusal, self.chosen = refusal(settings, _size(x)), settings
        if self.refusal or (settings == self.settings and torch.equal(x, self.numbers.start["x"])):
            return
        old, before, shown, edits = self.settings, self.numbers.start, self.arrays["weight"], self.numbers.edits
        if settings.flipped != old.flipped:
            before, shown = {**before, "weight": before["weight"].flip(2, 3)}, shown.flip(2, 3)
            edits = _turned(edits, old.kernel_size)
        start = start_arrays(settings, x)
        kept = {ref: value for ref, value in edits.items() if _stands(ref, before, start)}
        self.settings = settings
        self.numbers.restart(start, kept | _taken_over(old, settings, shown))

    def edit(self, ref: Ref, value: float) -> None:
        """Change one number of the walk on screen."""
        self.numbers.change({ref: value})

    def take_kernel(self, weight: Tensor) -> None:
        """Walk with another kernel of the same shape (filters, channels, rows, columns), without a bias."""
        places = torch.ones_like(weight).nonzero().tolist()
        values = {Ref("weight", tuple(place)): float(weight[tuple(place)]) for place in places}
        self._learnt = values | {Ref("bias", (filter_,)): 0.0 for filter_ in range(len(weight))}
        self.numbers.change(self._learnt)


def _size(x: Tensor) -> tuple[int, int]:
    return x.shape[1], x.shape[2]


def _stands(ref: Ref, before: Arrays, after: Arrays) -> bool:
    """Whether what a number was changed on is still there: the kernel's slice, else the whole array."""
    if not (fits(ref, before) and fits(ref, after)):
        return False
    slice_ = ref.index[:2] if ref.name == "weight" else ()
    return torch.equal(before[ref.name][slice_], after[ref.name][slice_])


def _turned(edits: Edits, size: Pair) -> dict[Ref, float]:
    """The edits of the kernels where they are once the kernels are turned by 180°."""
    return {_turned_ref(ref, size) if ref.name == "weight" else ref: value for ref, value in edits.items()}


def _turned_ref(ref: Ref, size: Pair) -> Ref:
    filter_, channel, *place = ref.index
    return Ref(ref.name, (filter_, channel, *(most - 1 - int(str(at)) for at, most in zip(place, size, strict=True))))


def _taken_over(old: ConvolutionSettings, new: ConvolutionSettings, shown: Tensor) -> dict[Ref, float]:
    """An own kernel begins as the one that was there, so those numbers become the visitor's."""
    if old.kernel_size != new.kernel_size or new.own_kernel:
        return {}
    edits: dict[Ref, float] = {}
    for f, names in enumerate(new.layer):
        for c, name in enumerate(names):
            known = f < shown.shape[0] and c < shown.shape[1]
            if name == OWN and known and old.layer[f][c] != OWN:
                rows = shown[f, c].tolist()
                edits |= {Ref("weight", (f, c, i, j)): v for i, row in enumerate(rows) for j, v in enumerate(row) if v}
    return edits
