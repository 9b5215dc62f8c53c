"""What one visitor has in front of them: settings, the crop's numbers, and those that they changed by hand."""

from __future__ import annotations

import torch
from torch import Tensor

from visualizer.engine import Ref, Trace
from visualizer.engine.geometry import Pair
from visualizer.inputs.arrays.kernels import OWN
from visualizer.lessons.convolution.fitting import possible, refusal
from visualizer.lessons.convolution.settings import ADDRESS, PIXEL, SETTINGS, ConvolutionSettings
from visualizer.lessons.convolution.walk import start_arrays, trace_of
from visualizer.ui.edits import Arrays, Edits, fits
from visualizer.ui.refusal import Refusal
from visualizer.ui.walk_lesson import WalkLesson, opening_step


class ConvolutionLesson(WalkLesson[ConvolutionSettings, Tensor]):
    """Given is the crop (channels, rows, columns). Another kernel drops the edits of that kernel alone."""

    address = ADDRESS
    _learnt: Edits | None = None

    @property
    def learnt(self) -> int:
        """How many of the changed numbers are as they were learned, and not set by hand."""
        return sum((self._learnt or {}).get(ref) == value for ref, value in self.edits.items())

    def refused(self, settings: ConvolutionSettings, x: Tensor) -> Refusal | None:
        return refusal(settings, _size(x))

    def possible(self, settings: ConvolutionSettings, x: Tensor) -> ConvolutionSettings:
        return possible(settings, _size(x), SETTINGS.of())

    def start_arrays(self, settings: ConvolutionSettings, x: Tensor) -> Arrays:
        return start_arrays(settings, x)

    def walk(self) -> Trace:
        return trace_of(self.settings, self.arrays)

    def opening(self, trace: Trace) -> int:
        return opening_step(trace, "Forward")

    def kept_edits(self, settings: ConvolutionSettings, start: Arrays) -> Edits:
        old, before, shown, edits = self.settings, self.unedited, self.arrays["weight"], self.edits
        if settings.flipped != old.flipped:
            before, shown = {**before, "weight": before["weight"].flip(2, 3)}, shown.flip(2, 3)
            edits = _turned(edits, old.kernel_size)
        kept = {ref: value for ref, value in edits.items() if _stands(ref, before, start)}
        return kept | _taken_over(old, settings, shown)

    def take_kernel(self, weight: Tensor) -> None:
        """Walk with another kernel of the same shape (filters, channels, rows, columns), without a bias."""
        places = torch.ones_like(weight).nonzero().tolist()
        values = {Ref("weight", tuple(place)): float(weight[tuple(place)]) for place in places}
        self._learnt = values | {Ref("bias", (filter_,)): 0.0 for filter_ in range(len(weight))}
        self.change(self._learnt)


def changed_kernels() -> frozenset[tuple[int, int]]:
    """The kernels, by filter and channel, of which numbers were changed by hand; where all share one, its channel 0."""
    lesson = ConvolutionLesson.current()
    if lesson is None:
        return frozenset()
    changed = {ref.index[:2] for ref in lesson.edits if ref.name == "weight"}
    separate = lesson.settings.separate
    return frozenset((int(str(filter_)), int(str(channel)) if separate else 0) for filter_, channel in changed)


def output_shape() -> tuple[int, ...]:
    """Filters, rows and columns of the output on screen; at first those of the largest."""
    lesson = ConvolutionLesson.current()
    return tuple(lesson.trace["y"].shape) if lesson else tuple(setting.maximum for setting in PIXEL)


def _size(x: Tensor) -> Pair:
    return x.shape[1], x.shape[2]


def _stands(ref: Ref, before: Arrays, after: Arrays) -> bool:
    """Whether what a number was changed on is still there: the kernel's slice, else the whole array."""
    if not (fits(ref, before) and fits(ref, after)):
        return False
    slice_ = ref.index[:2] if ref.name == "weight" else ()
    return torch.equal(before[ref.name][slice_], after[ref.name][slice_])


def _turned(edits: Edits, size: Pair) -> dict[Ref, float]:
    """The edits of the kernels where they are once the kernels are rotated by 180°."""
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
