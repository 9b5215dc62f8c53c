"""The settings of the view "Gradient flow"."""

from __future__ import annotations

from typing import Any

from visualizer.ui.settings import Setting, Switch
from visualizer.ui.slider import Slider

RADIUS = Slider(
    "flow_radius",
    "Spectral radius of the RNN's U (weight_hh)",
    "The recurrent matrix is scaled so that its largest |eigenvalue| is this. Each step back multiplies by the "
    "matrix: roughly, below 1 the gradient fades, above 1 it can grow.",
    minimum=0.1,
    maximum=2.0,
    step=0.05,
    default=0.9,
)
FORGET_BIAS = Slider(
    "flow_forget_bias",
    "Forget-gate bias of the LSTM",
    "Added to the pre-activation of every forget gate. Large, the gates stay near 1 and the cell keeps its gradient.",
    minimum=-3.0,
    maximum=5.0,
    step=0.25,
    default=1.0,
)
LENGTH = Slider(
    "flow_length",
    "Length T",
    "How many steps there are; a shorter input is repeated.",
    minimum=5.0,
    maximum=100.0,
    step=1.0,
    default=30.0,
)
CLIP = Switch(
    "flow_clip",
    "Clip the gradient",
    "Where the gradient of all weights of a net together is longer than the limit, it is scaled down to it.",
    default=False,
)
CLIP_LIMIT = Slider(
    "flow_clip_limit",
    "Limit of the norm",
    "The longest gradient of all weights that is let through.",
    minimum=0.1,
    maximum=10.0,
    step=0.1,
    default=1.0,
)
FLOW_SETTINGS: tuple[Setting[Any], ...] = (RADIUS, FORGET_BIAS, LENGTH, CLIP, CLIP_LIMIT)
