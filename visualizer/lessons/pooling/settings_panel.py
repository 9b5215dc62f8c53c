"""The settings, in a popover of the toolbar. Drawn in every run: what is not leaves the URL."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.inputs.arrays.kernels import GABOR, KERNELS, RANDOM
from visualizer.inputs.arrays.own_layer import OWN_BIAS, OWN_IMAGE, OWN_KERNEL
from visualizer.inputs.arrays.own_numbers import draw_own_numbers
from visualizer.lessons.pooling import table
from visualizer.lessons.pooling.settings import BLOCK, FOUR_SIDES, NONE, PoolingSettings
from visualizer.lessons.pooling.table import settings_of
from visualizer.lessons.pooling.walk import GIVEN
from visualizer.ui.messages import Beside
from visualizer.ui.settings import Setting

Values = dict[str, Any]


def draw_own_arrays(*, detector: bool = False) -> tuple[Values, DeltaGenerator]:
    """The fields for pasted arrays, those alone that are of use; with `detector` also the convolution's."""
    unused = [table.OWN_GRADIENT] * (table.GRADIENT.asked() == NONE)
    unused += [OWN_KERNEL, OWN_BIAS] * (table.LAYERS.asked() != BLOCK and not detector)
    return draw_own_numbers((OWN_IMAGE, OWN_KERNEL, OWN_BIAS, table.OWN_GRADIENT), unused)


def draw_settings(own: Values, *, detector: bool = False) -> tuple[PoolingSettings, Beside]:
    """Draw every setting; returns what they and the pasted arrays come to, and where a refusal is to be written.

    With `detector` the convolution's settings are there even where the walk has none.
    """
    values: Values = dict(own)
    left, right = st.columns(2, gap="medium")
    with left:
        _draw(values, table.LAYERS, table.CHANNELS, table.KIND, table.WINDOW)
        beside = {"window": st.container(key="beside-window")}
        _draw(values, table.STRIDE, table.PAD_HOW)
        _draw(values, *(table.SIDES if values[table.PAD_HOW.name] == FOUR_SIDES else (table.PADDING,)))
    with right:
        average = values["pooling"] == "average"
        _draw(values, table.DILATION, disabled=average)
        _draw(values, table.CEIL)
        _draw(values, table.INCLUDE, disabled=not average)
        _draw(values, table.GRADIENT)
        if values[table.OWN_GRADIENT.name]:
            st.caption("It is the matrix that you pasted under Numbers.")
        elif about := GIVEN.get(values[table.GRADIENT.name]):
            st.caption(about)
        if detector or values[table.LAYERS.name] == BLOCK:
            beside["kernel"] = _draw_detector(values)
    return settings_of(values), beside


def _draw(values: Values, *settings: Setting[Any], disabled: bool = False) -> None:
    for setting in settings:
        values[setting.name] = setting.draw(disabled=disabled)


def _draw_detector(values: Values) -> DeltaGenerator:
    """The convolution in front of the pooling; returns where words about its kernel go."""
    if values[OWN_KERNEL.name]:
        st.caption("The kernel is the one that you pasted under Numbers; so are its size and the filters.")
    else:
        _draw_kernel(values)
    words = st.container(key="beside-detector")
    _draw(values, table.BIAS, disabled=values[OWN_BIAS.name] is not None)
    _draw(values, table.SAME)
    return words


def _draw_kernel(values: Values) -> None:
    _draw(values, table.KERNEL)
    kernel = KERNELS[values[table.KERNEL.name]]
    st.caption(f"{kernel.sizes_in_words}: {kernel.about}")
    _draw(values, table.SIZE)
    if values[table.KERNEL.name] == GABOR:
        _draw(values, table.ANGLE)
    elif values[table.KERNEL.name] == RANDOM:
        _draw(values, table.SEED)
