"""The unit that is asked about, and what there is to be seen of it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.engine.convnet.deconvnet import (
    METHODS,
    Method,
    Projection,
    Unit,
    project,
    strongest_place,
)
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.units.settings import UNIT_LAYER, UNIT_MAP


def draw_choice(lesson: Lesson) -> tuple[str, int, DeltaGenerator]:
    """The layer, the map counted from 0, and room beside them."""
    of_layer, of_map, rest = st.columns([1.3, 0.8, 1.7], gap="small", vertical_alignment="bottom")
    with of_layer:
        layer = UNIT_LAYER.draw()
    with of_map:
        chosen = UNIT_MAP.draw(most=lesson.net.shape.depths[int(layer[-1])])
    return layer, chosen - 1, rest


def unit_in(lesson: Lesson, layer: str, map: int) -> Unit | None:
    """Where the map is most active in the lesson's image; None where it is 0 everywhere."""
    unit = strongest_place(lesson.found, layer, map)
    return unit if float(lesson.found[layer][(0, unit.map, *unit.place)]) > 0 else None


def all_ways(lesson: Lesson, unit: Unit) -> dict[Method, Projection]:
    """A unit of the lesson's image, projected back in every way that there is."""
    return {method: project(lesson.net, lesson.image, unit, method) for method in METHODS}
