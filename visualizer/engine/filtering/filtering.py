"""A convolution layer over a whole image, and its maps as images to look at."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.arguments import short
from visualizer.engine.geometry import grid, pair, same_padding, sides

_LARGE = 2_500
_SAMPLE = 50_000


def filter_picture(
    pixels: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: object = 1,
    padding: object = 0,
    dilation: object = 1,
) -> Tensor:
    """The output maps (filters, H', W') of a convolution over an image, float32.

    Shapes: pixels (H, W, C), uint8, taken as 0 to 1; weight (filters, C, kernel rows, kernel columns); bias (filters,).
    The geometry is as at `trace_convolution`. Many times quicker than a trace, as nothing but the output is kept.

    Raises: ValueError naming the argument, its value and the limit.
    """
    if pixels.dtype != torch.uint8 or pixels.ndim != 3:
        raise ValueError(f"pixels must be uint8 with axes rows, columns, channels, got {short(pixels)}")
    if weight.ndim != 4 or weight.shape[1] != pixels.shape[2]:
        raise ValueError(f"weight must have {pixels.shape[2]} channels as pixels, got shape {tuple(weight.shape)}")
    size, kernel = (pixels.shape[0], pixels.shape[1]), (weight.shape[2], weight.shape[3])
    steps, holes = pair("stride", stride, 1), pair("dilation", dilation, 1)
    border = same_padding(kernel, steps, holes) if padding == "same" else sides(padding)
    top, bottom, left, right = grid("weight", size, kernel, steps, holes, border, image="pixels").padding
    with torch.inference_mode(False), torch.no_grad():
        image = functional.pad(pixels.permute(2, 0, 1).float() / 255, (left, right, top, bottom))
        return functional.conv2d(image, weight.float(), None if bias is None else bias.float(), steps, 0, holes)


def shown_map(values: Tensor) -> tuple[Tensor, str]:
    """A map (H, W) as a grey image, uint8, and how its numbers became greys, in words.

    Numbers from 0 to 1 stay as they are. Others are scaled, with 0 as black where none is negative, and as middle grey
    where some are. In a large map the scale leaves out the largest two in a thousand, so that a few of them don't
    leave all the rest in the dark.
    """
    least, most = float(values.min()), float(values.max())
    if least >= 0 and most <= 1:
        return _bytes(values * 255), "Black is 0, white is 1, as in the image."
    size = _usual_size(values)
    cut = size < max(-least, most)
    if least < 0:
        ends = f"white is {size:.3g}{' or more' * cut}, black is −{size:.3g}{' or less' * cut}"
        return _bytes(values / size * 127.5 + 127.5), f"Middle grey is 0, {ends}."
    return _bytes(values / size * 255), f"Black is 0, white is {size:.3g}{' or more' * cut}."


def _usual_size(values: Tensor) -> float:
    """The size that all but two in a thousand of the numbers keep to; in a small map the largest of all."""
    sizes = values.abs().flatten()
    if sizes.numel() < _LARGE:
        return float(sizes.max())
    sample = sizes[:: -(-sizes.numel() // _SAMPLE)]
    return float(sample.kthvalue(int(0.998 * sample.numel())).values) or float(sizes.max())


def _bytes(grey: Tensor) -> Tensor:
    return grey.round().clamp(0, 255).to(torch.uint8)
