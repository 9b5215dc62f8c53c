"""The HOG of the crop as a walk, or why there is none."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.features import trace_hog
from visualizer.engine.hog import hog_by_skimage, hog_layout
from visualizer.engine.trace import Trace
from visualizer.figures.svg import scientific
from visualizer.lessons.image_features.settings_panel import FeatureSettings
from visualizer.lessons.refusal import Refusal, sentence

MOST_STEPS = 25_000
_KEPT = "features_walk"
_MEANWHILE = "Until then cells of 4 × 4 are shown, one to a block, with black where the crop ends."


def refusal(settings: FeatureSettings, x: Tensor) -> Refusal | None:
    """Why the crop has no walk with these settings; None where it has one. x (1, H, W)."""
    try:
        layout = hog_layout(x.shape[1], x.shape[2], settings.cell, settings.block, settings.bins)
    except ValueError as error:
        return Refusal("hog", sentence(str(error)).replace(" x has", " the crop has"))
    blocks, cells = len(layout.places), layout.cells[0] * layout.cells[1]
    steps = 5 * x.shape[1] * x.shape[2] + 2 * cells * settings.bins
    steps += blocks * (settings.block**2 * (3 * settings.bins + 2) + 4)
    if steps > MOST_STEPS:
        text = f"This walk would have {steps:,} steps; at most {MOST_STEPS:,} are played. Take a smaller crop, "
        return Refusal("hog", f"{text}larger cells or fewer bins.")
    return None


def walk(settings: FeatureSettings, x: Tensor) -> tuple[Trace, Refusal | None]:
    """The walk, worked out once, and why it is not the one that was asked for: the last one that was possible then."""
    wanted = (settings.cell, settings.block, settings.bins)
    kept = st.session_state.get(_KEPT)
    refused = refusal(settings, x)
    if refused:
        if kept:
            return kept[2], refused
        refused = replace(
            refused, stays="Until then cells of 4 × 4 are shown, one to a block, with black where the crop ends."
        )
        wanted = (4, 1, 9)
        x = functional.pad(x, (0, max(0, 4 - x.shape[2]), 0, max(0, 4 - x.shape[1])))[:, :16, :16]
    if not kept or kept[0] != wanted or not torch.equal(kept[1], x):
        cell, block, bins = wanted
        kept = st.session_state[_KEPT] = (wanted, x, trace_hog(x, cell=cell, block=block, bins=bins))
    return kept[2], refused


def agreement(trace: Trace, settings: FeatureSettings) -> str:
    """How far scikit-image's descriptor of the same pixels is from the walk's, in words."""
    x = trace["x"][0]
    layout = hog_layout(x.shape[0], x.shape[1], settings.cell, settings.block, settings.bins)
    apart = float((trace["d"].flatten() - torch.from_numpy(hog_by_skimage(x.numpy(), layout))).abs().max())
    return (
        f"scikit-image’s hog gives the same {trace['d'].numel()} numbers; none differs by more than "
        f"{scientific(apart)}. It adds the votes up in single precision."
    )
