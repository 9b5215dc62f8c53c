"""The settings: in a popover of the toolbar, or beside the picture. Drawn in every run: what is not leaves the URL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.engine.walks.losses import SQUARED
from visualizer.inputs.arrays.kernels import GABOR, KERNELS, OWN, RANDOM
from visualizer.inputs.arrays.own_layer import OWN_BIAS, OWN_IMAGE, OWN_KERNEL
from visualizer.inputs.arrays.own_numbers import draw_own_numbers
from visualizer.lessons.convolution import table
from visualizer.lessons.convolution.settings import ConvolutionSettings
from visualizer.lessons.convolution.state import changed_kernels, output_shape
from visualizer.lessons.convolution.table import settings_of
from visualizer.ui.messages import Beside
from visualizer.ui.settings import Choice, Setting

Values = dict[str, Any]


def draw_own_arrays() -> tuple[Values, DeltaGenerator]:
    """The fields for pasted arrays, those alone that the loss has a use for."""
    loss = table.LOSS.asked()
    unused = [table.OWN_TARGET] * (loss not in SQUARED) + [table.OWN_GRADIENT] * (loss != "given")
    return draw_own_numbers(table.OWN_ARRAYS, unused)


def draw_settings(own: Values) -> tuple[ConvolutionSettings, Beside]:
    """Draw every setting; returns what they and the pasted arrays come to, and where a refusal is to be written."""
    values: Values = dict(own)
    left, right = st.columns(2, gap="medium")
    beside: dict[str, DeltaGenerator] = {}
    with left:
        image, kernel = values[OWN_IMAGE.name], values[OWN_KERNEL.name]
        _draw(values, table.CHANNELS, disabled=image is not None)
        beside["kernel"] = st.container(key="beside-kernel")
        if kernel is None:
            _draw_kernels(values)
        else:
            st.caption("The kernel is the one that you pasted under Numbers; so are its size and the filters.")
        _draw(values, table.BIAS, disabled=values[OWN_BIAS.name] is not None)
        _draw(values, table.OPERATION)
    with right:
        _draw(values, table.STRIDE, table.DILATION, table.PADDING)
        if values["padding"] == "number":
            _draw(values, table.PAD)
        elif values["padding"] == "sides":
            _draw_sides(values, table.SIDES)
        beside["geometry"] = st.container(key="beside-geometry")
        _draw(values, table.LOSS)
        if values["backward"] in SQUARED:
            _draw(values, table.TARGET, disabled=values[table.OWN_TARGET.name] is not None)
        elif values["backward"] == "given":
            st.caption("∂ℓ/∂ output is 1, 2, 3, … as long as you paste none under Numbers; each can be edited, too.")
        elif values["backward"] == "pixel":
            for setting, column, most in zip(table.PIXEL, st.columns(3, gap="small"), output_shape(), strict=True):
                with column:
                    values[setting.name] = setting.draw(most=most)
        beside["target"] = st.container(key="beside-target")
    return settings_of(values), beside


def _draw(values: Values, *settings: Setting[Any], disabled: bool = False) -> None:
    for setting in settings:
        values[setting.name] = setting.draw(disabled=disabled)


def _draw_kernels(values: Values) -> None:
    """How many filters, their size, and what they are."""
    _draw(values, table.FILTERS)
    _draw(values, table.MIX, disabled=values["channels"] == "grey")
    _draw(values, table.SIZE)
    _draw_filters(values)
    if RANDOM in _chosen(values):
        _draw(values, table.SEED)


def _draw_sides(values: Values, settings: tuple[Setting[Any], ...]) -> None:
    """A few numbers side by side."""
    for column, setting in zip(st.columns(len(settings), gap="small"), settings, strict=True):
        with column:
            _draw(values, setting)


def _draw_filters(values: Values) -> None:
    """The kernels of each filter, side by side; one tab a filter where there are several."""
    count = values["filters"]
    tabs = [st.container()] if count == 1 else st.tabs([f"Filter {number + 1}" for number in range(count)])
    separate = values["channels"] == "colour" and values["mix"] == "separate"
    for number, tab in enumerate(tabs):
        with tab:
            first, *others = table.SLOTS[number]
            slots = (replace(first, label="on red"), *others) if separate else (first,)
            _draw_sides(values, tuple(_as_it_is(slot, number, channel) for channel, slot in enumerate(slots)))
            names = list(dict.fromkeys(values[slot.name] for slot in slots))
            st.caption(" ".join(_about(name) for name in names))
            if GABOR in names:
                _draw_sides(values, (table.ANGLES[number], table.WAVELENGTHS[number]))


def _as_it_is(slot: Choice, filter_: int, channel: int) -> Choice:
    """The choice of a kernel; its label says where numbers of it were changed by hand."""
    if (filter_, channel) in changed_kernels():
        return replace(slot, label=f"{slot.label}, changed by hand; it began as")
    return slot


def _about(name: str) -> str:
    kernel = KERNELS[name]
    return f"**{kernel.label}**, {kernel.sizes_in_words}: {kernel.about}"


def _chosen(values: Values) -> set[str]:
    return {values.get(slot.name, OWN) for slots in table.SLOTS for slot in slots}
