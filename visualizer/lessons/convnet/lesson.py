"""What one visitor has in front of them: a data set, a net, an image, and every number computed from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import torch
from torch import Tensor

from visualizer.engine.convnet.convnet import ConvNet, layer_gradients, run_convnet
from visualizer.once import once

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Input:
    """An image to look at: (channels, side, side), float64 from 0 to 1.

    `label` is its class where that is known. `number` is its place among the test images, counted from 0; None for an
    image of the visitor's own. `about` says what was done to it on its way here.
    """

    image: Tensor
    label: int | None = None
    number: int | None = None
    about: str = ""


@dataclass(frozen=True, eq=False)
class Lesson:
    """A net and an image, with the numbers of all layers; a new one for each image or net.

    `data` names the data set, `classes` its classes. `net` is in float64 and shares its weights: the trained one that
    comes with the app, or, where `trained_here`, what the visitor trained on this page.
    """

    data: str
    classes: tuple[str, ...]
    net: ConvNet
    input: Input
    trained_here: bool = False
    _taken: dict[str, ConvNet] = field(default_factory=dict)

    @property
    def image(self) -> Tensor:
        """(channels, side, side), float64."""
        return self.input.image

    @property
    def label(self) -> int | None:
        """The image's class, where that is known."""
        return self.input.label

    @property
    def found(self) -> Mapping[str, Tensor]:
        """Every layer's numbers, as `run_convnet` gives them for a batch of this one image; float64."""
        return self.once("found", lambda: run_convnet(self.net, self.image[None]))

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives for this net and image: for a test image, the same for all who look at it."""
        if self.input.number is None:
            return once(self, name, make)
        return once(self.net, name, make, of=self.input.number)

    def gradients(self, target: int) -> Mapping[str, Tensor]:
        """How −ln p(target) changes with every number of every layer and every parameter; float64."""
        return layer_gradients(self.net, self.image, target)

    def take_net(self, net: ConvNet) -> None:
        """Have every view look into this net, on this data set, from the next run on.

        Raises: ValueError for a net of another image size, or one that doesn't share its weights.
        """
        ours, theirs = self.net.shape, net.shape
        if theirs.sharing != "tied":
            raise ValueError("the views look into nets that share their weights: a convolution, not its untied version")
        if (theirs.channels, theirs.size, theirs.classes) != (ours.channels, ours.size, ours.classes):
            raise ValueError(f"the net must take {ours.channels} × {ours.size} × {ours.size} and tell {ours.classes}")
        self._taken[self.data] = net.to(torch.float64)

    def forget_net(self) -> None:
        """Back to the trained net that comes with the app, from the next run on."""
        self._taken.pop(self.data, None)
