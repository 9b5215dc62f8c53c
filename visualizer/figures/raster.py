"""Images and maps inside a figure: numbers as pixels, which stay sharp however far they are enlarged."""

from __future__ import annotations

import base64
import io

import torch
from PIL import Image
from torch import Tensor

from visualizer.figures.palette import MINUS, PLUS
from visualizer.figures.svg import PICTURE
from visualizer.theme import channels

_SHARP = 96
"""So many pixels at least, so that cells stay sharp where a browser smooths an image that it enlarges."""


def picture_at(x: float, y: float, side: float, image: Tensor) -> str:
    """An image (channels, rows, columns) of one or three channels from 0 to 1, `side` wide; itself in dark themes."""
    shown = torch.nan_to_num(image.detach().float()).clamp(0, 1)
    return _placed(x, y, side, (shown * 255).round().to(torch.uint8).permute(1, 2, 0), PICTURE)


def signed_at(x: float, y: float, side: float, values: Tensor, most: float = 0.0) -> str:
    """A map (rows, columns): white for 0, blue for plus, orange for minus, full at ±`most`, the largest if 0.

    NaN is drawn as 0.
    """
    values = torch.nan_to_num(values.detach().float(), 0.0, 0.0, 0.0)
    most = most or float(values.abs().max()) or 1.0
    share = (values / most).clamp(-1, 1)[..., None]
    plus, minus = (torch.tensor(channels(each)) for each in (PLUS, MINUS))
    pixels = 255 + (torch.where(share > 0, plus, minus) - 255) * share.abs()
    return _placed(x, y, side, pixels.round().to(torch.uint8), "")


def relief_at(x: float, y: float, side: float, values: Tensor) -> str:
    """A projection (channels, rows, columns) as papers print it: mid-grey for 0, the largest size at black or white.

    With three channels, in their colours.
    """
    values = torch.nan_to_num(values.detach().float(), 0.0, 0.0, 0.0)
    return picture_at(x, y, side, 0.5 + 0.5 * values / (float(values.abs().max()) or 1.0))


def _placed(x: float, y: float, side: float, pixels: Tensor, kind: str) -> str:
    """Pixels (rows, columns, 1 or 3), uint8, as an image of that width in proportion."""
    times = max(1, -(-_SHARP // max(pixels.shape[:2])))
    large = pixels.repeat_interleave(times, 0).repeat_interleave(times, 1)
    kept = io.BytesIO()
    Image.fromarray((large[..., 0] if large.shape[2] == 1 else large).numpy()).save(kept, "PNG", compress_level=1)
    height = side * pixels.shape[0] / pixels.shape[1]
    return (
        f'<image {kind}x="{x:.2f}" y="{y:.2f}" width="{side:.2f}" height="{height:.2f}" preserveAspectRatio="none" '
        f'style="image-rendering:pixelated" href="data:image/png;base64,{base64.b64encode(kept.getvalue()).decode()}"/>'
    )
