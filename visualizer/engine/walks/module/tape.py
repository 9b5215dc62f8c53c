"""The forward pass under way: the arrays so far, and the steps that write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, nn

from visualizer.engine.trace.operations import Expression, Ref
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.trace.trace import Phase, Step

Place = tuple[int, ...]
Matrix = tuple[str | Ref, ...]
"""A step for a whole layer, in matrix notation."""
MAX_IN_MATRICES = 100
"""Numbers of a weight matrix that is written out."""


@dataclass
class Tape:
    """What layers write to: `array` for numbers that are given, `write` for those that steps give.

    `layer` names the layer under way, for titles and longer strides. `learned` are the parameters and `wanted` all
    arrays whose gradients are asked for; `constants` pass none on. `shared` holds the names of parameters by identity,
    so that a weight in two places is one array. `examples` is, by array, the axis that counts examples.
    """

    arrays: dict[str, Tensor] = field(default_factory=dict)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    examples: dict[str, int | None] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    constants: set[str] = field(default_factory=set)
    shared: dict[int, str] = field(default_factory=dict)
    layer: str = ""

    def array(self, name: str, values: Tensor, symbol: Symbol) -> str:
        self.arrays[name] = values.detach().to(torch.float64)
        self.symbols[name] = symbol
        return name

    def parameter(self, path: str, name: str, values: Tensor, letter: str, mark: str | None = None) -> str:
        """A parameter, under its name in the `state_dict`; the first one where layers share it.

        `mark` stands above its letter; without one, the path does.
        """
        known = self.shared.get(id(values))
        if known is not None:
            return known
        full = joined(path, name)
        self.shared[id(values)] = full
        self.wanted.append(full)
        axes, above = tuple(range(values.dim())), path if mark is None else mark
        symbol = Symbol(letter, below=axes, above=(above,) if above else (), matrix=_matrix(letter, above))
        return self.array(full, as_written(values), symbol)

    def constant(self, path: str, name: str, value: Tensor | float, letter: str) -> str:
        full = joined(path, name)
        self.constants.add(full)
        values = torch.as_tensor(value, dtype=torch.float64)
        below = tuple(range(values.dim()))
        return self.array(full, values, Symbol(letter, below=below, above=(path,) if path else (), matrix=letter))

    def write(
        self,
        name: str,
        values: Tensor,
        letter: str,
        expression_at: Callable[[Place], Expression],
        *,
        path: str,
        title: str,
        note: str,
        example: int | None,
        phase: Phase = "forward",
        matrix_at: Callable[[Place], Matrix] = lambda _: (),
    ) -> str:
        """An array with a step for each number: `title` has the fields {symbol}, {place} or {channel} with
        {spot}, and {on}.

        `example` is the axis that counts examples; `matrix_at` writes the step for a whole layer.
        """
        self.declare(name, values, letter, path=path, example=example)
        for index in places(values.shape):
            matrix = matrix_at(index)
            self.step(name, index, expression_at(index), title=title, note=note, phase=phase, matrix=matrix)
        return name

    def declare(self, name: str, values: Tensor, letter: str, *, path: str, example: int | None) -> str:
        """An array whose steps come one by one."""
        self.examples[name] = example
        counted = example is not None and values.shape[example] > 1
        axes = tuple(axis for axis in range(values.dim()) if axis != example)
        above, matrix = (path,) if path else (), _matrix(letter, path)
        return self.array(name, values, Symbol(letter, axes, above, example if counted else None, matrix=matrix))

    def step(
        self,
        name: str,
        index: Place,
        expression: Expression,
        *,
        title: str,
        note: str,
        phase: Phase = "forward",
        matrix: Matrix = (),
    ) -> None:
        """A step that writes one number of a declared array."""
        symbol = self.symbols[name]
        on = "" if symbol.example is None else f" on example {index[symbol.example] + 1}"
        parts = [str(index[axis] + 1) for axis in symbol.below if isinstance(axis, int)]
        place, channel = ", ".join(parts), parts[0] if parts else ""
        words = title.format(symbol=symbol.text(index), place=place, channel=channel, spot=_spot(parts), on=on)
        unit = f"{channel}{on}"
        self.steps.append(Step(Ref(name, index), expression, phase, words, note, self.layer, unit, matrix))


Rule = Callable[[Tape, nn.Module, str, str], str]
RULES: dict[type[nn.Module], Rule] = {}
"""By the layer's class: what writes its forward pass to the tape, and returns the name of its output.

A rule takes the tape, the layer, the layer's path in the whole, and the name of its input.
"""


def walks(*kinds: type[nn.Module]) -> Callable[[Rule], Rule]:
    """Registers a rule for layers of these classes."""

    def registered(rule: Rule) -> Rule:
        RULES.update(dict.fromkeys(kinds, rule))
        return rule

    return registered


def joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def places(shape: tuple[int, ...]) -> Iterator[Place]:
    """Every index of an array, the last axis fastest."""
    yield from np.ndindex(*shape)


def at(name: str, index: Place) -> Ref:
    return Ref(name, index)


def row_at(name: str, index: Place) -> Ref:
    """The row of an array that a number stands in: its whole last axis."""
    return Ref(name, (*index[:-1], slice(None)))


def maybe(name: str | None, place: int) -> Ref | None:
    """A number of an array that there may be, such as a bias."""
    return None if name is None else Ref(name, (place,))


SHORT = 5
"""Digits of a decimal that somebody wrote by hand."""


def as_written(values: Tensor) -> Tensor:
    """float64; numbers of less precision that all are short decimals (0.05) as those decimals, others exactly."""
    given = values.detach().cpu()
    exact = given.to(torch.float64) + 0.0
    if given.dtype not in (torch.float32, torch.float16, torch.bfloat16) or not given.numel():
        return exact
    digits = f".{SHORT - 1}e"
    decimals = [float(format(number, digits)) for number in exact.reshape(-1).tolist()]
    short = torch.tensor(decimals, dtype=torch.float64).reshape(exact.shape)
    return short if torch.equal(short.to(given.dtype), given) else exact


def _spot(parts: list[str]) -> str:
    """Where a number stands in its map, in words; "" of a number that stands in none."""
    if len(parts) == 3:
        return f" at row {parts[1]}, column {parts[2]}"
    return f" at position {parts[1]}" if len(parts) == 2 else ""


def _matrix(letter: str, path: str) -> str:
    return f"{letter}^[{path}]" if path else letter
