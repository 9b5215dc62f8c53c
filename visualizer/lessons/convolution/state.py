"""What one visitor has in front of them: settings, the crop's numbers, and those that they changed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine import Ref, Trace, trace_convolution
from visualizer.engine.geometry import Pair
from visualizer.inputs.arrays.kernels import KERNELS, OWN, KernelOptions
from visualizer.inputs.arrays.own_layer import counted
from visualizer.inputs.images.pictures import hundredths_of
from visualizer.lessons.convolution.fitting import grid_of, possible, refusal
from visualizer.lessons.convolution.settings import ADDRESS, ONES, PIXEL, SETTINGS, ConvolutionSettings
from visualizer.ui.edits import Arrays, Edits, fits
from visualizer.ui.refusal import Refusal
from visualizer.ui.shared_walks import shared
from visualizer.ui.walk_lesson import WalkLesson, opening_step


class ConvolutionLesson(WalkLesson[ConvolutionSettings, Tensor]):
    """Given is the crop (channels, rows, columns). Another kernel drops the edits of that kernel alone."""

    address = ADDRESS
    _learnt: Edits | None = None

    @property
    def learned(self) -> int:
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


_FLIPPED = (
    "True convolution: the kernel is rotated by 180° before it is laid on the image. What stands here is the turned "
    "kernel, so that each number is multiplied with the one that it lies on."
)


def start_arrays(settings: ConvolutionSettings, x: Tensor) -> dict[str, Tensor]:
    """What the walk starts from, by the trace's names: x, weight, bias, and target or grad_y where the loss has one."""
    arrays = {"x": x, "weight": settings.weight(), "bias": settings.bias_of_filters()}
    if settings.squared:
        return arrays | {"target": settings.own_target.tensor() if settings.own_target else _target(settings, x)}
    if settings.loss == "given":
        shape = settings.filter_count, *grid_of(settings, (x.shape[1], x.shape[2])).outputs
        return arrays | {"grad_y": settings.own_gradient.tensor() if settings.own_gradient else counted(shape)}
    return arrays


@shared
def trace_of(settings: ConvolutionSettings, arrays: Mapping[str, Tensor]) -> Trace:
    """The walk over these numbers, forward and, where there is a loss, backward."""
    trace = trace_convolution(
        arrays["x"],
        arrays["weight"],
        arrays["bias"],
        **settings.geometry,
        loss=None if settings.loss in ("none", "given") else settings.loss,
        target=arrays.get("target"),
        grad_y=arrays.get("grad_y"),
        pixel=pixel_of(settings, arrays["x"]) if settings.loss == "pixel" else None,
    )
    return replace(trace, summary=f"{trace.summary} {_FLIPPED}") if settings.flipped else trace


def pixel_of(settings: ConvolutionSettings, x: Tensor) -> tuple[int, ...]:
    """The output pixel that is the loss, counted from 0: the one chosen, or the nearest that there is."""
    shape = settings.filter_count, *grid_of(settings, (x.shape[1], x.shape[2])).outputs
    return tuple(min(chosen, size) - 1 for chosen, size in zip(settings.pixel, shape, strict=True))


def _target(settings: ConvolutionSettings, x: Tensor) -> Tensor:
    windows = grid_of(settings, (x.shape[1], x.shape[2]))
    shape = settings.filter_count, *windows.outputs
    if settings.target not in KERNELS:
        return torch.full(shape, float(settings.target == ONES), dtype=torch.float64)
    options = KernelOptions(settings.angles[0], settings.wavelengths[0])
    plane = KERNELS[settings.target].values(settings.kernel_size[0], options)
    kernel = plane.flip(0, 1) if settings.flipped else plane
    top, bottom, left, right = windows.padding
    padded = functional.pad(x, (left, right, top, bottom))
    y = functional.conv2d(padded, kernel.expand(1, len(x), -1, -1), None, windows.stride, 0, windows.dilation)
    return hundredths_of(y).repeat(settings.filter_count, 1, 1)
