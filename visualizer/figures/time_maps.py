"""Values over time as a map: a row for each unit, a column for each step, blue for plus, orange for minus."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence

import torch
from PIL import Image
from torch import Tensor

from visualizer.engine.superscripts import scientific
from visualizer.figures.palette import CARD, INK, LINE, MARK, MINUS, MUTED, PLUS, mixed
from visualizer.figures.svg import rect, svg, text
from visualizer.theme import channels

MAX_UNITS, MAX_STEPS = 64, 100
WIDTH = 440.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 30.0, 70.0, 26.0, 34.0
_TALLEST, _LARGEST_CELL = 170.0, 22.0
_NAMES_APART = 11.0
_SHARP = 400
"""So many pixels at least, so that cells stay sharp where a browser smooths an image that it enlarges."""


def figure_time_map(
    name: str,
    values: Tensor,
    *,
    labels: Sequence[str],
    most: float = 0.0,
    first: tuple[int, int] = (0, 0),
    at: tuple[int, int] | None = None,
) -> str:
    """One array's values; full colour is ±`most`, the largest value where that is 0.

    Shapes: values (steps, units), at most 100 × 64; labels (steps,). `first` is the step and the unit, counted from 0,
    that the first column and row stand for, and `at` the cell within them that is framed.
    """
    steps, units = values.shape
    most = most or float(torch.nan_to_num(values, 0.0, 0.0, 0.0).abs().max()) or 1.0
    across = min(_LARGEST_CELL, (WIDTH - _LEFT - _RIGHT) / steps)
    down = min(_LARGEST_CELL, _TALLEST / units)
    width, height = across * steps, down * units
    parts = [
        text(_LEFT, 13, name, 13, INK, "start"),
        f'<image x="{_LEFT:g}" y="{_TOP:g}" width="{width:.2f}" height="{height:.2f}" preserveAspectRatio="none" '
        f'style="image-rendering:pixelated" href="data:image/png;base64,{_png(values, most)}"/>',
        rect(_LEFT, _TOP, width, height, "none", LINE),
        *_unit_names(units, first[1], down),
        *_step_names(labels, first[0], across, _TOP + height),
        *_legend(most, _LEFT + width + 14, signed=bool((values < 0).any())),
    ]
    if at:
        parts.append(_frame(_LEFT + at[0] * across, _TOP + at[1] * down, across, down))
    lowest = max(_TOP + height + _BOTTOM, 130.0)
    return svg(WIDTH, lowest, parts, f"{name}: {units} units over {steps} steps, up to ±{scientific(most)}")


def _png(values: Tensor, most: float) -> str:
    """The cells as a PNG in base64: white for 0, the full colour for ±most and beyond."""
    share = (torch.nan_to_num(values.detach().double(), 0.0) / most).clamp(-1, 1).T[..., None]
    plus, minus = (torch.tensor(channels(colour)).double() for colour in (PLUS, MINUS))
    full = torch.where(share > 0, plus, minus)
    pixels = (255 + (full - 255) * share.abs()).round().to(torch.uint8)
    times = max(1, -(-_SHARP // max(pixels.shape[:2])))
    large = pixels.repeat_interleave(times, 0).repeat_interleave(times, 1)
    kept = io.BytesIO()
    Image.fromarray(large.numpy()).save(kept, "PNG")
    return base64.b64encode(kept.getvalue()).decode()


def _unit_names(units: int, first: int, down: float) -> list[str]:
    every = max(1, -(-int(_NAMES_APART) // max(1, int(down))))
    return [
        text(_LEFT - 5, _TOP + (unit + 0.5) * down, str(first + unit + 1), 10, MUTED, "end")
        for unit in range(0, units, every)
    ]


def _step_names(labels: Sequence[str], first: int, across: float, y: float) -> list[str]:
    """The inputs below their columns where there is room, and the numbers of some steps."""
    steps = len(labels)
    shown = ["·" if not label.isprintable() else label for label in labels]
    parts = []
    if all(len(label) * 7 <= across + 1 for label in shown):
        parts += [text(_LEFT + (t + 0.5) * across, y + 9, label, 11, INK) for t, label in enumerate(shown)]
        y += 14
    every = max(1, -(-30 // int(max(across, 1))))
    for t in range(0, steps, every):
        parts.append(text(_LEFT + (t + 0.5) * across, y + 10, str(first + t + 1), 10, MUTED))
    return parts


def _legend(most: float, x: float, *, signed: bool) -> list[str]:
    """A column of colours from the largest value down to the smallest."""
    shares = [step / 4 for step in range(4, -5 if signed else -1, -1)]
    tall = 90.0 / len(shares)
    parts = [
        rect(x, _TOP + row * tall, 10, tall, mixed(PLUS if share > 0 else MINUS, abs(share)), LINE)
        for row, share in enumerate(shares)
    ]
    for row in {0, shares.index(0.0), len(shares) - 1}:
        parts.append(text(x + 14, _TOP + (row + 0.5) * tall, scientific(shares[row] * most), 10, MUTED, "start"))
    return parts


def _frame(x: float, y: float, width: float, height: float) -> str:
    """A frame around a cell, a little away from small ones, with a white rim that parts it from any colour."""
    away = 0.0 if min(width, height) >= 10 else 2.5
    place = f'x="{x - away:.2f}" y="{y - away:.2f}" width="{width + 2 * away:.2f}" height="{height + 2 * away:.2f}"'
    strokes = ((CARD, 5.5), (MARK, 2.4))
    return "".join(f'<rect {place} fill="none" stroke="{each}" stroke-width="{wide}"/>' for each, wide in strokes)
