"""The settings: in a popover of the toolbar, or beside the image. Drawn in every run: what is not leaves the URL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.engine.walks.losses import SQUARED
from visualizer.inputs.arrays.kernels import GABOR, KERNELS, RANDOM
from visualizer.inputs.arrays.own_layer import OWN_BIAS, OWN_GRADIENT, OWN_IMAGE, OWN_KERNEL, OWN_TARGET
from visualizer.inputs.arrays.setting import draw_own_numbers
from visualizer.lessons.convolution.settings import PIXEL, SETTINGS, ConvolutionSettings
from visualizer.lessons.convolution.state import changed_kernels, output_shape
from visualizer.lessons.convolution.view_settings import ANGLES, SLOTS, WAVELENGTHS
from visualizer.ui.messages import Beside
from visualizer.ui.settings import Choice, Setting

Values = dict[str, Any]


def draw_own_arrays() -> tuple[Values, DeltaGenerator]:
    """The fields for pasted arrays, those alone that the loss has a use for."""
    loss = SETTINGS["loss"].asked()
    unused = [OWN_TARGET] * (loss not in SQUARED) + [OWN_GRADIENT] * (loss != "given")
    return draw_own_numbers((OWN_IMAGE, OWN_KERNEL, OWN_BIAS, OWN_TARGET, OWN_GRADIENT), unused)


def draw_settings(own: Values) -> tuple[ConvolutionSettings, Beside]:
    """Draw every setting; returns what they and the pasted arrays come to, and where a refusal is to be written."""
    values: Values = dict(own)
    left, right = st.columns(2, gap="medium")
    beside: dict[str, DeltaGenerator] = {}
    with left:
        values |= SETTINGS.draw("channels", disabled=own["own_image"] is not None)
        beside["kernel"] = st.container(key="beside-kernel")
        if own["own_kernel"] is None:
            values |= _draw_kernels(colour=values["channels"] == "colour")
        else:
            st.caption("The kernel is the one that you pasted under Numbers; so are its size and the filters.")
        values |= SETTINGS.draw("bias", disabled=own["own_bias"] is not None) | SETTINGS.draw("operation")
    with right:
        values |= SETTINGS.draw("stride", "dilation", "padding")
        if values["padding"] == "number":
            values |= SETTINGS.draw("pad")
        elif values["padding"] == "sides":
            values |= SETTINGS.draw_row("sides")
        beside["geometry"] = st.container(key="beside-geometry")
        values |= SETTINGS.draw("loss")
        if values["loss"] in SQUARED:
            values |= SETTINGS.draw("target", disabled=own["own_target"] is not None)
        elif values["loss"] == "given":
            st.caption("∂ℓ/∂ output is 1, 2, 3, … as long as you paste none under Numbers; each can be edited, too.")
        elif values["loss"] == "pixel":
            places = zip(PIXEL, st.columns(len(PIXEL), gap="small"), output_shape(), strict=True)
            values["pixel"] = tuple(_draw_in(column, setting, most=most) for setting, column, most in places)
        beside["target"] = st.container(key="beside-target")
    return SETTINGS.of(**values), beside


def _draw_in(column: DeltaGenerator, setting: Setting[Any], **options: Any) -> Any:
    with column:
        return setting.draw(**options)


def _draw_kernels(*, colour: bool) -> Values:
    """How many filters, their size, and what they are."""
    values = SETTINGS.draw("filters") | SETTINGS.draw("mix", disabled=not colour) | SETTINGS.draw("size")
    drawn = _draw_filters(values["filters"], separate=colour and values["mix"] == "separate")
    if RANDOM in drawn.values():
        values |= SETTINGS.draw("seed")
    return values | {field: SETTINGS.value(field, drawn) for field in ("kernels", "angles", "wavelengths")}


def _draw_filters(count: int, *, separate: bool) -> Values:
    """The kernels of each filter, side by side; one tab a filter where there are several. By the settings' names."""
    values: Values = {}
    tabs = [st.container()] if count == 1 else st.tabs([f"Filter {number + 1}" for number in range(count)])
    for number, tab in enumerate(tabs):
        with tab:
            first, *others = SLOTS[number]
            slots = (replace(first, label="on red"), *others) if separate else (first,)
            _draw_beside(values, *(_as_it_is(slot, number, channel) for channel, slot in enumerate(slots)))
            names = list(dict.fromkeys(values[slot.name] for slot in slots))
            st.caption(" ".join(_about(name) for name in names))
            if GABOR in names:
                _draw_beside(values, ANGLES[number], WAVELENGTHS[number])
    return values


def _draw_beside(values: Values, *settings: Setting[Any]) -> None:
    for column, setting in zip(st.columns(len(settings), gap="small"), settings, strict=True):
        values[setting.name] = _draw_in(column, setting)


def _as_it_is(slot: Choice, filter_: int, channel: int) -> Choice:
    """The choice of a kernel; its label says where numbers of it were changed by hand."""
    if (filter_, channel) in changed_kernels():
        return replace(slot, label=f"{slot.label}, changed by hand; it began as")
    return slot


def _about(name: str) -> str:
    kernel = KERNELS[name]
    return f"**{kernel.label}**, {kernel.sizes_in_words}: {kernel.about}"
