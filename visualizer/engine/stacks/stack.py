"""A stack of layers as plain values: what each layer is, without weights and without sizes that follow.

How many channels a layer takes follows from the layer before it, so a stack says it nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Any, ClassVar, get_type_hints

from visualizer.engine.arguments import short
from visualizer.engine.geometry import Pair
from visualizer.engine.stacks.fields import (
    MOST,
    Field,
    FractionField,
    IntField,
    Padding,
    PaddingField,
    PairField,
    SwitchField,
)

Shape = tuple[int, ...]
"""(channels, rows, columns) of maps, or (numbers,) of a flat layer; one example, without its batch."""

MOST_LAYERS = 100
MOST_SIDE = 4096
_MOST_KERNEL = 512


Maps = Annotated[int, IntField("", "maps")]
Units = Annotated[int, IntField("", "units")]
Kernel = Annotated[Pair, PairField("k", "kernel", 1, _MOST_KERNEL)]
Window = Annotated[Pair, PairField("", "window", 1, _MOST_KERNEL)]
Stride = Annotated[Pair, PairField("s", "stride", 1, _MOST_KERNEL)]
OneStride = Annotated[int, IntField("s", "stride", 1, _MOST_KERNEL)]
Surround = Annotated[Padding, PaddingField("p", "padding", 0, _MOST_KERNEL)]
PoolSurround = Annotated[Pair, PairField("p", "padding", 0, _MOST_KERNEL)]
Dilation = Annotated[Pair, PairField("d", "dilation", 1, _MOST_KERNEL)]
Groups = Annotated[int, IntField("g", "groups")]
Bias = Annotated[bool, SwitchField("b", "bias")]
Ceil = Annotated[bool, SwitchField("c", "round up")]
OddKernel = Annotated[int, IntField("k", "kernel", 1, 31, odd=True)]
_AS_WINDOW = (0, 0)


@dataclass(frozen=True)
class Layer:
    """A layer: `word` in a stack's text, `label` for people.

    Raises: ValueError naming the field, its value and the limit.
    """

    word: ClassVar[str]
    label: ClassVar[str]

    def __post_init__(self) -> None:
        for name, form in fields_of(type(self)).items():
            form.check(getattr(self, name))


def fields_of(kind: type[Layer]) -> dict[str, Field[Any]]:
    """The numbers that a kind of layer has, by the names of its fields."""
    return _FORMS[kind]


@dataclass(frozen=True)
class Convolution(Layer):
    """A kernel for each output map over all channels of its group, the same at every place."""

    word: ClassVar[str] = "conv"
    label: ClassVar[str] = "convolution"
    maps: Maps
    kernel: Kernel
    stride: Stride = (1, 1)
    padding: Surround = (0, 0)
    dilation: Dilation = (1, 1)
    groups: Groups = 1
    bias: Bias = True


@dataclass(frozen=True)
class LocallyConnected(Layer):
    """As a convolution, but untied: every place has kernels and biases of its own (slide 22)."""

    word: ClassVar[str] = "local"
    label: ClassVar[str] = "locally connected"
    maps: Maps
    kernel: Kernel
    stride: Stride = (1, 1)
    padding: Surround = (0, 0)
    bias: Bias = True


@dataclass(frozen=True)
class FullyConnected(Layer):
    """Every unit has a weight for every number of a flat layer."""

    word: ClassVar[str] = "fc"
    label: ClassVar[str] = "fully connected"
    units: Units
    bias: Bias = True


@dataclass(frozen=True)
class MaxPool(Layer):
    word: ClassVar[str] = "max"
    label: ClassVar[str] = "max pooling"
    kernel: Window
    stride: Stride = _AS_WINDOW
    padding: PoolSurround = (0, 0)
    dilation: Dilation = (1, 1)
    ceil: Ceil = False

    def __post_init__(self) -> None:
        _window_as_stride(self)
        super().__post_init__()


@dataclass(frozen=True)
class AveragePool(Layer):
    word: ClassVar[str] = "avg"
    label: ClassVar[str] = "average pooling"
    kernel: Window
    stride: Stride = _AS_WINDOW
    padding: PoolSurround = (0, 0)
    ceil: Ceil = False

    def __post_init__(self) -> None:
        _window_as_stride(self)
        super().__post_init__()


def _window_as_stride(pool: MaxPool | AveragePool) -> None:
    """A pooling whose stride is left open moves on by its window."""
    if pool.stride == _AS_WINDOW:
        object.__setattr__(pool, "stride", pool.kernel)


@dataclass(frozen=True)
class AdaptiveAveragePool(Layer):
    """Means over windows that are chosen so that the result has this size."""

    word: ClassVar[str] = "adapt"
    label: ClassVar[str] = "adaptive average pooling"
    size: Annotated[Pair, PairField("", "output size", 1, MOST_SIDE)]


@dataclass(frozen=True)
class Flatten(Layer):
    word: ClassVar[str] = "flatten"
    label: ClassVar[str] = "flatten"


@dataclass(frozen=True)
class ReLU(Layer):
    word: ClassVar[str] = "relu"
    label: ClassVar[str] = "ReLU"


@dataclass(frozen=True)
class ReLU6(Layer):
    word: ClassVar[str] = "relu6"
    label: ClassVar[str] = "ReLU6"


@dataclass(frozen=True)
class Sigmoid(Layer):
    word: ClassVar[str] = "sigmoid"
    label: ClassVar[str] = "sigmoid"


@dataclass(frozen=True)
class Tanh(Layer):
    word: ClassVar[str] = "tanh"
    label: ClassVar[str] = "tanh"


@dataclass(frozen=True)
class Softmax(Layer):
    """Over the numbers of a flat layer, or over the channels at every place."""

    word: ClassVar[str] = "softmax"
    label: ClassVar[str] = "softmax"


@dataclass(frozen=True)
class Dropout(Layer):
    word: ClassVar[str] = "dropout"
    label: ClassVar[str] = "dropout"
    share: Annotated[float, FractionField("", "share")] = 0.5


@dataclass(frozen=True)
class BatchNorm(Layer):
    """Batch normalisation with a scale and a shift per channel (Ioffe & Szegedy 2015)."""

    word: ClassVar[str] = "bn"
    label: ClassVar[str] = "batch normalisation"


@dataclass(frozen=True)
class LocalResponseNorm(Layer):
    """Local response normalisation over neighbouring channels (Krizhevsky et al. 2012, section 3.3)."""

    word: ClassVar[str] = "lrn"
    label: ClassVar[str] = "local response normalisation"
    size: Annotated[int, IntField("", "channels")] = 5


@dataclass(frozen=True)
class BasicBlock(Layer):
    """Two 3×3 convolutions with the block's input added (He et al. 2016, figure 5, left)."""

    word: ClassVar[str] = "basic"
    label: ClassVar[str] = "residual block"
    maps: Maps
    stride: OneStride = 1


@dataclass(frozen=True)
class DepthwiseSeparable(Layer):
    """A convolution of each channel by itself, then one of 1×1 across channels (Howard et al. 2017)."""

    word: ClassVar[str] = "separable"
    label: ClassVar[str] = "depthwise separable"
    maps: Maps
    kernel: OddKernel = 3
    stride: OneStride = 1


@dataclass(frozen=True)
class InvertedResidual(Layer):
    """Expand 1×1, convolve depthwise, project 1×1; the input is added where it fits (Sandler et al. 2018: MBConv)."""

    word: ClassVar[str] = "mbconv"
    label: ClassVar[str] = "MBConv"
    maps: Maps
    kernel: OddKernel = 3
    stride: OneStride = 1
    expansion: Annotated[int, IntField("e", "expansion", 1, 64)] = 6


KINDS: tuple[type[Layer], ...] = (
    *(Convolution, LocallyConnected, FullyConnected),
    *(MaxPool, AveragePool, AdaptiveAveragePool, Flatten),
    *(ReLU, ReLU6, Sigmoid, Tanh, Softmax),
    *(Dropout, BatchNorm, LocalResponseNorm),
    *(BasicBlock, DepthwiseSeparable, InvertedResidual),
)


def _fields(kind: type[Layer]) -> dict[str, Field[Any]]:
    hints = get_type_hints(kind, include_extras=True)
    return {each.name: hints[each.name].__metadata__[0] for each in fields(kind)}


_FORMS = {kind: _fields(kind) for kind in KINDS}


@dataclass(frozen=True)
class Stack:
    """An input and the layers on top of it, in order.

    Shapes: `takes` (channels, rows, columns), or (numbers,) of a flat input.
    Raises: ValueError naming the argument, its value and the limit.
    """

    takes: Shape
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        if len(self.takes) not in (1, 3):
            raise ValueError(
                f"the input must be channels, rows and columns, or one number of inputs, got {short(self.takes)}"
            )
        for size, most in zip(self.takes, (MOST, MOST_SIDE, MOST_SIDE), strict=False):
            if not 1 <= size <= most:
                raise ValueError(f"the input must hold sizes from 1 to {most:,}, got {short(size)}")
        if len(self.layers) > MOST_LAYERS:
            raise ValueError(f"layers must be at most {MOST_LAYERS}, got {len(self.layers)}")
