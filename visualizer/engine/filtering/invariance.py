"""How much a detector's map changes when the image moves, before pooling and after."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.geometry import sides
from visualizer.engine.walks.pooling.layer import checked_pooling
from visualizer.engine.walks.pooling.values import forward


@dataclass(frozen=True, eq=False)
class Response:
    """A detector's answer to an image: the map after convolution and ReLU, and the map after pooling.

    Shapes: image (C, H, W); map and pooled (filters, rows, columns). float64.
    """

    image: Tensor
    map: Tensor
    pooled: Tensor


def respond(image: Tensor, weight: Tensor, bias: Tensor, padding: object, pooling: Mapping[str, Any]) -> Response:
    """Convolution, bias, ReLU and pooling; `pooling` holds all options of `trace_pooling`.

    Raises: ValueError where no window of the pooling fits.
    """
    with torch.no_grad():
        rows, columns = weight.shape[2:]
        same = ((rows - 1) // 2, rows // 2, (columns - 1) // 2, columns // 2)
        top, bottom, left, right = same if padding == "same" else sides(padding)
        padded = functional.pad(image.double(), (left, right, top, bottom))
        answer = torch.relu(functional.conv2d(padded, weight, bias))
        layer = checked_pooling((answer.shape[0], answer.shape[1], answer.shape[2]), **pooling)
        return Response(image, answer, forward(layer, answer)[0])


def relative_change(before: Tensor, after: Tensor) -> float:
    """‖after − before‖ / ‖before‖, each the root of the sum of squares: 0 where nothing changed.

    Where all of `before` is 0: 0 if `after` is too, else infinity.
    """
    change, size = float((after - before).norm()), float(before.norm())
    return change / size if size else 0.0 if not change else math.inf


def moved_view(
    picture: Tensor, centre: tuple[int, int], side: int, right: float = 0.0, down: float = 0.0, degrees: float = 0.0
) -> Tensor:
    """A square of an image around `centre` (row, column), once the image was turned about it and then shifted.

    Shapes: image (C, H, W), float64; result (C, side, side). Degrees count clockwise. Whole shifts move the pixels
    as they are; a turn mixes the four nearest. Past the image's edge its last pixels go on.
    """
    height, width = picture.shape[1:]
    offsets = torch.arange(side, dtype=torch.float64) - side // 2
    rows, columns = torch.meshgrid(offsets - down, offsets - right, indexing="ij")
    angle = math.radians(degrees)
    y = (centre[0] + rows * math.cos(angle) - columns * math.sin(angle)).clamp(0, height - 1)
    x = (centre[1] + rows * math.sin(angle) + columns * math.cos(angle)).clamp(0, width - 1)
    top, left = y.floor().long(), x.floor().long()
    bottom, farther = (top + 1).clamp(max=height - 1), (left + 1).clamp(max=width - 1)
    v, u = y - top, x - left
    above = picture[:, top, left] * (1 - u) + picture[:, top, farther] * u
    below = picture[:, bottom, left] * (1 - u) + picture[:, bottom, farther] * u
    return above * (1 - v) + below * v
