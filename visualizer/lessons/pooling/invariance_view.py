"""The view "Invariance": the image moves a little, and the maps before and after pooling are compared."""

from __future__ import annotations

import math

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine.filtering.invariance import Response, moved_view, relative_change, respond
from visualizer.figures.line_charts import Curve, figure_lines
from visualizer.inputs.arrays.kernels import size_missing
from visualizer.inputs.images.panel import Chosen
from visualizer.inputs.images.pictures import channels_of, file_of
from visualizer.lessons.pooling.settings import DOWN, RIGHT, TURN, PoolingSettings
from visualizer.text.numbers import percent
from visualizer.ui.layout import draw_figure
from visualizer.ui.number_settings import Integer
from visualizer.ui.refusal import sentence

SIDE = 64
_SHOWN = 184
_STYLE = (
    "<style>.st-key-invariance { gap: 0.2rem; } .st-key-invariance [data-testid=stColumn] > * { gap: 0; }"
    ".st-key-invariance img { max-width: min(100%, max(7rem, (100dvh - 15rem) / 3)) !important; }"
    # The nine pictures are compared: they stay side by side on a phone, too.
    ".st-key-invariance [data-testid=stHorizontalBlock] { flex-wrap: nowrap; }"
    ".st-key-invariance [data-testid=stColumn] { min-width: 0; }"
    ".st-key-invariance img { image-rendering: pixelated; }"
    "</style>"
)
_PLUS, _MINUS = (34.0, 114.0, 185.0), (200.0, 90.0, 20.0)
"""The colours of more and less, as in the walk."""
_SHIFTS = 8


def draw_invariance(settings: PoolingSettings, chosen: Chosen) -> None:
    """The image and its maps, before and after it moved, with their difference; beside them the number."""
    st.html(_STYLE)
    st.subheader("What pooling keeps when the image moves", anchor=False)
    pictures, words = st.columns([3, 2], gap="medium")
    with words:
        st.markdown(
            f"A detector slides over {SIDE}×{SIDE} pixels around the crop: convolution, ReLU, then pooling. Move the "
            f"image a little, and compare its maps. **Relative change** is ‖after − before‖ / ‖before‖: the size of "
            f"the difference over the size of the map, where size is the root of the sum of squares."
        )
        right, down = _pair(RIGHT, DOWN)
        degrees = TURN.draw()
    detector = Detector(settings, chosen)
    try:
        before, after = detector.respond(), detector.respond(right, down, degrees)
    except ValueError as error:
        words.caption(sentence(str(error)))
        return
    with words:
        st.markdown(verdict(before, after, moved=bool(right or down or degrees)))
        _draw_curve(detector, before, right, moved_otherwise=bool(down or degrees))
    with pictures, st.container(key="invariance"):
        _draw_rows(before, after)


def _pair(left: Integer, right: Integer) -> tuple[int, int]:
    """Two settings side by side."""
    first, second = st.columns(2, gap="small")
    with first:
        one = left.draw()
    with second:
        return one, right.draw()


class Detector:
    """The convolution with its first filter, ReLU and pooling of the settings, over pixels around the crop."""

    def __init__(self, settings: PoolingSettings, chosen: Chosen) -> None:
        crop = chosen.crop
        self.settings = settings
        self._centre = crop.top + crop.height // 2, crop.left + crop.width // 2
        self._pixels = channels_of(chosen.picture, colour=settings.colour).permute(2, 0, 1).double() / 255

    def respond(self, right: int = 0, down: int = 0, degrees: float = 0.0) -> Response:
        """Its answer to the moved image. Raises: ValueError where the settings make no layers, in words."""
        settings = self.settings
        channels = len(self._pixels)
        missing = "" if settings.own_kernel else size_missing(settings.kernel, settings.size)
        if text := settings.own_layer.missing(channels) or missing:
            raise ValueError(text.removesuffix("."))
        view = moved_view(self._pixels, self._centre, SIDE, right, down, degrees)
        weight = settings.weight(channels)
        bias = settings.bias_of_filters(len(weight))
        return respond(view, weight[:1], bias[:1], settings.convolution_padding, dict(settings.options))


def verdict(before: Response, after: Response, *, moved: bool = True) -> str:
    """The two numbers, and what they say."""
    unpooled = relative_change(before.map, after.map)
    pooled = relative_change(before.pooled, after.pooled)
    if not float(before.map.norm()):
        return "The detector finds nothing here: its map is 0 all over. Choose another crop, kernel or bias."
    if not unpooled and not moved:
        return "Nothing has moved yet, so nothing changes. Shift or turn the image."
    if not unpooled:
        return "This move changes nothing: here the map is the same all over. Choose a crop with more in it."
    if pooled < unpooled:
        less = (
            f"Pooling takes {percent(1 - pooled / unpooled, 0)} off the change: a detector need not fire at the exact "
            f"place."
        )
    else:
        less = "Here pooling does not help: the move is large for the windows, or changes what the detector finds."
    return f"Relative change before pooling **{percent(unpooled, 0)}**, after pooling **{percent(pooled, 0)}**. {less}"


def _draw_curve(detector: Detector, before: Response, right: int, *, moved_otherwise: bool) -> None:
    """The relative change over shifts to the right alone; the one that is chosen is marked."""
    moved = [detector.respond(shift) for shift in range(_SHIFTS + 1)]
    curves = (
        Curve("before pooling", [relative_change(before.map, each.map) for each in moved]),
        Curve("after pooling", [relative_change(before.pooled, each.pooled) for each in moved]),
    )
    if all(math.isfinite(value) for curve in curves for value in curve.values):
        title = "The relative change over the shift to the right, before and after pooling"
        at = None if moved_otherwise else right
        draw_figure(figure_lines(curves, below="shift to the right, in pixels", at=at, title=title), title)


def _draw_rows(before: Response, after: Response) -> None:
    originals = (before.image, before.map, before.pooled)
    moved = (after.image, after.map, after.pooled)
    differences = tuple(new - old for new, old in zip(moved, originals, strict=True))
    rows = (("before", originals), ("after", moved), ("difference", differences))
    names = ("image", "map", "pooled map")
    for row, (when, arrays) in enumerate(rows):
        columns = st.columns(3, gap="small")
        for column, name, values, original in zip(columns, names, arrays, originals, strict=True):
            with column:
                picture = _difference(values) if row == 2 else _picture(values, original)
                st.image(picture, width="stretch", alt=f"{name}, {when}")
                changed = f": {percent(relative_change(original, original + values), 0)}" if row == 2 else ""
                st.caption(f"{name}, {when}{changed}")


def _picture(values: Tensor, original: Tensor) -> bytes:
    """Values (channels, rows, columns) on the scale of the original's largest."""
    return _enlarged(values / (float(original.abs().max()) or 1.0) * 255)


def _difference(values: Tensor) -> bytes:
    """Differences: blue where there is more than before, orange where less, white where nothing changed."""
    mean = values.mean(dim=0)
    share = (mean.abs() / (float(mean.abs().max()) or 1.0)).sqrt()
    plus, minus = (torch.tensor(each, dtype=mean.dtype)[:, None, None] for each in (_PLUS, _MINUS))
    colour = torch.where(mean >= 0, plus, minus)
    return _enlarged(255 + share * (colour - 255))


def _enlarged(levels: Tensor) -> bytes:
    """Levels (channels, rows, columns) from 0 to 255 as a file, each a square."""
    pixels = levels.round().clamp(0, 255).to(torch.uint8).permute(1, 2, 0)
    times = max(1, _SHOWN // max(pixels.shape[:2]))
    large = pixels.repeat_interleave(times, 0).repeat_interleave(times, 1)
    return file_of((large if large.shape[2] == 3 else large[..., 0]).numpy())
