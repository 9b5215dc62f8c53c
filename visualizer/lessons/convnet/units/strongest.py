"""The test images in which a map is most active, and what its units make of them, led back to the pixels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine.convnet.convnet import ConvNet
from visualizer.engine.convnet.deconvnet import METHODS, project
from visualizer.engine.convnet.top_patches import Patch, top_patches
from visualizer.engine.data.labelled_images import Name, labelled_images
from visualizer.figures.plates import Plate, figure_plates, projection_plate
from visualizer.figures.stages import width_of
from visualizer.lessons.convnet.input.choice import show_test_image
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.units import text as words
from visualizer.ui.layout import draw_figure

SHOWN = 9
_TOGETHER = 3
"""So many images a figure: the figures stand side by side, or on a narrow screen one below the other."""
_TITLE = "Test images with the strongest units of map {}, and their ways back to the pixels"
Rows = list[tuple[str, list[Plate | None]]]


@lru_cache(maxsize=64)
def strongest_images(net: ConvNet, data: Name, layer: str, map: int) -> tuple[Patch, ...]:
    """The test images, and the places in them, at which a map is most active."""
    images = labelled_images(data, "test").images.float()
    return tuple(top_patches(net.to(torch.float32), images, layer, map, SHOWN))


def draw_strongest(lesson: Lesson, layer: str, map: int) -> None:
    """The images with the three ways back for each, what they have in common, and how the ways differ."""
    labels = labelled_images(lesson.data, "test").labels
    patches = strongest_images(lesson.net, lesson.data, layer, map)
    shown = [int(labels[patch.image]) for patch in patches]
    st.markdown(f"**The test images in which map {map + 1} is most active**")
    figures = _figures(lesson.net, lesson.data, layer, map)
    columns = st.columns([width_of(each) for each in figures]) if figures else []
    for number, (figure, column) in enumerate(zip(figures, columns, strict=True)):
        part = slice(number * _TOGETHER, (number + 1) * _TOGETHER)
        with column:
            draw_figure(figure, _TITLE.format(map + 1), width="stretch")
            _draw_takers(lesson, patches[part], shown[part])
    st.text(words.told(patches, shown, lesson.classes, len(labels)))
    st.markdown(words.RULES)
    st.caption(words.SOURCES)


def _draw_takers(lesson: Lesson, patches: Sequence[Patch], labels: Sequence[int]) -> None:
    """A button a test image, to have it as the image of every view."""
    with st.container(horizontal=True, gap="small"):
        for patch, label in zip(patches, labels, strict=True):
            st.button(
                f"Use no. {patch.image + 1}, {lesson.classes[label]}",
                key=f"convnet_unit_take_{patch.image}",
                help=f"Use test image {patch.image + 1} as the input in all views.",
                on_click=show_test_image,
                args=(patch.image,),
            )


@lru_cache(maxsize=64)
def _figures(net: ConvNet, data: Name, layer: str, map: int) -> tuple[str, ...]:
    """The figures of three images each; computed once for each map, as a page draws them at every rerun.

    They stand side by side, so the rows' names are in the first alone.
    """
    rows = _rows(net, data, strongest_images(net, data, layer, map))
    return tuple(
        figure_plates(
            [("" if first else name, plates[first : first + _TOGETHER]) for name, plates in rows],
            title=_TITLE.format(map + 1),
        )
        for first in range(0, len(rows[0][1]), _TOGETHER)
    )


def _rows(net: ConvNet, data: Name, patches: Sequence[Patch]) -> Rows:
    """A column an image: the image with what the unit sees framed, that part alone, and the three projections."""
    test = labelled_images(data, "test")
    both = [(patch, test.images[patch.image].double()) for patch in patches]
    names = [test.classes[int(test.labels[patch.image])] for patch in patches]
    rows: Rows = [
        ("image", [Plate("picture", x, name, patch.field) for (patch, x), name in zip(both, names, strict=True)]),
        ("what the\nunit sees", [Plate("picture", seen_by(patch, x)) for patch, x in both]),
    ]
    for method in METHODS:
        found = [(patch, project(net, x, patch.unit, method).pixels) for patch, x in both]
        rows.append((method, [projection_plate(seen_by(patch, pixels)) for patch, pixels in found]))
    return rows


def seen_by(patch: Patch, pixels: Tensor) -> Tensor:
    """The part of an image (channels, rows, columns) that a unit sees, with zeros where it reaches over the edge."""
    top, left, bottom, right = patch.field
    size = pixels.shape[-1]
    whole = pixels.new_zeros(len(pixels), bottom - top, right - left)
    inside = pixels[:, max(0, top) : min(size, bottom), max(0, left) : min(size, right)]
    y, x = max(0, -top), max(0, -left)
    whole[:, y : y + inside.shape[1], x : x + inside.shape[2]] = inside
    return whole
