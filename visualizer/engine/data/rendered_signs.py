"""Traffic signs rendered from drawn icons over photos: never seen by a camera, and as many as one likes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from visualizer import FOLDER as APP

SIGNS = (
    *("limit 30", "limit 50", "limit 80", "limit 100", "stop", "yield", "no entry", "priority road"),
    *("roundabout", "keep right", "straight ahead", "no overtaking", "children", "crossing", "road works", "signals"),
)
SIDE = 32
ICON_SIDE = 64
SHEET = APP / "data" / "signs.png"
SHEET_COLUMNS = 8
_PHOTOS = ("astronaut.png", "chelsea.png", "coffee.png", "brick.png", "grass.png", "gravel.png")
_CROPS = (40, 240)
"""How many pixels of a photo the side of a background shows."""
_AT_ONCE = 100
_FINE = 2
"""Signs are drawn this much finer, and then averaged."""


def render_signs(labels: Tensor, generator: torch.Generator) -> Tensor:
    """An image of each of these signs, each time another one.

    Every sign is seen from another side, size and place (perspective), in other light, over another crop of a photo,
    with blur and noise; all of that is drawn by the generator.
    Shapes: labels (n,) int64, places in `SIGNS`, at least one; result (n, 3, 32, 32) float32, from 0 to 1.
    """
    return torch.cat([_rendered(some, generator) for some in torch.split(labels, _AT_ONCE)])


@cache
def sign_icons() -> Tensor:
    """The drawn signs, red, green, blue and opacity from 0 to 1. Shape: (signs, 4, 64, 64); not to be changed."""
    with Image.open(SHEET) as sheet:
        pixels = torch.from_numpy(np.array(sheet))
    rows = pixels.view(-1, ICON_SIDE, SHEET_COLUMNS, ICON_SIDE, 4).transpose(1, 2)
    return rows.reshape(-1, ICON_SIDE, ICON_SIDE, 4).permute(0, 3, 1, 2)[: len(SIGNS)] / 255


def homography(corners: Tensor) -> Tensor:
    """The projective maps that take these points to the corners (−1, −1), (1, −1), (1, 1), (−1, 1) of a square.

    Shapes: corners (n, 4, 2), x and y, in that order; result (n, 3, 3), the last number 1.
    Source: Hartley & Zisserman 2004, section 4.1.
    """
    x, y = corners.unbind(-1)
    u, v = torch.tensor([[-1.0, 1, 1, -1], [-1, -1, 1, 1]]).to(corners)[:, None].expand(-1, len(corners), -1)
    one, none = torch.ones_like(x), torch.zeros_like(x)
    across = torch.stack([x, y, one, none, none, none, -u * x, -u * y], -1)
    down = torch.stack([none, none, none, x, y, one, -v * x, -v * y], -1)
    found = torch.linalg.solve(torch.cat([across, down], 1), torch.cat([u, v], 1))
    return torch.cat([found, torch.ones_like(found[:, :1])], 1).view(-1, 3, 3)


def _rendered(labels: Tensor, generator: torch.Generator) -> Tensor:
    count = len(labels)
    icons = sign_icons()[labels]
    coverage = torch.cat([icons[:, :3] * icons[:, 3:], icons[:, 3:]], 1)
    seen = functional.grid_sample(coverage, _views(count, generator), align_corners=False)
    seen = functional.avg_pool2d(seen, _FINE)
    light = _between(0.35, 1.15, (count, 1, 1, 1), generator) * _between(0.9, 1.1, (count, 3, 1, 1), generator)
    images = seen[:, :3] * light + _backgrounds(count, generator) * (1 - seen[:, 3:])
    images = _blurred(images, _between(0.1, 1.1, (count,), generator))
    noise = torch.randn(images.shape, generator=generator) * _between(0, 0.06, (count, 1, 1, 1), generator)
    return (images + noise).clamp(0, 1)


def _views(count: int, generator: torch.Generator) -> Tensor:
    """Which place of its icon each pixel sees, in the terms of grid_sample. Shape: (count, fine, fine, 2)."""
    square = torch.tensor([[-1.0, -1], [1, -1], [1, 1], [-1, 1]])
    size = _between(0.6, 0.95, (count, 1, 1), generator)
    turn = _between(-0.2, 0.2, (count,), generator)
    turning = torch.stack([turn.cos(), -turn.sin(), turn.sin(), turn.cos()], -1).view(-1, 2, 2)
    middle = _between(-1, 1, (count, 1, 2), generator) * (1.05 - size)
    corners = (square + _between(-0.15, 0.15, (count, 4, 2), generator)) * size @ turning + middle
    steps = (torch.arange(SIDE * _FINE) + 0.5) * 2 / (SIDE * _FINE) - 1
    y, x = torch.meshgrid(steps, steps, indexing="ij")
    places = torch.stack([x, y, torch.ones_like(x)], -1).view(-1, 3) @ homography(corners).transpose(1, 2)
    return (places[..., :2] / places[..., 2:]).view(count, SIDE * _FINE, SIDE * _FINE, 2)


def _backgrounds(count: int, generator: torch.Generator) -> Tensor:
    """Square crops of the photos, in some other light. Shape: (count, 3, 32, 32)."""
    photos, found = _photos(), []
    for photo, *where in torch.rand(count, 4, generator=generator).tolist():
        pixels = photos[int(photo * len(photos))]
        side = round(_CROPS[0] + where[0] * (_CROPS[1] - _CROPS[0]))
        top, left = (int(part * (length - side)) for part, length in zip(where[1:], pixels.shape[1:], strict=True))
        crop = pixels[:, top : top + side, left : left + side]
        found.append(functional.adaptive_avg_pool2d(crop, SIDE))
    return torch.stack(found) * _between(0.5, 1.2, (count, 1, 1, 1), generator)


def _blurred(images: Tensor, sigmas: Tensor) -> Tensor:
    """Each image under a Gaussian of its own standard deviation, in pixels; at the border the last pixel goes on."""
    offsets = torch.arange(-3, 4)
    kernels = torch.exp(-(offsets**2) / (2 * sigmas[:, None] ** 2))
    kernels = (kernels / kernels.sum(1, keepdim=True)).repeat_interleave(3, 0)[:, None]
    rows = functional.pad(images, (3, 3, 3, 3), mode="replicate").view(1, -1, SIDE + 6, SIDE + 6)
    rows = functional.conv2d(rows, kernels[:, :, None], groups=len(kernels))
    return functional.conv2d(rows, kernels[..., None], groups=len(kernels)).view(-1, 3, SIDE, SIDE)


@cache
def _photos() -> tuple[Tensor, ...]:
    """Photos of scikit-image's wheel. Shape of each: (3, height, width), from 0 to 1."""
    found = []
    for name in _PHOTOS:
        with (files("skimage") / "data" / name).open("rb") as file, Image.open(file) as photo:
            found.append(torch.from_numpy(np.array(photo.convert("RGB"))).permute(2, 0, 1) / 255)
    return tuple(found)


def _between(low: float, high: float, shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    return low + (high - low) * torch.rand(shape, generator=generator)
