"""The activations: functions of each number alone, and the softmax over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

from visualizer.engine.arguments import short
from visualizer.engine.geometry import Pair
from visualizer.engine.stacks.fields import FractionField
from visualizer.engine.stacks.layers.layer import Call, Layer, Shape
from visualizer.engine.stacks.receptive_field import Window, everything


@dataclass(frozen=True)
class ReLU(Layer):
    word: ClassVar[str] = "relu"
    label: ClassVar[str] = "ReLU"
    modules: ClassVar[tuple[str, ...]] = ("ReLU",)


@dataclass(frozen=True)
class ReLU6(Layer):
    word: ClassVar[str] = "relu6"
    label: ClassVar[str] = "ReLU6"
    modules: ClassVar[tuple[str, ...]] = ("ReLU6",)


@dataclass(frozen=True)
class LeakyReLU(Layer):
    word: ClassVar[str] = "leakyrelu"
    label: ClassVar[str] = "leaky ReLU"
    modules: ClassVar[tuple[str, ...]] = ("LeakyReLU",)
    slope: Annotated[float, FractionField("", "slope", argument="negative_slope")] = 0.01


@dataclass(frozen=True)
class ELU(Layer):
    word: ClassVar[str] = "elu"
    label: ClassVar[str] = "ELU"
    modules: ClassVar[tuple[str, ...]] = ("ELU",)
    fixed: ClassVar[Mapping[str, object]] = {"alpha": 1.0}


@dataclass(frozen=True)
class GELU(Layer):
    word: ClassVar[str] = "gelu"
    label: ClassVar[str] = "GELU"
    modules: ClassVar[tuple[str, ...]] = ("GELU",)


@dataclass(frozen=True)
class SiLU(Layer):
    word: ClassVar[str] = "silu"
    label: ClassVar[str] = "SiLU"
    modules: ClassVar[tuple[str, ...]] = ("SiLU",)


@dataclass(frozen=True)
class Sigmoid(Layer):
    word: ClassVar[str] = "sigmoid"
    label: ClassVar[str] = "sigmoid"
    modules: ClassVar[tuple[str, ...]] = ("Sigmoid",)


@dataclass(frozen=True)
class Tanh(Layer):
    word: ClassVar[str] = "tanh"
    label: ClassVar[str] = "tanh"
    modules: ClassVar[tuple[str, ...]] = ("Tanh",)


@dataclass(frozen=True)
class Softmax(Layer):
    """Over the numbers of a flat layer, or over the channels at every place."""

    word: ClassVar[str] = "softmax"
    label: ClassVar[str] = "softmax"
    modules: ClassVar[tuple[str, ...]] = ("Softmax",)
    implied: ClassVar[tuple[str, ...]] = ("dim",)

    def reads(self, takes: Shape, places: Pair) -> list[tuple[Window, Window]]:
        return everything(places) if len(takes) == 1 else []

    def call(self, takes: Shape) -> Call:
        return Call(self.modules[0], named={"dim": 1})

    @classmethod
    def read(cls, given: Mapping[str, object]) -> Self:
        if (dim := given.get("dim")) not in (None, 1, -1):
            raise ValueError(f"dim must be 1 here, got {short(dim)}")
        return super().read(given)


@dataclass(frozen=True)
class LogSoftmax(Softmax):
    """The logarithm of the softmax, as the negative log-likelihood takes it."""

    word: ClassVar[str] = "logsoftmax"
    label: ClassVar[str] = "log softmax"
    modules: ClassVar[tuple[str, ...]] = ("LogSoftmax",)
