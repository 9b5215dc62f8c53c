"""The settings, in a popover of the toolbar. Drawn in every run: what is not leaves the URL."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.inputs.arrays.kernels import GABOR, KERNELS, RANDOM
from visualizer.inputs.arrays.own_layer import OWN_BIAS, OWN_IMAGE, OWN_KERNEL
from visualizer.inputs.arrays.setting import draw_own_numbers
from visualizer.lessons.pooling.settings import BLOCK, FOUR_SIDES, NONE, OWN_GRADIENT, SETTINGS, PoolingSettings
from visualizer.lessons.pooling.state import GIVEN
from visualizer.ui.messages import Beside

Values = dict[str, Any]


def draw_own_arrays(*, detector: bool = False) -> tuple[Values, DeltaGenerator]:
    """The fields for pasted arrays, those alone that are of use; with `detector` also the convolution's."""
    unused = [OWN_GRADIENT] * (SETTINGS["gradient"].asked() == NONE)
    unused += [OWN_KERNEL, OWN_BIAS] * (SETTINGS["layers"].asked() != BLOCK and not detector)
    values, beside = draw_own_numbers((OWN_IMAGE, OWN_KERNEL, OWN_BIAS, OWN_GRADIENT), unused)
    return values | {"own_gradient": values.pop(OWN_GRADIENT.name)}, beside


def draw_settings(own: Values, *, detector: bool = False) -> tuple[PoolingSettings, Beside]:
    """Draw every setting; returns what they and the pasted arrays come to, and where a refusal is to be written.

    With `detector` the convolution's settings are there even where the walk has none.
    """
    values: Values = dict(own)
    left, right = st.columns(2, gap="medium")
    with left:
        values |= SETTINGS.draw("layers", "channels", "kind", "window")
        beside = {"window": st.container(key="beside-window")}
        values |= SETTINGS.draw("stride", "pad_how")
        values |= SETTINGS.draw("sides" if values["pad_how"] == FOUR_SIDES else "padding")
    with right:
        average = values["kind"] == "average"
        values |= SETTINGS.draw("dilation", disabled=average) | SETTINGS.draw("ceil_mode")
        values |= SETTINGS.draw("count_include_pad", disabled=not average) | SETTINGS.draw("gradient")
        if own["own_gradient"]:
            st.caption("It is the matrix that you pasted under Numbers.")
        elif about := GIVEN.get(values["gradient"]):
            st.caption(about)
        if detector or values["layers"] == BLOCK:
            beside["kernel"] = _draw_detector(values)
    return SETTINGS.of(**values), beside


def _draw_detector(values: Values) -> DeltaGenerator:
    """The convolution in front of the pooling; returns where words about its kernel go."""
    if values["own_kernel"]:
        st.caption("The kernel is the one that you pasted under Numbers; so are its size and the filters.")
    else:
        _draw_kernel(values)
    words = st.container(key="beside-detector")
    values |= SETTINGS.draw("bias", disabled=values["own_bias"] is not None) | SETTINGS.draw("same")
    return words


def _draw_kernel(values: Values) -> None:
    values |= SETTINGS.draw("kernel")
    kernel = KERNELS[values["kernel"]]
    st.caption(f"{kernel.sizes_in_words}: {kernel.about}")
    values |= SETTINGS.draw("size")
    if values["kernel"] == GABOR:
        values |= SETTINGS.draw("angle")
    elif values["kernel"] == RANDOM:
        values |= SETTINGS.draw("seed")
