"""The view "What a unit looks for": its strongest images, and its way back to the pixels."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.engine.convnet.deconvnet import METHODS, Method, Projection, Unit, project, strongest_place
from visualizer.engine.convnet.top_patches import receptive_field
from visualizer.figures.plates import Plate, figure_plates, projection_plate
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.units import text as words
from visualizer.lessons.convnet.units.settings import COVER, PIXEL, SEEKS, STEPS, UNIT_SETTINGS
from visualizer.lessons.convnet.units.strongest import draw_strongest
from visualizer.ui.layout import draw_figure

_QUESTIONS = {
    SEEKS: "What in an image does a unit look for?",
    STEPS: "How does a unit’s activation get back to the pixels?",
    PIXEL: "How is one pixel of that image computed?",
    COVER: "Which part of the image does a class depend on?",
}
_OWN = "The image, and map {} of it; frames are around the strongest unit and what it sees"
_WAYS = "The strongest unit projected back to the pixels in three ways"


def draw_units(lesson: Lesson) -> None:
    """The question, the choice of a unit, and what there is to be seen of it."""
    question = st.container()
    asked, settings = st.columns([1.6, 2], gap="medium", vertical_alignment="bottom")
    with asked:
        part = UNIT_SETTINGS["part"].draw()
    question.subheader(_QUESTIONS[part], anchor=False)
    if part == COVER:
        from visualizer.lessons.convnet.units.occlusion_view import draw_occlusion

        draw_occlusion(lesson, settings)
        return
    with settings:
        layer, map, room = draw_choice(lesson)
    unit = unit_in(lesson, layer, map)
    if part == STEPS:
        from visualizer.lessons.convnet.units.deconv_view import draw_steps

        draw_steps(lesson, map, unit)
    elif part == PIXEL:
        from visualizer.lessons.convnet.units.deconv_view import draw_walk

        draw_walk(lesson, map, unit, room)
    else:
        _draw_seeks(lesson, layer, map, unit)


def _draw_seeks(lesson: Lesson, layer: str, map: int, unit: Unit | None) -> None:
    """What the unit answers to, in the lesson's image and in the test images, and the words for it."""
    _draw_own(lesson, layer, map, unit)
    draw_strongest(lesson, layer, map)


def _draw_own(lesson: Lesson, layer: str, map: int, unit: Unit | None) -> None:
    """The unit in the lesson's image, and its three ways back."""
    st.markdown("**In your image**")
    if unit is None:
        st.caption(f"Map {map + 1} is 0 everywhere in this image: what its units look for is not in it.")
        return
    found = all_ways(lesson, unit)
    field = receptive_field(lesson.net.shape, unit)
    values = lesson.found[layer][0, map]
    row, column = unit.place
    own = [
        Plate("picture", lesson.image, frame=field),
        Plate("signed", values, frame=(row, column, row + 1, column + 1)),
    ]
    ways = [projection_plate(found[method].pixels, frame=field) for method in METHODS]
    shown, led_back, said = st.columns([2, 3, 1.7], gap="small")
    with shown:
        title = _OWN.format(map + 1)
        draw_figure(
            figure_plates([("", own)], heads=("image", f"map {map + 1}"), title=title, side=150), title, width="stretch"
        )
    with led_back:
        figure = figure_plates([("", ways)], heads=METHODS, title=_WAYS, side=150)
        draw_figure(figure, _WAYS, width="stretch", wide="ways")
    with said:
        st.markdown(words.where(unit, found["deconvnet"].activation))
        st.markdown(words.passed(found))


def draw_choice(lesson: Lesson) -> tuple[str, int, DeltaGenerator]:
    """The layer, the map counted from 0, and room beside them."""
    of_layer, of_map, rest = st.columns([1.3, 0.8, 1.7], gap="small", vertical_alignment="bottom")
    with of_layer:
        layer = UNIT_SETTINGS["layer"].draw()
    with of_map:
        chosen = UNIT_SETTINGS["map"].draw(most=lesson.net.shape.depths[int(layer[-1])])
    return layer, chosen - 1, rest


def unit_in(lesson: Lesson, layer: str, map: int) -> Unit | None:
    """Where the map is most active in the lesson's image; None where it is 0 everywhere."""
    unit = strongest_place(lesson.found, layer, map)
    return unit if float(lesson.found[layer][(0, unit.map, *unit.place)]) > 0 else None


def all_ways(lesson: Lesson, unit: Unit) -> dict[Method, Projection]:
    """A unit of the lesson's image, projected back in every way that there is."""
    return {method: project(lesson.net, lesson.image, unit, method) for method in METHODS}
