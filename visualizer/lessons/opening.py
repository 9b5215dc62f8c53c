"""What a walk over an image opens with: the first sample, and a step far enough on that there is much to be seen."""

from __future__ import annotations

from torch import Tensor

from visualizer.engine import Trace
from visualizer.inputs.crop_setting import Crop
from visualizer.inputs.image_panel import SAMPLE
from visualizer.inputs.samples import SAMPLES
from visualizer.lessons.edits import Arrays
from visualizer.lessons.microscope import hundredths

_FROM, _TO = 0.6, 0.9
"""The stretch of the chapter that is searched: most of it is worked out by then, and something is left to do."""


def opening_step(trace: Trace, chapter: str) -> int:
    """The step of the largest number in the later part of a chapter, or of the last one where there is no such."""
    part = next((each for each in trace.chapters if each.title == chapter), trace.chapters[-1])
    length = part.stop - part.start
    first = part.start + int(_FROM * length)
    numbers = range(first, max(first + 1, part.start + int(_TO * length)))
    return 1 + max(numbers, key=lambda number: abs(float(trace.value(trace.steps[number].target))))


def first_image(side: int, *, colour: bool) -> Tensor:
    """The numbers of the crop that a page opens with, as long as nobody chooses a picture: (channels, side, side)."""
    picture = SAMPLES[SAMPLE.default]()
    return hundredths(Crop.busiest(picture, side, side).of(picture), colour=colour)


def same(one: Arrays, other: Arrays) -> bool:
    """Whether two walks start from the same numbers."""
    return one.keys() == other.keys() and all(one[name].equal(other[name]) for name in one)
