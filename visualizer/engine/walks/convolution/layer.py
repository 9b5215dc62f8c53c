"""A convolution with its image: the arguments of a convolution trace, checked and turned into float64."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from visualizer.engine.arguments import checked_tensor, short
from visualizer.engine.geometry import Grid, grid, pair, same_padding, sides
from visualizer.engine.walks.losses import SQUARED

LOSS_NAMES = ("squared", "sum", "pixel", *SQUARED[1:])
Place = tuple[int, int, int]


@dataclass(frozen=True)
class Convolution:
    """A convolution layer on one image, and where its backward pass starts.

    Shapes: x (channels, rows, columns); weight (filters, channels of a group, kernel rows, kernel columns); bias
    (filters,); grad_y and target (filters, output rows, output columns). A grad_y is given, or follows from the loss
    (a name in LOSS_NAMES, with its target or pixel), or there is no backward pass.
    """

    x: Tensor
    weight: Tensor
    bias: Tensor | None
    grid: Grid
    groups: int
    grad_y: Tensor | None = None
    loss: str | None = None
    target: Tensor | None = None
    pixel: Place | None = None

    @property
    def channels(self) -> int:
        return self.x.shape[0]

    @property
    def filters(self) -> int:
        return self.weight.shape[0]

    @property
    def channels_of_group(self) -> int:
        return self.weight.shape[1]

    @property
    def filters_of_group(self) -> int:
        return self.filters // self.groups

    @property
    def output_shape(self) -> Place:
        return self.filters, *self.grid.outputs

    @property
    def products(self) -> int:
        """How many products make an output pixel whose window lies inside the image."""
        return self.weight[0].numel()

    @property
    def backward(self) -> bool:
        return self.grad_y is not None or self.loss is not None

    def channels_seen(self, filter_: int) -> slice:
        """The image's channels that a filter sees: those of its group."""
        if self.groups == 1:
            return slice(None)
        first = filter_ // self.filters_of_group * self.channels_of_group
        return slice(first, first + self.channels_of_group)

    def filters_seeing(self, channel: int) -> slice:
        """The filters that see a channel of the image: those of its group."""
        if self.groups == 1:
            return slice(None)
        first = channel // self.channels_of_group * self.filters_of_group
        return slice(first, first + self.filters_of_group)


def checked_layer(
    x: object, weight: object, bias: object, stride: object, padding: object, dilation: object, groups: object
) -> Convolution:
    """The layer alone, with its own copies of the tensors.

    Raises: ValueError naming the argument, its value and the limit.
    """
    image = checked_tensor("x", x, "channels, rows, columns")
    kernels = checked_tensor("weight", weight, "filters, channels, rows, columns")
    count = _checked_groups(groups, image, kernels)
    biases = None if bias is None else checked_tensor("bias", bias, "filters")
    if biases is not None and biases.shape[0] != kernels.shape[0]:
        raise ValueError(f"bias must have {kernels.shape[0]} numbers, one for each filter, got {biases.shape[0]}")
    size, kernel = (image.shape[1], image.shape[2]), (kernels.shape[2], kernels.shape[3])
    steps, holes = pair("stride", stride, 1), pair("dilation", dilation, 1)
    if isinstance(padding, str) and padding != "same":
        raise ValueError(f"padding must be numbers or 'same', got {short(padding)}")
    border = same_padding(kernel, steps, holes) if padding == "same" else sides(padding)
    return Convolution(image, kernels, biases, grid("weight", size, kernel, steps, holes, border), count)


def _checked_groups(groups: object, x: Tensor, weight: Tensor) -> int:
    if isinstance(groups, bool) or not isinstance(groups, int) or groups < 1:
        raise ValueError(f"groups must be a whole number, at least 1, got {short(groups)}")
    for name, tensor, what in (("x", x, "channels"), ("weight", weight, "filters")):
        if tensor.shape[0] % groups:
            raise ValueError(f"groups must divide the {tensor.shape[0]} {what} of {name}, got {groups}")
    if weight.shape[1] != x.shape[0] // groups:
        raise ValueError(
            f"weight must have {x.shape[0] // groups} on its second axis, the {x.shape[0]} channels of x in {groups} "
            f"group{'s' if groups > 1 else ''}, got shape {tuple(weight.shape)}"
        )
    return groups
