"""The walks of "Convolution" and "Pooling" that an address stands for, worked out in Python."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.browser.shown_sums import number, unit_of
from visualizer.engine import Trace
from visualizer.inputs.images.crop_setting import CROP, Crop
from visualizer.inputs.images.panel import SAMPLE
from visualizer.inputs.images.samples import SAMPLES
from visualizer.inputs.images.zoom import hundredths
from visualizer.lessons.convolution import lesson as convolution
from visualizer.lessons.convolution import settings as convolution_settings
from visualizer.lessons.pooling import lesson as pooling
from visualizer.lessons.pooling import settings as pooling_settings
from visualizer.ui.edits import edits_of
from visualizer.ui.query import read

CONVOLUTION, POOLING = "/convolution", "/pooling"
Query = Mapping[str, object]
Lesson = convolution.Lesson | pooling.Lesson

_PARTS: Mapping[str, tuple[Any, Any, Any, int]] = {
    CONVOLUTION: (convolution.Lesson, convolution_settings.ADDRESS, convolution_settings.SETTINGS.of, 7),
    POOLING: (pooling.Lesson, pooling_settings.ADDRESS, pooling_settings.SETTINGS.of, 8),
}


def lesson_of(path: str, query: Query) -> Lesson:
    """The lesson of a page at an address, over a sample."""
    make, address, settings_of, side = _PARTS[path]
    found = read(address.table, {name: [str(text)] for name, text in query.items()})
    if found.refused:
        raise ValueError(f"not understood: {found.refused}")
    picture = SAMPLES[found.values.get(SAMPLE.name, SAMPLE.default)]()
    crop = found.values.get(CROP.name) or Crop.busiest(picture, side, side)
    settings = settings_of(found.values)
    lesson: Lesson = make(
        settings, hundredths(crop.of(picture), colour=settings.colour), edits_of(str(query.get(address.edits, "")))
    )
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
