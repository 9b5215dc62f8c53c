"""A small random net with an image, as the lesson has them in front of a visitor."""

from __future__ import annotations

import torch

from visualizer.engine.convnet.convnet import ConvNetShape, random_convnet
from visualizer.lessons.convnet.lesson import Input, Lesson

CLASSES = ("ant", "bee", "cat")


def small_lesson(channels: int = 1, size: int = 11, pools: tuple[int, int] = (2, 2), seed: int = 0) -> Lesson:
    shape = ConvNetShape(channels=channels, size=size, filters=(2, 4), kernel=3, pools=pools, classes=len(CLASSES))
    generator = torch.Generator().manual_seed(seed)
    net = random_convnet(shape, seed).to(torch.float64)
    image = torch.rand(channels, size, size, generator=generator, dtype=torch.float64)
    return Lesson("digits", CLASSES, net, Input(image, 1, 0))
