"""The view "What a unit looks for": its strongest images, and its way back to the pixels."""

from __future__ import annotations

import streamlit as st
from torch import Tensor

from visualizer.engine.deconvnet import METHODS, Unit, project
from visualizer.engine.labelled_images import labelled_images
from visualizer.engine.top_patches import Patch, receptive_field
from visualizer.figures.plates import Plate, figure_plates, projection_plate
from visualizer.lessons.convnet import unit_words as words
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.unit_choice import SHOWN, all_ways, draw_choice, strongest_images, unit_in
from visualizer.lessons.convnet.unit_settings import COVER, PIXEL, SEEKS, STEPS, UNIT_PART
from visualizer.lessons.figures import draw_figure

_QUESTIONS = {
    SEEKS: "What in an image does a unit look for?",
    STEPS: "How does a unit’s activation get back to the pixels?",
    PIXEL: "How does one pixel of that picture come about?",
    COVER: "Which part of the image does a class depend on?",
}
_TOGETHER = 3
_OWN = "The image, and map {} of it; frames are around the strongest unit and what it sees"
_WAYS = "The strongest unit projected back to the pixels in three ways"


def draw_units(lesson: Lesson) -> None:
    """The question, the choice of a unit, and what there is to be seen of it."""
    question = st.container()
    asked, settings = st.columns([1.6, 2], gap="medium", vertical_alignment="bottom")
    with asked:
        part = UNIT_PART.draw()
    question.subheader(_QUESTIONS[part], anchor=False)
    if part == COVER:
        from visualizer.lessons.convnet.occlusion_view import draw_occlusion

        draw_occlusion(lesson, settings)
        return
    with settings:
        layer, map, room = draw_choice(lesson)
    unit = unit_in(lesson, layer, map)
    if part == STEPS:
        from visualizer.lessons.convnet.deconv_view import draw_steps

        draw_steps(lesson, map, unit)
    elif part == PIXEL:
        from visualizer.lessons.convnet.deconv_view import draw_walk

        draw_walk(lesson, map, unit, room)
    else:
        _draw_seeks(lesson, layer, map, unit)


def _draw_seeks(lesson: Lesson, layer: str, map: int, unit: Unit | None) -> None:
    """What the unit answers to, in the lesson's image and in the test images, and the words for it."""
    _draw_own(lesson, layer, map, unit)
    _draw_strongest(lesson, layer, map)


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
        draw_figure(figure_plates([("", ways)], heads=METHODS, title=_WAYS, side=150), _WAYS, width="stretch")
    with said:
        st.markdown(words.where(unit, found["deconvnet"].activation))
        st.markdown(words.passed(found))


def _draw_strongest(lesson: Lesson, layer: str, map: int) -> None:
    """The test images on which the map is most active, and the same three ways for each."""
    data = labelled_images(lesson.data, "test")
    patches = strongest_images(lesson.net, lesson.data, layer, map)
    st.markdown(f"**The test images in which map {map + 1} is most active**")
    labels = [int(data.labels[patch.image]) for patch in patches]
    if patches:
        images = [data.images[patch.image].double() for patch in patches]
        rows = _rows(lesson, patches, images, [lesson.classes[label] for label in labels])
        title = f"Test images with the strongest units of map {map + 1}, and their ways back"
        for first, column in zip(range(0, len(patches), _TOGETHER), st.columns(SHOWN // _TOGETHER), strict=False):
            some = [(name, plates[first : first + _TOGETHER]) for name, plates in rows]
            with column:
                draw_figure(figure_plates(some, title=title), title, width="stretch")
    st.text(words.told(patches, labels, lesson.classes, len(data.labels)))
    st.markdown(words.RULES)
    st.caption(words.SOURCES)


def _rows(
    lesson: Lesson, patches: tuple[Patch, ...], images: list[Tensor], names: list[str]
) -> list[tuple[str, list[Plate | None]]]:
    """A column an image: the image with what the unit sees framed, that part alone, and the three projections."""
    both = list(zip(patches, images, strict=True))
    rows: list[tuple[str, list[Plate | None]]] = [
        ("image", [Plate("picture", x, name, patch.field) for (patch, x), name in zip(both, names, strict=True)]),
        ("what the\nunit sees", [Plate("picture", _seen(x, patch)) for patch, x in both]),
    ]
    for method in METHODS:
        found = [project(lesson.net, x, patch.unit, method).pixels for patch, x in both]
        cropped = [projection_plate(_seen(pixels, patch)) for pixels, (patch, _) in zip(found, both, strict=True)]
        rows.append((method, [*cropped]))
    return rows


def _seen(pixels: Tensor, patch: Patch) -> Tensor:
    """The part of a picture (channels, rows, columns) that a unit sees, with zeros where it reaches over the edge."""
    top, left, bottom, right = patch.field
    size = pixels.shape[-1]
    whole = pixels.new_zeros(len(pixels), bottom - top, right - left)
    inside = pixels[:, max(0, top) : min(size, bottom), max(0, left) : min(size, right)]
    y, x = max(0, -top), max(0, -left)
    whole[:, y : y + inside.shape[1], x : x + inside.shape[2]] = inside
    return whole
