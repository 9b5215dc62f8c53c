"""The deconvolutional net step by step: a unit's way to the pixels, layer by layer, and one pixel as a walk."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st
import torch
from streamlit.delta_generator import DeltaGenerator
from torch import Tensor

from visualizer.engine.convnet.convnet import ConvNet
from visualizer.engine.convnet.deconvnet import Projection, Unit, project
from visualizer.engine.trace.trace import Trace
from visualizer.engine.walks.deconvnet.deconvnet import trace_deconvnet
from visualizer.figures.stages import Stage, figure_stages, width_of
from visualizer.figures.svg import digits
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.units.settings import UNIT_SETTINGS
from visualizer.player.player import player
from visualizer.ui.layout import draw_figure
from visualizer.ui.walk_lesson import opening_step

_OFF = "Map {} is 0 everywhere in this image, so nothing is to be led back. Choose another map."
_NAMES = {
    "unit": ("the unit alone", "all others set to 0"),
    "relu2": ("ReLU", "it is positive: it stays"),
    "convolution2": ("convolution 2, transposed", "down to the pooled maps"),
    "unpool1": ("unpooling", "back to the maximum’s place"),
    "relu1": ("ReLU", "what is positive stays"),
    "convolution1": ("convolution 1, transposed", "down to the pixels"),
}


PLAYER = "convnet_deconv_walk"
_PLAYER_HEIGHT = (
    "<style>.st-key-page { padding-bottom: 0; } :root, [data-testid=stMain] { "
    "--player-height: max(30rem, calc(100dvh - var(--frame-header) - 11.5rem)) !important; }</style>"
)
"""What the question and the settings above the walk leave of the window."""


def draw_steps(lesson: Lesson, map: int, unit: Unit | None) -> None:
    """The way layer by layer, as images."""
    if unit is None:
        st.caption(_OFF.format(map + 1))
        return
    found = project(lesson.net, lesson.image, unit)
    title = f"From the strongest unit of map {map + 1} back to the pixels, layer by layer"
    stages = _stages(found)
    halves = (stages[:3], stages[3:]) if len(stages) > 3 else (stages,)
    figures = [figure_stages(part, title=title, goes_on=part is not halves[-1]) for part in halves]
    for column, figure in zip(st.columns([width_of(each) for each in figures], gap="small"), figures, strict=True):
        with column:
            draw_figure(figure, title, width="stretch")
    st.markdown(layers_words(found))


def layers_words(found: Projection) -> str:
    """What each stage did to the signal, counted, in Markdown."""
    stages = dict(found.stages)
    strongest = chosen_pixel(found, 0, 0)
    if found.unit.layer == "relu1":
        return (
            "From the first layer it is one step: the unit’s kernel, times the activation, is laid on the window that "
            "the unit saw. Choose convolution 2 for a way through all layers."
        )
    brought, back, kept = (int(stages[name].count_nonzero()) for name in ("convolution2", "unpool1", "relu1"))
    return (
        f"The unit’s one number, {digits(found.activation, 3)}, is projected onto **{brought:,}** numbers of "
        f"{len(stages['convolution2'])} maps through its kernel. Unpooling puts {back:,} of these where the maximum of "
        f"their window was, in maps of twice the side. ReLU keeps the **{kept:,}** that are positive, and the first "
        f"layer’s kernels turn each of those into a small patch; the patches add up to the image. Its strongest "
        f"pixel is at row {strongest[0] + 1}, column {strongest[1] + 1}: “Number by number” walks to it."
    )


def draw_walk(lesson: Lesson, map: int, unit: Unit | None, room: DeltaGenerator) -> None:
    """One pixel of the image, number by number; which one is chosen in `room`."""
    if unit is None:
        st.caption(_OFF.format(map + 1))
        return
    found = project(lesson.net, lesson.image, unit)
    strongest, size = chosen_pixel(found, 0, 0), found.pixels.shape[-1]
    first, second = room.columns(2, gap="small")
    with first:
        row = UNIT_SETTINGS["row"].draw(most=size, automatic=f"{strongest[0] + 1} (auto)")
    with second:
        column = UNIT_SETTINGS["column"].draw(most=size, automatic=f"{strongest[1] + 1} (auto)")
    pixel = chosen_pixel(found, row, column)
    if unit.layer == "relu1":
        st.markdown(one_product(lesson.net, found, pixel))
        return
    st.html(_PLAYER_HEIGHT)
    _play(_trace(lesson.net, lesson.image, unit, pixel))


@st.fragment
def _play(trace: Trace) -> None:
    """The walk; a rest at a step runs this alone."""
    player(trace, key=PLAYER, start=opening_step(trace, "Transposed convolution 1"))


def chosen_pixel(found: Projection, row: int, column: int) -> tuple[int, int]:
    """The pixel, counted from 0, that is asked for, counted from 1; where a number is 0, that of the strongest one."""
    size = found.pixels.shape[-1]
    down, right = divmod(int(found.pixels.abs().sum(0).argmax()), size)
    return min(row, size) - 1 if row else down, min(column, size) - 1 if column else right


def one_product(net: ConvNet, found: Projection, pixel: tuple[int, int]) -> str:
    """How a pixel comes of a unit of the first layer, in Markdown: one product, or 0 where the unit does not see it."""
    half = net.shape.kernel // 2
    row, column = (at - place + half for at, place in zip(pixel, found.unit.place, strict=True))
    if not (0 <= row < net.shape.kernel and 0 <= column < net.shape.kernel):
        return "The unit does not see this pixel, so nothing comes back to it."
    weights = net["conv1_weight"][found.unit.map, :, row, column].tolist()
    products = [
        f"{digits(found.activation, 4)} · {_bracketed(digits(weight, 4))} = **{digits(found.activation * weight, 4)}**"
        for weight in weights
    ]
    return (
        f"From the first layer it is one product: the activation times the kernel’s number that met this pixel, at "
        f"row {row + 1}, column {column + 1} of it{' in each colour' if len(weights) > 1 else ''}: "
        f"{'; '.join(products)}. Choose convolution 2 for a way through all layers."
    )


def _bracketed(number: str) -> str:
    return f"({number})" if number.startswith("−") else number


def _stages(found: Projection) -> list[Stage]:
    """The stages of a projection; of the unit's own layer only its map."""
    shown = []
    for name, signal in found.stages:
        own = name in ("unit", found.unit.layer)
        maps: Tensor = signal[found.unit.map : found.unit.map + 1] if own else signal
        shape = f"map {found.unit.map + 1}" if own else " × ".join(str(size) for size in signal.shape)
        pixels = name == "convolution1"
        about = (_NAMES[name][1], shape)
        shown.append(Stage(_NAMES[name][0], about, maps, coloured=pixels and len(signal) == 3))
    return shown


@lru_cache(maxsize=16)
def _kept_trace(net: ConvNet, pixels: bytes, shape: tuple[int, ...], unit: Unit, pixel: tuple[int, int]) -> Trace:
    image = torch.frombuffer(bytearray(pixels), dtype=torch.float64).reshape(shape)
    return trace_deconvnet(net, image, unit, pixel)


def _trace(net: ConvNet, image: Tensor, unit: Unit, pixel: tuple[int, int]) -> Trace:
    """The same walk for the same numbers, so that it is packed once and not sent again."""
    return _kept_trace(net, image.numpy().tobytes(), tuple(image.shape), unit, pixel)
