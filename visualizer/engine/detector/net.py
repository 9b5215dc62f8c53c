"""A ConvNet made fully convolutional: its fully connected layer slides over the pooled maps, so one pass scans all.

Source: Matan et al. 1991; Sermanet et al. 2014 (OverFeat); Long et al. 2015.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.convnet.convnet import ConvNet, connect


@dataclass(frozen=True, eq=False)
class OutputLayer:
    """A layer over the last pooled maps: weight (outputs, maps, side, side), bias (outputs,), float64."""

    weight: Tensor
    bias: Tensor


def as_convolution(net: ConvNet) -> OutputLayer:
    """The net's own fully connected layer, written as the convolution that it is: a kernel as large as the maps."""
    shape = net.shape
    weight = net["out_weight"].double().view(shape.classes, shape.filters[1], shape.sizes[2], shape.sizes[2])
    return OutputLayer(weight, net["out_bias"].double())


def pooled_maps(net: ConvNet, image: Tensor) -> Tensor:
    """The maps after the second pooling, of an image of any size that holds one window.

    The net's convolutions keep the size, with zeros around the image: so at its border a window in the middle of an
    image sees its neighbours, 6 pixels far with kernels of 5, where the net, given the window alone, sees zeros.

    Shapes: image (channels, rows, columns); result (maps, rows // 4, columns // 4) with pools of 2, float64.
    Raises: ValueError for a net whose weights are not shared: it can't slide.
    """
    if net.shape.sharing != "tied":
        raise ValueError(f"net must share its weights to be laid on another image, got {net.shape.sharing!r}")
    below = image.to(net["out_bias"].dtype)[None]
    with torch.inference_mode(False), torch.no_grad():
        for number in (1, 2):
            below = functional.max_pool2d(functional.relu(connect(net, number, below)), net.shape.pools[number - 1])
    return below[0].double()


def scan_maps(maps: Tensor, layer: OutputLayer) -> Tensor:
    """The layer's outputs at every place of the maps.

    Shapes: maps (maps, rows, columns); result (outputs, rows − side + 1, columns − side + 1), float64.
    """
    side = layer.weight.shape[2]
    rows, columns = maps.shape[1] - side + 1, maps.shape[2] - side + 1
    total = layer.bias[:, None].expand(-1, rows * columns).clone()
    for down in range(side):
        for across in range(side):
            part = maps[:, down : down + rows, across : across + columns].reshape(len(maps), -1)
            total += layer.weight[:, :, down, across] @ part
    return total.view(-1, rows, columns)


@dataclass(frozen=True, eq=False)
class NetDetector:
    """A ConvNet as a detector.

    The score of a window is the log-odds of its likeliest class, ln p − ln(1 − p). With a `gate`, a layer of one output
    that says whether there is anything to classify, it is that output, which is a log-odds too.
    """

    net: ConvNet
    gate: OutputLayer | None = None

    @property
    def window(self) -> tuple[int, int]:
        return self.net.shape.size, self.net.shape.size

    @property
    def stride(self) -> int:
        """Pooling leaves one place in so many pixels."""
        return self.net.shape.pools[0] * self.net.shape.pools[1]

    def score(self, image: Tensor) -> Tensor:
        """Shapes: image (channels, rows, columns); result (window rows, window columns)."""
        maps = pooled_maps(self.net, image)
        if self.gate:
            return scan_maps(maps, self.gate)[0]
        return log_odds(scan_maps(maps, as_convolution(self.net)))[0]


def log_odds(outputs: Tensor) -> tuple[Tensor, Tensor]:
    """Of the likeliest class, and which one it is. Shapes: outputs (classes, …); both results (…)."""
    best, label = outputs.max(dim=0)
    rest = outputs.scatter(0, label[None], float("-inf")).logsumexp(dim=0)
    return best - rest, label
