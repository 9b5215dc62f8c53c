"""What the overview's figure is drawn from, as texts for the browser: the net's numbers, its weights, the gradients."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from visualizer.engine.convnet.convnet import LAYERS, PARAMETERS, ConvNet, ConvNetShape
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.place import layer_sizes
from visualizer.once import once
from visualizer.web.packing import packed_arrays

_QUICK = 1
"""Of gzip: a visitor waits for it, and numbers hardly pack."""


def values_text(lesson: Lesson) -> str:
    """Every layer's numbers, float64, without the axis of the batch; computed once for each net and image."""

    def pack() -> str:
        return packed_arrays({}, {name: _array(lesson.found[name][0]) for name in LAYERS}, level=_QUICK)

    return lesson.once("values", pack)


def net_text(net: ConvNet) -> str:
    """The layers, and every weight and bias; computed once for each net."""

    def pack() -> str:
        header = {"layers": layers_of(net.shape), "kernel": net.shape.kernel, "pools": net.shape.pools}
        return packed_arrays(header, {name: _compact(net[name]) for name in PARAMETERS})

    return once(net, "packed", pack)


def gradients_text(lesson: Lesson, target: int) -> str:
    """How −ln p(target) changes with every number of every layer, and with the kernels and biases; float64."""
    found = lesson.gradients(target)
    names = [name for name in (*LAYERS, *PARAMETERS) if name in found]
    return packed_arrays({"target": target}, {name: _array(found[name]) for name in names}, level=_QUICK)


def layers_of(shape: ConvNetShape) -> list[dict[str, Any]]:
    """Each layer's name, its titles, what it is made of, how many maps it has, and their side."""
    convolution, (one, two) = f"convolution {shape.kernel}×{shape.kernel}", shape.pools
    words = {
        "x": ("image", "image", ""),
        "conv1": (convolution, "conv 1", "x"),
        "relu1": ("ReLU", "ReLU 1", "conv1"),
        "pool1": (f"max pooling {one}×{one}", "pool 1", "relu1"),
        "conv2": (convolution, "conv 2", "pool1"),
        "relu2": ("ReLU", "ReLU 2", "conv2"),
        "pool2": (f"max pooling {two}×{two}", "pool 2", "relu2"),
        "p": ("fully connected, softmax", "scores", "pool2"),
    }
    sizes = layer_sizes(shape)
    fields = ("name", "title", "short", "source", "maps", "side")
    return [dict(zip(fields, (name, *titles, *sizes[name]), strict=True)) for name, titles in words.items()]


def _array(values: Tensor) -> np.ndarray:
    return values.detach().contiguous().numpy()


def _compact(values: Tensor) -> np.ndarray:
    """As float32 where that says the same."""
    short = values.detach().float()
    return _array(short if torch.equal(short.to(values.dtype), values) else values)
