"""The view "Invariance": the image moves a little, and the maps before and after pooling are compared."""

from __future__ import annotations

import math

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine.invariance import Response, moved_view, relative_change, respond
from visualizer.lessons.convolution.kernels import size_missing
from visualizer.lessons.picture_panel import Chosen
from visualizer.lessons.pictures import channels_of, file_of
from visualizer.lessons.pooling.settings import PoolingSettings
from visualizer.lessons.pooling.table import DOWN, RIGHT, TURN
from visualizer.lessons.refusal import sentence

SIDE = 64
_SHOWN = 320


def draw_invariance(settings: PoolingSettings, chosen: Chosen) -> None:
    """Three rows: the image and its maps, the same once it has moved, and the difference with its number."""
    st.markdown(
        f"A detector slides over {SIDE}×{SIDE} pixels around the crop: convolution, ReLU, then pooling. Move the image "
        f"a little, and compare. **Relative change** is the size of the difference over the size of the map before, "
        f"‖after − before‖ / ‖before‖, where size is the root of the sum of squares: 0 % is no change."
    )
    first, second, third = st.columns(3, gap="small")
    with first:
        right = RIGHT.draw()
    with second:
        down = DOWN.draw()
    with third:
        degrees = TURN.draw()
    try:
        before, after = responses(settings, chosen, right, down, degrees)
    except ValueError as error:
        st.caption(sentence(str(error)))
        return
    _draw_rows(before, after)
    st.markdown(verdict(before, after))


def responses(
    settings: PoolingSettings, chosen: Chosen, right: float, down: float, degrees: float
) -> tuple[Response, Response]:
    """The detector's answers before and after. Raises: ValueError where the settings make no layers, in words."""
    if text := size_missing(settings.kernel, settings.size):
        raise ValueError(text.removesuffix("."))
    crop = chosen.crop
    centre = crop.top + crop.height // 2, crop.left + crop.width // 2
    pixels = channels_of(chosen.picture, colour=settings.colour).permute(2, 0, 1).double() / 255
    weight = settings.weight(len(pixels))
    bias = torch.full((1,), settings.bias, dtype=torch.float64)
    moves = ((0.0, 0.0, 0.0), (right, down, degrees))
    views = [moved_view(pixels, centre, SIDE, *move) for move in moves]
    before, after = (
        respond(view, weight, bias, settings.convolution_padding, dict(settings.options)) for view in views
    )
    return before, after


def verdict(before: Response, after: Response) -> str:
    """The two numbers, and what they say."""
    unpooled = relative_change(before.map, after.map)
    pooled = relative_change(before.pooled, after.pooled)
    if not float(before.map.norm()):
        return "The detector finds nothing here: its map is 0 all over. Choose another crop, kernel or bias."
    if not unpooled:
        return "Nothing has moved yet, so nothing changes. Shift or turn the image."
    if pooled < unpooled:
        less = f"Pooling takes {1 - pooled / unpooled:.0%} off the change: a detector need not fire at the exact place."
    else:
        less = "Here pooling does not help: the move is large for the windows, or changes what the detector finds."
    return f"Relative change before pooling **{_percent(unpooled)}**, after pooling **{_percent(pooled)}**. {less}"


def _draw_rows(before: Response, after: Response) -> None:
    rows = (
        ("before", before.image, before.map, before.pooled),
        ("after the move", after.image, after.map, after.pooled),
        ("difference", after.image - before.image, after.map - before.map, after.pooled - before.pooled),
    )
    originals = (before.image, before.map, before.pooled)
    for number, (name, *arrays) in enumerate(rows):
        columns = st.columns(3, gap="small")
        for column, what, values, original in zip(
            columns, ("image", "map", "pooled map"), arrays, originals, strict=True
        ):
            title = f"{what[0].upper()}{what[1:]}, {name}"
            with column:
                st.image(_picture(values, original, signed=number == 2), width=_SHOWN, alt=title)
                change = f": relative change {_percent(relative_change(original, original + values))}"
                st.caption(f"{title}{change if number == 2 else ''}")


def _picture(values: Tensor, original: Tensor, *, signed: bool) -> bytes:
    """Values (channels, rows, columns) on the scale of the original's largest; differences with 0 as middle grey."""
    most = float(original.abs().max()) or 1.0
    level = (values / most + 1) / 2 if signed else values / most
    pixels = (level * 255).round().clamp(0, 255).to(torch.uint8).permute(1, 2, 0)
    times = max(1, _SHOWN // max(pixels.shape[:2]))
    large = pixels.repeat_interleave(times, 0).repeat_interleave(times, 1)
    return file_of((large if large.shape[2] == 3 else large[..., 0]).numpy())


def _percent(change: float) -> str:
    return f"{change:.0%}" if math.isfinite(change) else "∞"
