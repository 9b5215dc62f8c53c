"""What every kind of layer says of itself: its fields, output shape, costs, windows, and the call that builds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from math import prod
from typing import TYPE_CHECKING, Any, ClassVar, Self, get_type_hints

from visualizer.engine.arguments import short
from visualizer.engine.geometry import Pair
from visualizer.engine.stacks.fields import Field
from visualizer.engine.stacks.receptive_field import Window

if TYPE_CHECKING:
    from visualizer.engine.stacks.layers.blocks import Branches

Shape = tuple[int, ...]
"""(channels, rows, columns) of maps, or (numbers,) of a flat layer; one example, without its batch."""
BYTES = 4
"""Of a number in float32."""


def shape_text(shape: Shape) -> str:
    """A shape as people write it: 8 × 28 × 28, or 10."""
    return " × ".join(f"{size:,}" for size in shape)


@dataclass(frozen=True)
class Worked:
    """A count, its formula in words, and the formula with its numbers: 5 · 5 · 1 · 8 + 8 = 208."""

    value: int
    symbols: str
    numbers: str


@dataclass(frozen=True)
class Call:
    """The module `name`, built with arguments by position and by name; what is as by default in torch is left out."""

    name: str
    by_place: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Layer:
    """A layer. A kind of layer is a subclass: it declares its fields, and overrides what is not as for a layer that
    keeps its input's shape and has no weights.

    Raises: ValueError naming the field, its value and the limit.
    """

    word: ClassVar[str]
    """In a stack's text."""
    label: ClassVar[str]
    """For people."""
    short: ClassVar[str] = ""
    """For an image with little room; the word where it is empty."""
    plural: ClassVar[str] = ""
    """What all layers of the kind are called, where they have weights."""
    start: ClassVar[str] = ""
    """What follows the word when a layer is added; {channels} are those that it takes."""
    needs_maps: ClassVar[bool] = False
    modules: ClassVar[tuple[str, ...]]
    """The modules that build it: torch's, or those of `code/modules.py`."""
    inputs: ClassVar[str] = ""
    """The module's argument for the channels that come in, which a stack says nowhere."""
    fixed: ClassVar[Mapping[str, object]] = {}
    """Arguments of the module that must have this value."""
    implied: ClassVar[tuple[str, ...]] = ()
    """Arguments of the module that follow from the rest."""

    def __post_init__(self) -> None:
        for name, form in fields_of(type(self)).items():
            form.check(getattr(self, name))

    @property
    def given(self) -> dict[str, Any]:
        """The fields without a default, and those that are not as by default."""
        required = {each.name: getattr(self, each.name) for each in fields(self) if each.default is MISSING}
        usual = type(self)(**required)
        values = {name: getattr(self, name) for name in fields_of(type(self))}
        return {name: value for name, value in values.items() if name in required or value != getattr(usual, name)}

    def output_shape(self, takes: Shape) -> Shape:
        """The shape that the layer gives for an input of this shape.

        Raises: ValueError, in words, where the layer can't take it.
        """
        if self.needs_maps and len(takes) == 1:
            raise ValueError(
                f"it needs maps (channels × rows × columns), but gets a flat row of {takes[0]:,} numbers: "
                "move it before the flatten"
            )
        return self._gives(takes)

    def _gives(self, takes: Shape) -> Shape:
        return takes

    def shape_formula(self, takes: Shape, gives: Shape) -> str:
        """How the output's shape is computed."""
        return f"as before: {shape_text(gives)}"

    def parameters(self, takes: Shape, gives: Shape) -> Worked:
        """Weights and biases that are learned."""
        return Worked(0, "nothing to learn", "0")

    def multiply_adds(self, takes: Shape, gives: Shape) -> Worked:
        """Products that are added up; a bias is an addition alone and is not counted."""
        return Worked(0, "counted for convolutions and connected layers only", "0")

    def memory(self, gives: Shape) -> Worked:
        """Bytes of the output."""
        return memory_of(gives)

    def reads(self, takes: Shape, places: Pair) -> list[tuple[Window, Window]]:
        """The windows that it reads, one after the other in a block; rows and columns of each.

        `places`: how many numbers lie side by side in the input, by rows and by columns.
        """
        return []

    def branches(self, channels: int) -> Branches | None:
        """Of a block over an input of so many channels: the layers that it is made of."""
        return None

    def call(self, takes: Shape) -> Call:
        """The call that builds it for an input of this shape: a field without a letter goes by position."""
        by_place: list[object] = [takes[0]] if self.inputs else []
        named: dict[str, object] = {}
        given = self.given
        for name, form in fields_of(type(self)).items():
            value = form.literal(getattr(self, name))
            if not form.letter:
                by_place.append(value)
            elif name in given:
                named[form.keyword] = value
        return Call(self.modules[0], tuple(by_place), named)

    @classmethod
    def read(cls, given: Mapping[str, object]) -> Self:
        """The layer that its module's arguments stand for; those that are as by default may be left out.

        Raises: ValueError naming the argument, its value and what is wanted.
        """
        for name, value in cls.fixed.items():
            if given.get(name, value) != value:
                raise ValueError(f"{name} must be {short(value)} here, got {short(given[name])}")
        return cls(
            **{
                name: form.read_literal(given[form.keyword])
                for name, form in fields_of(cls).items()
                if form.keyword in given
            }
        )


def fields_of(kind: type[Layer]) -> dict[str, Field[Any]]:
    """The numbers that a kind of layer has, by the names of its fields."""
    if kind not in _FIELDS:
        hints = get_type_hints(kind, include_extras=True)
        _FIELDS[kind] = {each.name: hints[each.name].__metadata__[0] for each in fields(kind)}
    return _FIELDS[kind]


_FIELDS: dict[type[Layer], dict[str, Field[Any]]] = {}


def memory_of(gives: Shape) -> Worked:
    """Bytes of an output of this shape."""
    return worked(BYTES * prod(gives), f"numbers of the output · {BYTES} bytes", f"{product(*gives)} · {BYTES}")


def product(*factors: int) -> str:
    return " · ".join(f"{factor:,}" for factor in factors)


def worked(value: int, words: str, numbers: str, biases: int = 0) -> Worked:
    """A count with its formula; the biases are added where there are any."""
    if not biases:
        return Worked(value, words, f"{numbers} = {value:,}")
    return Worked(value + biases, f"{words} + biases", f"{numbers} + {biases:,} = {value + biases:,}")
