"""The walks of "Convolution" and "Pooling" that an address stands for, computed in Python."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.browser.shown_sums import number, unit_of
from visualizer.engine import Trace
from visualizer.inputs.images.crop_setting import CROP, Crop
from visualizer.inputs.images.panel import SAMPLE
from visualizer.inputs.images.pictures import hundredths
from visualizer.inputs.images.samples import SAMPLES
from visualizer.lessons.convolution import settings as convolution_settings
from visualizer.lessons.convolution.state import ConvolutionLesson
from visualizer.lessons.pooling import settings as pooling_settings
from visualizer.lessons.pooling.state import PoolingLesson
from visualizer.ui.address import read_query

CONVOLUTION, POOLING = "/convolution", "/pooling"
Query = Mapping[str, object]
Lesson = ConvolutionLesson | PoolingLesson

_PARTS: Mapping[str, tuple[Any, Any, int]] = {
    CONVOLUTION: (ConvolutionLesson, convolution_settings.SETTINGS.of, 7),
    POOLING: (PoolingLesson, pooling_settings.SETTINGS.of, 8),
}


def lesson_of(path: str, query: Query) -> Lesson:
    """The lesson of a page at an address, over a sample."""
    make, settings_of, side = _PARTS[path]
    address = make.address
    found = read_query(address.table, {name: [str(text)] for name, text in query.items()})
    if found.refused:
        raise ValueError(f"not understood: {found.refused}")
    picture = SAMPLES[found.values.get(SAMPLE.name, SAMPLE.default)]()
    crop = found.values.get(CROP.name) or Crop.busiest(picture, side, side)
    settings = settings_of(found.values)
    edits = address.edits.parse(str(query.get(address.edits.parameter, "")))
    lesson: Lesson = make(settings, hundredths(crop.of(picture), colour=settings.colour), edits)
    if lesson.refusal:
        raise ValueError(lesson.refusal.text)
    return lesson


def walk_of(path: str, query: Query) -> Trace:
    """The walk of a page at an address, over a sample."""
    return lesson_of(path, query).trace


def query_of(link: str) -> dict[str, str]:
    """The parameters of a link."""
    return dict(parse_qsl(urlsplit(link).query, strict_parsing=True))


def value_at(trace: Trace, ref: str) -> float:
    """The value that a trace has for an element, named as the figure names it."""
    name, _, index = ref.removesuffix("]").partition("[")
    return float(trace[name][tuple(int(part) for part in index.split(",")) if index else ()])


def shows(text: str, value: float) -> bool:
    """Whether a text of the figure is this value, rounded to the digits that the text has."""
    plain = text.removeprefix("∂ ")
    shown = number(plain)
    if shown is None:
        return False
    room = min(unit_of(plain) / 2, Decimal(0.05 * abs(value) + 0.005))
    return abs(shown - Decimal(value)) <= room + Decimal("1e-9")
