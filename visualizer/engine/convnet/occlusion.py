"""What a class depends on: its probability while a grey square covers one part of the image after the other."""

from __future__ import annotations

import torch
from torch import Tensor

from visualizer.engine.convnet.convnet import ConvNet, scores


def occlusion_map(net: ConvNet, x: Tensor, target: int, *, side: int = 7, stride: int = 1, grey: float = 0.5) -> Tensor:
    """p(target) with the square of `side` pixels around each place covered.

    Shapes: x (channels, size, size); result (places, places), a place every `stride` pixels: its middle. Squares that
    reach over the edge cover what there is.

    Raises: ValueError naming the argument, its value and the limit.
    Source: Zeiler & Fergus 2013, section 4.2.
    """
    size = net.shape.size
    if not 1 <= side <= size:
        raise ValueError(f"side must be from 1 to {size}, got {side}")
    if not 1 <= stride <= size:
        raise ValueError(f"stride must be from 1 to {size}, got {stride}")
    if not 0 <= target < net.shape.classes:
        raise ValueError(f"target must be a class from 0 to {net.shape.classes - 1}, got {target}")
    middles = torch.arange(0, size, stride)
    pixels = torch.arange(size)
    covered = (pixels[None] >= middles[:, None] - side // 2) & (pixels[None] < middles[:, None] - side // 2 + side)
    masks = covered[:, None, :, None] & covered[None, :, None, :]
    with torch.no_grad():
        images = torch.where(masks.flatten(0, 1)[:, None], torch.tensor(grey, dtype=x.dtype), x[None])
        p = torch.cat([torch.softmax(scores(net, part), 1)[:, target] for part in torch.split(images, 256)])
    return p.view(len(middles), len(middles))
