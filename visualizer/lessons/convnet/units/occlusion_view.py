"""What a class depends on: its probability while a square covers one part of the image after the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import streamlit as st
import torch
from streamlit.delta_generator import DeltaGenerator
from torch import Tensor

from visualizer.engine.convnet.convnet import run_convnet
from visualizer.engine.convnet.occlusion import occlusion_map
from visualizer.figures.plates import Plate, figure_plates
from visualizer.figures.svg import digits
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.looking import draw_class
from visualizer.lessons.convnet.units.settings import GREYS, UNIT_SETTINGS
from visualizer.ui.layout import draw_figure

_MIN = 0.01
"""A smaller change of a probability is none to speak of."""


@dataclass(frozen=True)
class Cover:
    """The class that is asked about, counted from 0, and the square: its side in pixels, and its grey."""

    target: int
    side: int
    grey: float


def _draw_settings(lesson: Lesson, room: DeltaGenerator) -> Cover:
    """The class is the one that the net tells unless the visitor says another."""
    told = int(lesson.found["p"][0].argmax())
    of_class, of_side, of_grey = room.columns(3, gap="small")
    with of_class:
        chosen = draw_class(UNIT_SETTINGS["cover_class"], lesson, f"{lesson.classes[told]}, the net’s answer")
    with of_side:
        side = UNIT_SETTINGS["cover_side"].draw(most=lesson.net.shape.size)
    with of_grey:
        grey = GREYS[UNIT_SETTINGS["cover_grey"].draw()]
    return Cover(chosen - 1 if chosen else told, side, grey)


def draw_occlusion(lesson: Lesson, room: DeltaGenerator) -> None:
    """The image, the map of p, the square where it matters most, and what the net says then; settings in `room`."""
    cover = _draw_settings(lesson, room)
    p = _map_of(lesson, cover)
    free = float(lesson.found["p"][0, cover.target])
    change = p - free
    row, column = divmod(int(p.argmin()), p.shape[1])
    worst = covered(lesson.image, row, column, cover)
    name = lesson.classes[cover.target]
    plates = [
        Plate("picture", lesson.image),
        Plate("signed", change, most=max(_MIN, float(change.abs().max())), frame=(row, column, row + 1, column + 1)),
        Plate("picture", worst),
    ]
    heads = ("image", "change of p as the square moves", "covered where p falls most")
    title = f"How the probability of {name} changes while a square covers one part of the image after the other"
    picture, said = st.columns([2, 1.2], gap="medium")
    with picture:
        figure = figure_plates([("", plates)], heads=heads, title=title, side=230)
        draw_figure(figure, title, width="stretch", wide="cover")
    with said:
        st.markdown(answer(lesson, cover, p, free))
        st.caption(
            "Each pixel of the middle image is the square’s middle: orange where the probability falls when that "
            "place is covered, blue where it rises. Zeiler & Fergus 2013, section 4.2."
        )


@lru_cache(maxsize=8)
def _map_of(lesson: Lesson, cover: Cover) -> Tensor:
    """p with the square at every place, off by at most 1e-5: float32 is ten times as quick, and this is an image."""
    net, image = lesson.net.to(torch.float32), lesson.image.float()
    return occlusion_map(net, image, cover.target, side=cover.side, grey=cover.grey).double()


def covered(image: Tensor, row: int, column: int, cover: Cover) -> Tensor:
    """The image with the square around that pixel. Shapes: (channels, side, side)."""
    top, left = row - cover.side // 2, column - cover.side // 2
    shown = image.clone()
    shown[:, max(0, top) : max(0, top + cover.side), max(0, left) : max(0, left + cover.side)] = cover.grey
    return shown


def answer(lesson: Lesson, cover: Cover, p: Tensor, free: float) -> str:
    """What covering does to the class, in Markdown of the app's own words and class names."""
    row, column = divmod(int(p.argmin()), p.shape[1])
    shown = covered(lesson.image, row, column, cover)
    then = run_convnet(lesson.net, shown[None])["p"][0]
    least, instead = float(then[cover.target]), int(then.argmax())
    name = lesson.classes[cover.target]
    said = f"Uncovered, p(**{name}**) is {digits(free, 3)}. "
    if free - least < _MIN:
        return f"{said}No square of {cover.side}×{cover.side} takes it down by as much as 0.01: no single part decides."
    half = int((p < free / 2).sum())
    other = "" if instead == cover.target else f", and the net predicts **{lesson.classes[instead]}** instead"
    where = f"row {row + 1}, column {column + 1}"
    below = f"At {half:,} of the {p.numel():,} places" if half else "Nowhere"
    return (
        f"{said}It falls furthest, to {digits(least, 3)}, when the square is around {where}{other}. {below} does it "
        f"fall below half of that."
    )
