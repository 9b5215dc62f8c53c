"""One window of the scan: what the detector sees there, and how its score adds up."""

from __future__ import annotations

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine.data.labelled_images import CLASSES
from visualizer.engine.detector.features import LinearDetector
from visualizer.engine.detector.net import NetDetector
from visualizer.engine.detector.template import Template
from visualizer.engine.walks.detector import LARGEST
from visualizer.figures.grid import figure_grids
from visualizer.inputs.images.pictures import file_of
from visualizer.lessons.detector import settings
from visualizer.lessons.detector.findings import Scanning
from visualizer.lessons.detector.settings import ScanChoice
from visualizer.lessons.detector.window import Seen, parts_of
from visualizer.once import once
from visualizer.text.numbers import percent
from visualizer.ui.layout import draw_figure

_SHOWN = 132


def draw_window(choice: ScanChoice, scanning: Scanning, seen: Seen) -> None:
    """The window, its score in words and numbers, and the way into the walk."""
    left, right = st.columns([1, 3], gap="small")
    with left:
        window = once(seen, "enlarged", lambda: _enlarged(seen.image))
        st.image(window, width=_SHOWN, alt="The window, as the detector sees it")
        st.caption("the window")
        if isinstance(template := scanning.ready.detector, Template):
            patch = once(template, "enlarged", lambda: _enlarged(template.patch[None]))
            st.image(patch, width=_SHOWN, alt="The template")
            st.caption("the template")
    with right:
        st.markdown(f"**This window scores {signed(seen.score)}.** {score_words(choice, scanning, seen)}")
        _draw_way(seen)
    _draw_parts(scanning, seen)


def _draw_parts(scanning: Scanning, seen: Seen) -> None:
    """What the parts of the patch, or the maps, add to the score."""
    detector = scanning.ready.detector
    if isinstance(detector, LinearDetector):
        parts = parts_of(seen, detector.feature)
        name = "blocks, 2 × 2 cells each," if detector.feature == "hog" else "cells of 5 × 5 pixels"
        words = f"What the patch’s {name} add to the score."
    elif seen.outputs is not None:
        parts = seen.sums.view(4 if len(seen.sums) % 4 == 0 else 1, -1)
        words = f"What the {len(seen.sums)} maps add, from map 1 at the top left, row by row."
    else:
        return
    draw_figure(figure_grids([("", parts)], title=words, cell=46), words)
    st.caption(words)


def score_words(choice: ScanChoice, scanning: Scanning, seen: Seen) -> str:
    """How the score is computed, with its numbers."""
    if seen.correlation:
        numbers = seen.correlation
        if not numbers.score and seen.score == 0 and numbers.window_norm < 1e-6:
            return "It has no contrast, so its correlation is undefined; it counts as 0."
        return (
            "A convolution whose kernel is the template minus its mean t̄, then normalised: "
            f"Σ (t − t̄)·x = {signed(numbers.numerator, 4)}, divided by the contrast of the template, "
            f"‖t − t̄‖ = {numbers.template_norm:.4f}, and of the window, ‖x − x̄‖ = {numbers.window_norm:.4f}: "
            f"{signed(numbers.numerator, 4)} / ({numbers.template_norm:.4f} · {numbers.window_norm:.4f}) = "
            f"**{signed(numbers.score, 4)}**."
        )
    if isinstance(scanning.ready.detector, LinearDetector):
        raw = scanning.ready.detector.feature == "raw"
        maps = "the pixels" if raw else f"the {len(seen.sums)} maps of HOG, computed once for the whole image"
        shape = " × ".join(map(str, seen.layer.kernel.shape[1:]))
        return (
            f"The classifier’s weights are a kernel of {shape} on {maps}: sliding it is a convolution. Its sum is "
            f"{signed(float(seen.sums.sum()))}, with the bias {signed(seen.layer.bias)} the score "
            f"**{signed(float(seen.sums.sum()) + seen.layer.bias)}**: {_probability(seen.score)}."
        )
    return _net_words(choice, scanning, seen)


def _net_words(choice: ScanChoice, scanning: Scanning, seen: Seen) -> str:
    outputs = seen.outputs
    if outputs is None or not isinstance(scanning.ready.detector, NetDetector):
        return ""
    name = CLASSES[choice.net][seen.label]
    share = float(torch.softmax(outputs, dim=0)[seen.label])
    total = float(seen.sums.sum()) + seen.layer.bias
    added = (
        f"The {len(seen.sums)} maps add {signed(float(seen.sums.sum()))}, the bias {signed(seen.layer.bias)}: "
        f"**{signed(total)}**"
    )
    reads = f"If there is something, the net calls it **{name}** ({_share(share)})."
    side = seen.layer.kernel.shape[1]
    layer = f"A fully connected layer that slides is a convolution with a kernel of {side} × {side} on the maps."
    cut = f" Cut out, with zeros around it in place of its neighbours, it would score {signed(seen.alone or 0.0)}."
    if scanning.ready.detector.gate:
        return f"{layer} {added}, the log-odds of “something”: {_probability(seen.score)}. {reads}{cut}"
    rest = float(torch.cat([outputs[: seen.label], outputs[seen.label + 1 :]]).logsumexp(dim=0))
    return (
        f"{layer} {added} for “{name}”, minus ln Σ e^z of the other classes, {signed(rest)}, is the score "
        f"**{signed(total - rest)}**: {_probability(seen.score)}. The net has no way to say “nothing”.{cut}"
    )


def _draw_way(seen: Seen) -> None:
    def walk() -> None:
        settings.VIEW.put(settings.WALK)

    side = max(seen.layer.kernel.shape[1:])
    if side > LARGEST:
        st.caption(f"The kernel has {side} × {side} numbers; a walk shows up to {LARGEST} × {LARGEST}.")
    else:
        st.button("Walk through this score", key="detector_to_walk", on_click=walk, type="primary")


def signed(number: float, decimals: int = 2) -> str:
    """A number with a true minus."""
    text = f"{number:.{decimals}f}"
    return text.replace("-", "−") if float(text) else text.removeprefix("-")


def _probability(score: float) -> str:
    """p = σ(score) in percent, never rounded to certainty."""
    return _share(float(torch.sigmoid(torch.tensor(score, dtype=torch.float64))))


def _share(share: float) -> str:
    said = percent(share, 1, bounded=True)
    return f"p {said}" if said[0] in "<>" else f"p = {said}"


def _enlarged(image: Tensor) -> bytes:
    """Pixels large enough to be seen one by one."""
    pixels = (image * 255).round().clamp(0, 255).to(torch.uint8)
    times = max(1, _SHOWN // max(pixels.shape[1:]))
    large = pixels.repeat_interleave(times, 1).repeat_interleave(times, 2)
    return file_of(large[0].numpy() if len(large) == 1 else large.permute(1, 2, 0).numpy())
