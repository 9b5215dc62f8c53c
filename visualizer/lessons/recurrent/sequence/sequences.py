"""A typed sequence -> the vectors that the cell reads, what people call them, and the targets that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from visualizer.inputs.arrays.arrays import read_list
from visualizer.inputs.arrays.text import ArrayError
from visualizer.lessons.recurrent.settings import (
    MAX_INPUTS,
    MAX_MAPPED_INPUTS,
    MAX_STEPS,
    NO_OUTPUT,
    NUMBERS,
    SYMBOLS,
    VECTORS,
    RecurrentSettings,
)
from visualizer.lessons.recurrent.weights.weight_set import WeightSet
from visualizer.text.plain import shown

LARGEST = 1e6
_MIN_SYMBOLS = 2
_VECTORS_SEED = 0


@dataclass(frozen=True)
class Sequence:
    """What is read, a row a time step, with its names; `targets` is what comes next at each step.

    Shapes: x (T, inputs); targets (T, outputs). `vocabulary` is empty where numbers are read, and `outputs`, what the
    outputs stand for, where they are numbers.
    """

    x: Tensor
    targets: Tensor
    symbols: tuple[str, ...]
    vocabulary: tuple[str, ...]
    outputs: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The symbols as they are read out: a blank would not be seen."""
        return tuple(f"“{symbol}”" for symbol in self.symbols) if self.vocabulary else self.symbols

    @property
    def classes(self) -> Tensor | None:
        """The number of the output that is wanted, (T,); None where that is no class."""
        return self.targets.argmax(dim=1) if self.outputs else None

    def without_targets(self, outputs: int) -> Sequence:
        """The same for a net whose outputs are others: they are wanted to be 0."""
        return replace(self, targets=torch.zeros(len(self.x), outputs, dtype=torch.float64), outputs=())


def read_sequence(settings: RecurrentSettings, most: int, task: WeightSet | None = None) -> Sequence:
    """The sequence that the settings name: in the symbols of the weights' task, or else in its own.

    Unless the task says what is wanted, the last symbol is what the step before it is to predict; `most` time steps are
    read before it. Without an output all symbols are read. Raises: ValueError in words, with the limit.
    """
    predicted = 0 if settings.readout == NO_OUTPUT else 1
    if settings.sequence_of == VECTORS:
        return _vectors(settings.steps, settings.inputs)
    if settings.sequence_of == NUMBERS:
        return _numbers(settings.series, most, task, predicted)
    symbols = list(settings.text) if settings.sequence_of == SYMBOLS else settings.text.split()
    what = "characters" if settings.sequence_of == SYMBOLS else "words"
    _check_length(len(symbols), what, most, predicted)
    known = task.vocabulary if task and task.vocabulary else tuple(dict.fromkeys(symbols))
    if len(known) > MAX_MAPPED_INPUTS:
        raise ValueError(f"the text has {len(known)} different {what}; at most {MAX_MAPPED_INPUTS} are read")
    if predicted and len(known) < _MIN_SYMBOLS:
        raise ValueError(
            f"a text of one symbol leaves nothing to predict: use at least {_MIN_SYMBOLS} different {what}"
        )
    if missing := [symbol for symbol in symbols if symbol not in known]:
        raise ValueError(f"these weights don't know “{shown(missing[0])}”: they know {_listed(known)}")
    rows = torch.eye(len(known), dtype=torch.float64)[[known.index(symbol) for symbol in symbols]]
    if task and task.targets:
        return Sequence(rows, task.targets(symbols), tuple(symbols), known, task.outputs)
    return _followed(rows, tuple(symbols), known, known, predicted)


def _followed(
    rows: Tensor, names: tuple[str, ...], vocabulary: tuple[str, ...], outputs: tuple[str, ...], predicted: int
) -> Sequence:
    """Rows whose targets are the rows that follow; without an output there is none, and all rows are read."""
    if predicted:
        return Sequence(rows[:-1], rows[1:], names[:-1], vocabulary, outputs)
    return Sequence(rows, torch.zeros_like(rows), names, vocabulary, outputs)


def _vectors(steps: int, inputs: int) -> Sequence:
    """Vectors to start from, in tenths; the visitor's own are laid over them. Each is to give the next, the last 0."""
    generator = torch.Generator().manual_seed(_VECTORS_SEED)
    x = ((torch.rand(MAX_STEPS, MAX_INPUTS, generator=generator, dtype=torch.float64) * 2 - 1) * 10).round() / 10 + 0.0
    rows = x[:steps, :inputs].contiguous()
    targets = torch.cat([rows[1:], torch.zeros_like(rows[:1])])
    return Sequence(rows, targets, tuple(f"x{t + 1}" for t in range(steps)), (), ())


def _numbers(series: str, most: int, task: WeightSet | None, predicted: int) -> Sequence:
    found = _listed_numbers(series, "*" if task and task.marked else "")
    parts = [part for part, _ in found]
    _check_length(len(parts), "numbers", most, predicted)
    values = torch.tensor([value for _, value in found], dtype=torch.float64)
    names = tuple(part.replace("-", "−") for part in parts)
    if task and task.targets:
        marks = torch.tensor([float(part.endswith("*")) for part in parts], dtype=torch.float64)
        return Sequence(torch.stack([values, marks], dim=1), task.targets(parts), names, (), ())
    return _followed(values[:, None], names, (), (), predicted)


def _listed_numbers(series: str, marks: str) -> list[tuple[str, float]]:
    try:
        return read_list(series, limit=LARGEST, marks=marks) if series.strip() else []
    except ArrayError as error:
        raise ValueError(str(error).removesuffix(".")) from None


def _check_length(count: int, what: str, most: int, predicted: int) -> None:
    """As many as the time steps, and with an output one more, which is only predicted."""
    if predicted and count < 2:
        raise ValueError(f"a sequence has at least 2 {what}: one to read and one to predict; this has {count}")
    if not count:
        raise ValueError(f"a sequence has at least 1 of the {what}; this is empty")
    if count > most + predicted:
        further = "; Maps shows more" if most == MAX_STEPS else ""
        raise ValueError(f"this sequence has {count} {what}; at most {most + predicted} are read here{further}")


def _listed(symbols: tuple[str, ...]) -> str:
    return ", ".join(f"“{symbol}”" for symbol in symbols)
