"""The images, and the places in them, at which a unit of a ConvNet is most active."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.convnet.convnet import ConvNet, ConvNetShape, run_convnet
from visualizer.engine.convnet.deconvnet import Unit


@dataclass(frozen=True)
class Patch:
    """A unit's activation in one image; `field` is the part of the image that it sees: (top, left, bottom, right).

    Bottom and right are not included; a field may reach over the edge, where there is padding.
    """

    image: int
    unit: Unit
    activation: float
    field: tuple[int, int, int, int]


def receptive_field(shape: ConvNetShape, unit: Unit) -> tuple[int, int, int, int]:
    """The pixels that a unit sees: (top, left, bottom, right), counted from the image's corner."""
    reach, apart = shape.kernel, 1
    if unit.layer == "relu2":
        reach, apart = shape.kernel + shape.pools[0] - 1 + (shape.kernel - 1) * shape.pools[0], shape.pools[0]
    before = shape.kernel // 2 if unit.layer == "relu1" else shape.kernel // 2 * (1 + shape.pools[0])
    top, left = (at * apart - before for at in unit.place)
    return top, left, top + reach, left + reach


def top_patches(net: ConvNet, images: Tensor, layer: str, map: int, count: int = 9) -> list[Patch]:
    """The `count` strongest activations of a map, one an image, the strongest first; none that are 0.

    Shapes: images (m, channels, size, size).
    Raises: ValueError for a layer or map that there is none of.
    Source: Zeiler & Fergus 2013, figure 2.
    """
    if layer not in ("relu1", "relu2") or not 0 <= map < net.shape.depths[int(layer[-1])]:
        raise ValueError(f"there is no map {map} of the layer {layer!r}")
    maps = torch.cat([run_convnet(net, part)[layer][:, map] for part in torch.split(images, 256)])
    values, places = maps.flatten(1).max(1)
    patches = []
    for image in values.argsort(descending=True, stable=True)[:count].tolist():
        row, column = divmod(int(places[image]), maps.shape[2])
        unit = Unit(layer, map, (row, column))
        if values[image] > 0:
            patches.append(Patch(image, unit, float(values[image]), receptive_field(net.shape, unit)))
    return patches
