"""The layers without windows: fully connected ones, flattening, dropout, normalisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Annotated, ClassVar

from visualizer.engine.geometry import Pair
from visualizer.engine.stacks.fields import FractionField, IntField
from visualizer.engine.stacks.layers.layer import Call, Layer, Shape, Worked, product, shape_text, worked
from visualizer.engine.stacks.layers.windowed import Bias
from visualizer.engine.stacks.receptive_field import Window, everything


@dataclass(frozen=True)
class FullyConnected(Layer):
    """Every unit has a weight for every number of a flat layer."""

    word: ClassVar[str] = "fc"
    label: ClassVar[str] = "fully connected"
    short: ClassVar[str] = "full"
    plural: ClassVar[str] = "fully connected layers"
    start: ClassVar[str] = "10"
    modules: ClassVar[tuple[str, ...]] = ("Linear",)
    inputs: ClassVar[str] = "in_features"
    units: Annotated[int, IntField("", "units", argument="out_features")]
    bias: Bias = True

    def _gives(self, takes: Shape) -> Shape:
        if len(takes) == 3:
            raise ValueError(f"it needs a flat row of numbers, but gets maps, {shape_text(takes)}: flatten them first")
        return (self.units,)

    def shape_formula(self, takes: Shape, gives: Shape) -> str:
        return f"one number a unit: {self.units:,}"

    def parameters(self, takes: Shape, gives: Shape) -> Worked:
        numbers = product(takes[0], self.units)
        return worked(takes[0] * self.units, "inputs · units", numbers, self.units if self.bias else 0)

    def multiply_adds(self, takes: Shape, gives: Shape) -> Worked:
        return worked(takes[0] * self.units, "inputs · units", product(takes[0], self.units))

    def reads(self, takes: Shape, places: Pair) -> list[tuple[Window, Window]]:
        return everything(places)


@dataclass(frozen=True)
class Flatten(Layer):
    word: ClassVar[str] = "flatten"
    label: ClassVar[str] = "flatten"
    modules: ClassVar[tuple[str, ...]] = ("Flatten",)
    fixed: ClassVar[Mapping[str, object]] = {"start_dim": 1, "end_dim": -1}

    def _gives(self, takes: Shape) -> Shape:
        return (prod(takes),)

    def shape_formula(self, takes: Shape, gives: Shape) -> str:
        return f"{product(*takes)} = {gives[0]:,}"

    def memory(self, gives: Shape) -> Worked:
        return Worked(0, "the same numbers, seen as one row", "0")


@dataclass(frozen=True)
class Dropout(Layer):
    word: ClassVar[str] = "dropout"
    label: ClassVar[str] = "dropout"
    modules: ClassVar[tuple[str, ...]] = ("Dropout",)
    share: Annotated[float, FractionField("", "share", argument="p")] = 0.5


@dataclass(frozen=True)
class BatchNorm(Layer):
    """Batch normalisation with a scale and a shift per channel (Ioffe & Szegedy 2015)."""

    word: ClassVar[str] = "bn"
    label: ClassVar[str] = "batch normalisation"
    plural: ClassVar[str] = "batch normalisations"
    modules: ClassVar[tuple[str, ...]] = ("BatchNorm2d", "BatchNorm1d")
    inputs: ClassVar[str] = "num_features"
    fixed: ClassVar[Mapping[str, object]] = {"affine": True}

    def parameters(self, takes: Shape, gives: Shape) -> Worked:
        return worked(2 * takes[0], "a scale and a shift for each channel", product(2, takes[0]))

    def call(self, takes: Shape) -> Call:
        return Call(self.modules[0 if len(takes) == 3 else 1], (takes[0],))


@dataclass(frozen=True)
class LocalResponseNorm(Layer):
    """Local response normalisation over neighbouring channels (Krizhevsky et al. 2012, section 3.3)."""

    word: ClassVar[str] = "lrn"
    label: ClassVar[str] = "local response normalisation"
    needs_maps: ClassVar[bool] = True
    modules: ClassVar[tuple[str, ...]] = ("LocalResponseNorm",)
    size: Annotated[int, IntField("", "channels", argument="size")] = 5
