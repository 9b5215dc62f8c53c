"""One more output for a ConvNet: is there anything in this window that it should classify?

A net that has only ever seen digits calls every window a digit. This output learns, on the net's own last maps, images
against windows of made-up pages that hold none whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor

from visualizer.engine.convnet.convnet import ConvNet, run_convnet
from visualizer.engine.convnet.weights import load_convnet
from visualizer.engine.data.labelled_images import Name, labelled_images, rendered
from visualizer.engine.detector.linear import Trained, train_classifier
from visualizer.engine.detector.net import OutputLayer, pooled_maps
from visualizer.engine.detector.scan import Level, resized
from visualizer.engine.detector.scenes import Scene, compose, page_for
from visualizer.engine.detector.suppression import overlaps

_PAGES, _ON_PAGE, _PAGE = 6, 24, (300, 400)
_SIDES = (28, 64)
_SCALES = (1.0, 0.8, 0.64, 0.51, 0.41)
_WINDOWS = 80
_SIGNS = 480
_PENALTY, _CLOSE = 1.0, 1e-4
_BESIDE, _ON = 0.4, 0.7
"""A window that overlaps an image by less than the first holds none whole; by more than the second, it holds one."""


@dataclass(frozen=True, eq=False)
class Gate:
    """A layer of one output, and how its training went."""

    layer: OutputLayer
    trained: Trained


@cache
def train_gate(name: Name) -> Gate:
    """The output that says whether there is something to classify; trained once, with the same result every time."""
    net = load_convnet(name)
    images = rendered(_SIGNS, 1) if name == "signs" else labelled_images(name, "train")
    yes = [run_convnet(net, images.images)["pool2"].flatten(1).double()]
    no = []
    dice = torch.Generator().manual_seed(0)
    for seed in range(_PAGES):
        chosen = torch.randperm(len(images), generator=dice)[:_ON_PAGE]
        page = compose(
            page_for(name, *_PAGE, number=seed), images.images[chosen].double(), images.labels[chosen], _SIDES, seed
        )
        for scale in _SCALES:
            on, beside = _windows(net, page, scale, dice)
            yes.append(on)
            no.append(beside)
    features = torch.cat([*yes, *no])
    labels = torch.arange(len(features)) < sum(map(len, yes))
    trained = train_classifier(features, labels, torch.zeros_like(labels), _PENALTY, _CLOSE)
    kernel = trained.classifier.weights.view(1, net.shape.filters[1], net.shape.sizes[2], net.shape.sizes[2])
    bias = torch.tensor([trained.classifier.bias], dtype=torch.float64)
    return Gate(OutputLayer(kernel, bias), trained)


def _windows(net: ConvNet, page: Scene, scale: float, dice: torch.Generator) -> tuple[Tensor, Tensor]:
    """The flattened maps of windows of a page: of all that hold an image whole, and of some that hold none."""
    image = resized(page.image, scale)
    side = net.shape.sizes[2]
    maps = pooled_maps(net, image).unfold(1, side, 1).unfold(2, side, 1).permute(1, 2, 0, 3, 4)
    size = image.shape[1], image.shape[2]
    shrink = size[0] / page.image.shape[1], size[1] / page.image.shape[2]
    window, stride = (net.shape.size,) * 2, net.shape.pools[0] * net.shape.pools[1]
    grid = Level(scale, size, shrink, window, stride, torch.zeros(maps.shape[:2]))
    shared = overlaps(grid.boxes(torch.arange(maps.shape[0] * maps.shape[1])), page.boxes).max(dim=1).values
    beside = (shared < _BESIDE).nonzero()[:, 0]
    drawn = beside[torch.randperm(len(beside), generator=dice)[:_WINDOWS]]
    on = (shared > _ON).nonzero()[:, 0]
    columns = maps.shape[1]
    return maps[on // columns, on % columns].flatten(1), maps[drawn // columns, drawn % columns].flatten(1)
