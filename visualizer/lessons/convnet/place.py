"""One number of a layer, as a value and as a setting that a link can carry."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from visualizer.engine.convnet.convnet import LAYERS, ConvNetShape
from visualizer.ui.settings import Setting

_TEXT = re.compile(r"([a-z]+[12]?)\.([0-9]{1,3})(?:\.([0-9]{1,3})\.([0-9]{1,3}))?")
_OF_CLASSES = ("z", "p")


@dataclass(frozen=True)
class Place:
    """A number: its layer, as in `run_convnet`, its map or class, and its row and column there; counted from 0."""

    layer: str
    map: int
    row: int = 0
    column: int = 0

    def inside(self, shape: ConvNetShape) -> bool:
        """Whether a net of this shape has this number."""
        sizes = layer_sizes(shape).get(self.layer)
        if sizes is None:
            return False
        maps, side = sizes
        return all(0 <= at < most for at, most in ((self.map, maps), (self.row, side), (self.column, side)))


LAYER_NAMES: Mapping[str, str] = {
    "x": "image",
    "conv1": "convolution 1",
    "relu1": "ReLU 1",
    "pool1": "pooling 1",
    "conv2": "convolution 2",
    "relu2": "ReLU 2",
    "pool2": "pooling 2",
}


def words_of(place: Place, classes: Sequence[str]) -> str:
    """The number's name for people, counted from 1."""
    if place.layer in _OF_CLASSES:
        return f"the {'score' if place.layer == 'z' else 'probability'} of “{classes[place.map]}”"
    return f"{LAYER_NAMES[place.layer]}, map {place.map + 1}, row {place.row + 1}, column {place.column + 1}"


def layer_sizes(shape: ConvNetShape) -> dict[str, tuple[int, int]]:
    """How many maps each layer has, and their side; the classes stand as maps of one number."""
    (channels, first, second), (whole, half, quarter) = shape.depths, shape.sizes
    sizes = {"x": (channels, whole)}
    sizes |= {"conv1": (first, whole), "relu1": (first, whole), "pool1": (first, half)}
    sizes |= {"conv2": (second, half), "relu2": (second, half), "pool2": (second, quarter)}
    return sizes | dict.fromkeys(_OF_CLASSES, (shape.classes, 1))


def checked_place(report: object, shape: ConvNetShape) -> Place | None:
    """What the browser sends is untrusted: layer, map, row and column of a number that there is, or nothing."""
    if not isinstance(report, list) or len(report) != 4 or not isinstance(report[0], str):
        return None
    if not all(type(number) is int for number in report[1:]):
        return None
    place = Place(*report)
    return place if place.inside(shape) else None


@dataclass(frozen=True)
class PlaceSetting(Setting[Place | None]):
    """A number in the address: layer.map.row.column, from 1, or z.class, its score, or p.class. None: nobody chose."""

    def parse(self, text: str) -> Place | None:
        match = _TEXT.fullmatch(text)
        if not match or match[1] not in LAYERS or (match[3] is None) != (match[1] in _OF_CLASSES):
            raise ValueError(f"{self.name} must be layer.map.row.column, as in conv2.3.5.7, or p.4")
        numbers = [int(part) - 1 for part in match.groups()[1:] if part]
        if min(numbers) < 0:
            raise ValueError(f"{self.name} counts from 1")
        return Place(match[1], *numbers)

    def coerce(self, value: object) -> Place | None:
        return value if isinstance(value, Place) else self.default

    def text(self, value: Place | None) -> str:
        if value is None:
            return ""
        numbers = [value.map] if value.layer in _OF_CLASSES else [value.map, value.row, value.column]
        return ".".join([value.layer, *(str(number + 1) for number in numbers)])

    def draw(self, *, disabled: bool = False, on_change: Callable[[], None] | None = None) -> Place | None:
        """The number that was chosen. It is chosen in the figure, see `keep_place`."""
        return self.coerce(st.session_state.get(self.name))
