"""The settings: in a popover of the toolbar, or beside the picture. Drawn in every run: what is not leaves the URL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.lessons.convolution import table
from visualizer.lessons.convolution.kernels import GABOR, KERNELS, OWN, RANDOM
from visualizer.lessons.convolution.settings import ConvolutionSettings
from visualizer.lessons.convolution.table import settings_of
from visualizer.lessons.messages import Beside
from visualizer.settings import Setting

Values = dict[str, Any]


def draw_settings(*, narrow: bool = False) -> tuple[ConvolutionSettings, Beside]:
    """Draw every setting; returns what they come to, and where a refusal is to be written."""
    values: Values = {}
    left, right = (st.container(), st.expander("Geometry and loss")) if narrow else st.columns(2, gap="medium")
    beside: dict[str, DeltaGenerator] = {}
    with left:
        _draw(values, table.CHANNELS, table.FILTERS)
        _draw(values, table.MIX, disabled=values["channels"] == "grey")
        _draw(values, table.SIZE)
        beside["kernel"] = st.container(key="beside-kernel")
        _draw_filters(values, narrow)
        if RANDOM in _chosen(values):
            _draw(values, table.SEED)
        _draw(values, table.BIAS, table.OPERATION)
    with right:
        _draw(values, table.STRIDE, table.DILATION, table.PADDING)
        if values["padding"] == "number":
            _draw(values, table.PAD)
        elif values["padding"] == "sides":
            _draw_sides(values, table.SIDES)
        beside["geometry"] = st.container(key="beside-geometry")
        _draw(values, table.LOSS)
        if values["backward"] == "squared":
            _draw(values, table.TARGET)
        elif values["backward"] == "pixel":
            _draw_sides(values, table.PIXEL)
        beside["target"] = st.container(key="beside-target")
    return settings_of(values), beside


def _draw(values: Values, *settings: Setting[Any], disabled: bool = False) -> None:
    for setting in settings:
        values[setting.name] = setting.draw(disabled=disabled)


def _draw_sides(values: Values, settings: tuple[Setting[Any], ...]) -> None:
    """A few numbers side by side."""
    for column, setting in zip(st.columns(len(settings), gap="small"), settings, strict=True):
        with column:
            _draw(values, setting)


def _draw_filters(values: Values, narrow: bool) -> None:
    """The kernels of each filter, side by side or below each other; one tab a filter where there are several."""
    count = values["filters"]
    tabs = [st.container()] if count == 1 else st.tabs([f"Filter {number + 1}" for number in range(count)])
    separate = values["channels"] == "colour" and values["mix"] == "separate"
    for number, tab in enumerate(tabs):
        with tab:
            first, *others = table.SLOTS[number]
            slots = (replace(first, label="on red"), *others) if separate else (first,)
            if narrow:
                _draw(values, *slots)
            else:
                _draw_sides(values, slots)
            names = list(dict.fromkeys(values[slot.name] for slot in slots))
            st.caption(" ".join(_about(name) for name in names))
            if GABOR in names:
                _draw_sides(values, (table.ANGLES[number], table.WAVELENGTHS[number]))


def _about(name: str) -> str:
    kernel = KERNELS[name]
    return f"**{kernel.label}**, {kernel.sizes_in_words}: {kernel.about}"


def _chosen(values: Values) -> set[str]:
    return {values.get(slot.name, OWN) for slots in table.SLOTS for slot in slots}
