"""The view "Whole image": the layer of the walk over the full image, original and result side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine import Ref
from visualizer.engine.filtering.filtering import filter_picture, shown_map
from visualizer.inputs.arrays.kernels import KERNELS
from visualizer.inputs.arrays.number_table import changes, number_table
from visualizer.inputs.images.images import Picture
from visualizer.inputs.images.pictures import channels_of, map_bytes, picture_bytes
from visualizer.lessons.convolution.fitting import layer_refusal
from visualizer.lessons.convolution.settings import ConvolutionSettings
from visualizer.lessons.convolution.state import ConvolutionLesson
from visualizer.lessons.convolution.view_settings import BOTH, COLOURS, KERNEL_SHOWN
from visualizer.ui.edits import LARGEST, Edits
from visualizer.ui.refusal import Refusal

_STYLE = (
    "<style>.st-key-page [data-testid=stImage] img"
    " { max-height: max(14rem, 46dvh); object-fit: contain; object-position: left; }</style>"
)


@dataclass(frozen=True)
class Result:
    """A filtered image as a file, what it is, and how its numbers became greys."""

    data: bytes
    title: str
    scale: str


@dataclass(frozen=True)
class Layer:
    """What is laid on the image: the kernels (filters, channels, rows, columns) and a bias for each filter."""

    settings: ConvolutionSettings
    weight: Tensor
    bias: Tensor
    edits: Edits


def picture_refusal(lesson: ConvolutionLesson, picture: Picture) -> Refusal | None:
    """Why the settings that were chosen make no layer on the image; the crop may be too small for them."""
    found = layer_refusal(on_picture(lesson.chosen), (picture.height, picture.width), "the image")
    return replace(found, stays="Until then the last possible layer is shown.") if found else None


def on_picture(settings: ConvolutionSettings) -> ConvolutionSettings:
    """The settings without a pasted image: here the layer is laid on the image."""
    return replace(settings, own_image=None)


def layer_on(lesson: ConvolutionLesson, picture: Picture) -> Layer:
    """The layer that was chosen, with the numbers changed by hand where it has the walk's kernels; else the walk's."""
    settings, edits = on_picture(lesson.chosen), lesson.edits
    if picture_refusal(lesson, picture):
        settings = replace(on_picture(lesson.settings), own_kernel=None, own_bias=None)
    elif not (
        torch.equal(settings.weight(), lesson.unedited["weight"])
        and torch.equal(settings.bias_of_filters(), lesson.unedited["bias"])
    ):
        return Layer(settings, settings.weight(), settings.bias_of_filters(), {})
    return Layer(settings, lesson.arrays["weight"], lesson.arrays["bias"], edits)


def draw_whole_image(lesson: ConvolutionLesson, picture: Picture) -> None:
    """The images, two in a row, and the kernel below; with the true convolution where it is asked for."""
    st.subheader("The layer over the whole image", anchor=False)
    st.html(_STYLE)
    both = BOTH.draw()
    layer = layer_on(lesson, picture)
    try:
        results = filtered(layer, picture, both=both)
    except ValueError as error:
        st.caption(f"The image is too small for this layer. {error}")
        return
    shown = [Result(picture_bytes(picture), "The image", f"{picture.width} × {picture.height} pixels."), *results]
    for first in range(0, len(shown), 2):
        for column, result in zip(st.columns(2, gap="small"), shown[first : first + 2], strict=False):
            with column:
                st.image(result.data, width="stretch", alt=result.title)
                st.caption(f"**{result.title}.** {result.scale}")
    if torch.equal(layer.weight, lesson.arrays["weight"]):
        draw_kernel(lesson)
    elif lesson.refusal:
        st.caption(f"The kernel's numbers can be changed here once there is a walk with it. {lesson.refusal.text}")


def filtered(layer: Layer, picture: Picture, *, both: bool = False) -> list[Result]:
    """What each filter makes of the image. Raises: ValueError where no window fits on it."""
    settings, weight, bias = layer.settings, layer.weight, layer.bias
    pixels = channels_of(picture, colour=settings.colour)
    maps = filter_picture(pixels, weight, bias, **settings.geometry)
    results = [_result(values, filter_title(layer, f)) for f, values in enumerate(maps)]
    if not both:
        return results
    turned = filter_picture(pixels, weight.flip(2, 3), bias, **settings.geometry)
    pairs = zip(results, turned, strict=True)
    return [each for f, (result, values) in enumerate(pairs) for each in (result, _turned(settings, f, values, maps))]


def filter_title(layer: Layer, filter_: int) -> str:
    """Filter 2: Sobel x; with changed numbers said."""
    names = list(dict.fromkeys(KERNELS[name].label for name in layer.settings.layer[filter_]))
    edited = any(ref.name in ("weight", "bias") and ref.index[0] == filter_ for ref in layer.edits)
    return f"Filter {filter_ + 1}: {', '.join(names)}{', with changed numbers' if edited else ''}"


def _result(values: Tensor, title: str) -> Result:
    grey, scale = shown_map(values)
    height, width = grey.shape
    return Result(map_bytes(grey), title, f"{width} × {height} numbers. {scale}")


def _turned(settings: ConvolutionSettings, filter_: int, values: Tensor, maps: Tensor) -> Result:
    operation = "as deep learning does it" if settings.flipped else "true convolution"
    result = _result(values, f"Filter {filter_ + 1}, kernel rotated by 180°: {operation}")
    apart = float((values - maps[filter_]).abs().max())
    largest = f" They differ by up to {apart:.3g}." if apart > 1e-6 else " Both are the same: the kernel is symmetric."
    return Result(result.data, result.title, result.scale + largest)


def draw_kernel(lesson: ConvolutionLesson) -> None:
    """The kernel of one filter, channel by channel, or once where all channels share it."""
    weight = lesson.arrays["weight"]
    filters, channels = weight.shape[:2]
    filter_ = KERNEL_SHOWN.draw(most=filters) - 1 if filters > 1 else 0
    shared = bool((weight[filter_] == weight[filter_][:1]).all())
    for channel, column in zip(range(1 if shared else channels), st.columns(channels), strict=False):
        name = "Kernel on every channel" if shared and channels > 1 else f"Kernel on {COLOURS[channel]}"
        label = name if channels > 1 else "Kernel"
        with column:
            st.caption(f"{label}: click a number and type, or paste a matrix.")
            number_table(
                weight[filter_, channel],
                key=f"kernel_{filter_}_{channel}",
                label=label,
                limit=LARGEST,
                on_change=partial(_take, lesson, filter_, range(channels) if shared else (channel,)),
            )


def _take(lesson: ConvolutionLesson, filter_: int, channels: Sequence[int], kernel: Tensor) -> None:
    """What is typed goes to every one of the channels."""
    typed = changes(lesson.arrays["weight"][filter_, channels[0]], kernel)
    lesson.change(
        {Ref("weight", (filter_, channel, *place)): value for place, value in typed.items() for channel in channels}
    )
