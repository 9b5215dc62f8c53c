"""A LeNet-size ConvNet: convolution, ReLU, pooling, twice over, then fully connected with softmax."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

Sharing = Literal["tied", "untied", "full"]
LAYERS = ("x", "conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "z", "p")
"""Every array of the forward pass that a viewer can look at, from image to class probabilities."""
PARAMETERS = ("conv1_weight", "conv1_bias", "conv2_weight", "conv2_bias", "out_weight", "out_bias")


@dataclass(frozen=True)
class ConvNetShape:
    """How large a ConvNet is.

    `sharing` says how a convolution's outputs come by their weights: "tied" share one kernel (a convolution), "untied"
    have a kernel each (locally connected), "full" see the whole image. Convolutions keep the size; pooling windows do
    not overlap, and what does not fill one is left out.
    """

    channels: int = 1
    size: int = 28
    filters: tuple[int, int] = (8, 16)
    kernel: int = 5
    pools: tuple[int, int] = (2, 2)
    classes: int = 10
    sharing: Sharing = "tied"

    def __post_init__(self) -> None:
        for name in ("channels", "size", "kernel", "classes"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, got {getattr(self, name)}")
        if self.kernel % 2 == 0:
            raise ValueError(f"kernel must be odd, so that a convolution keeps the size, got {self.kernel}")
        if min(*self.filters, *self.pools) < 1 or self.sizes[2] < 1:
            raise ValueError(f"pools of {self.pools} leave nothing of an image of {self.size} × {self.size}")

    @property
    def sizes(self) -> tuple[int, int, int]:
        """The side of the image, of the maps after the first pooling, and after the second."""
        once = self.size // self.pools[0]
        return self.size, once, once // self.pools[1]

    @property
    def depths(self) -> tuple[int, int, int]:
        """Channels of the image, and maps of the two convolutions."""
        return self.channels, *self.filters

    @property
    def flat(self) -> int:
        """How many numbers the fully connected layer sees."""
        return int(self.filters[1] * self.sizes[2] ** 2)

    @property
    def parameter_shapes(self) -> Mapping[str, tuple[int, ...]]:
        shapes: dict[str, tuple[int, ...]] = {}
        for number in (1, 2):
            inputs, maps, side = self.depths[number - 1], self.depths[number], self.sizes[number - 1]
            places = side * side
            weight: tuple[int, ...] = (maps, inputs, self.kernel, self.kernel)
            bias: tuple[int, ...] = (maps,)
            if self.sharing == "untied":
                weight, bias = (maps, inputs * self.kernel**2, places), (maps, places)
            elif self.sharing == "full":
                weight, bias = (maps * places, inputs * places), (maps * places,)
            shapes |= {f"conv{number}_weight": weight, f"conv{number}_bias": bias}
        return shapes | {"out_weight": (self.classes, self.flat), "out_bias": (self.classes,)}

    @property
    def parameters(self) -> int:
        """How many weights and biases there are."""
        return sum(math.prod(shape) for shape in self.parameter_shapes.values())


DIGITS = ConvNetShape()


@dataclass(frozen=True, eq=False)
class ConvNet:
    """A ConvNet's weights and biases, named as in `PARAMETERS`; see `ConvNetShape.parameter_shapes`."""

    shape: ConvNetShape
    parameters: Mapping[str, Tensor]

    def __post_init__(self) -> None:
        for name, wanted in self.shape.parameter_shapes.items():
            found = self.parameters.get(name)
            if found is None or tuple(found.shape) != wanted:
                raise ValueError(
                    f"{name} must have the shape {wanted}, got {found if found is None else [*found.shape]}"
                )

    def __getitem__(self, name: str) -> Tensor:
        return self.parameters[name]

    def to(self, precision: torch.dtype) -> ConvNet:
        """A copy in another precision."""
        return ConvNet(self.shape, {name: value.detach().to(precision) for name, value in self.parameters.items()})


def random_convnet(shape: ConvNetShape, seed: int = 0) -> ConvNet:
    """A net to start from: weights normal with √(2 / numbers that a unit sees), biases 0; float32.

    Source: He et al. 2015, equation 10.
    """
    generator = torch.Generator().manual_seed(seed)
    drawn = {}
    for name, wanted in shape.parameter_shapes.items():
        if name.endswith("bias"):
            drawn[name] = torch.zeros(wanted)
            continue
        seen = wanted[1] if len(wanted) < 4 else math.prod(wanted[1:])
        drawn[name] = torch.randn(wanted, generator=generator) * math.sqrt(2 / seen)
    return ConvNet(shape, drawn)


def scores(net: ConvNet, x: Tensor) -> Tensor:
    """What goes into the softmax. Shapes: x (m, channels, size, size); result (m, classes). Keeps gradients."""
    for number in (1, 2):
        x = functional.relu(pooled(connect(net, number, x), net.shape.pools[number - 1]))
    return functional.linear(x.flatten(1), net["out_weight"], net["out_bias"])


def pooled(x: Tensor, window: int) -> Tensor:
    """The largest number of each window × window square. Shapes: x (…, side, side), result (…, n, n)."""
    # torch's max_pool2d notes where the largest was, too, and is slow with maps that lie one after the other in memory.
    if torch.is_grad_enabled():
        return functional.max_pool2d(x.contiguous(memory_format=torch.channels_last), window)
    end = x.shape[-1] // window * window
    rows = functools.reduce(torch.maximum, [x[..., start:end:window, :end] for start in range(window)])
    return functools.reduce(torch.maximum, [rows[..., start::window] for start in range(window)])


def connect(net: ConvNet, number: int, x: Tensor) -> Tensor:
    """The pre-activations of convolution 1 or 2.

    Shapes: x (m, maps before, side, side); result (m, maps, side, side).
    """
    shape, weight, bias = net.shape, net[f"conv{number}_weight"], net[f"conv{number}_bias"]
    if shape.sharing == "tied":
        return functional.conv2d(x, weight, bias, padding=shape.kernel // 2)
    maps, side = shape.depths[number], shape.sizes[number - 1]
    if shape.sharing == "full":
        return functional.linear(x.flatten(1), weight, bias).view(-1, maps, side, side)
    windows = functional.unfold(x, shape.kernel, padding=shape.kernel // 2)
    return (torch.einsum("fkp,mkp->mfp", weight, windows) + bias).view(-1, maps, side, side)


def run_convnet(net: ConvNet, x: Tensor) -> dict[str, Tensor]:
    """Every layer's numbers, named as in `LAYERS`, and `switches1` and `switches2`: which number won its window.

    Shapes: x (m, channels, size, size); maps (m, maps, side, side); switches likewise, flat places in the map that was
    pooled; z and p (m, classes). In the net's precision; no gradients are kept.

    Raises: ValueError where x has another shape.
    """
    shape = net.shape
    if x.ndim != 4 or tuple(x.shape[1:]) != (shape.channels, shape.size, shape.size):
        raise ValueError(f"x must be (m, {shape.channels}, {shape.size}, {shape.size}), got {tuple(x.shape)}")
    with torch.no_grad():
        found = {"x": x.to(net["out_bias"].dtype)}
        below = found["x"]
        for number in (1, 2):
            sums = connect(net, number, below)
            active = functional.relu(sums)
            below, switches = functional.max_pool2d(active, shape.pools[number - 1], return_indices=True)
            found |= {f"conv{number}": sums, f"relu{number}": active, f"pool{number}": below}
            found[f"switches{number}"] = switches
        found["z"] = functional.linear(below.flatten(1), net["out_weight"], net["out_bias"])
        found["p"] = torch.softmax(found["z"], dim=1)
        return found


def layer_gradients(net: ConvNet, x: Tensor, target: int) -> dict[str, Tensor]:
    """How the loss −ln p(target) of one image changes with every number of every layer, and with every parameter.

    Shapes: x (channels, size, size); those of `run_convnet` without the first axis, and of the parameters.
    Raises: ValueError for a target that is no class.
    """
    if not 0 <= target < net.shape.classes:
        raise ValueError(f"target must be a class from 0 to {net.shape.classes - 1}, got {target}")
    with torch.enable_grad():
        leaves = {name: value.detach().clone().requires_grad_() for name, value in net.parameters.items()}
        watched: dict[str, Tensor] = {"x": x.detach().to(net["out_bias"].dtype)[None].requires_grad_()}
        traced = ConvNet(net.shape, leaves)
        below = watched["x"]
        for number in (1, 2):
            sums = connect(traced, number, below)
            active = functional.relu(sums)
            below = functional.max_pool2d(active, net.shape.pools[number - 1])
            watched |= {f"conv{number}": sums, f"relu{number}": active, f"pool{number}": below}
        watched["z"] = functional.linear(below.flatten(1), leaves["out_weight"], leaves["out_bias"])
        loss = functional.cross_entropy(watched["z"], torch.tensor([target]))
        names, values = [*watched, *leaves], [*watched.values(), *leaves.values()]
        gradients = dict(zip(names, torch.autograd.grad(loss, values), strict=True))
    return {name: gradients[name][0] if name in watched else gradients[name] for name in names}
