"""A typed sequence -> the vectors that the cell reads, what people call them, and the targets that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from visualizer.inputs.array_text import ArrayError
from visualizer.inputs.arrays import read_list
from visualizer.inputs.text import shown
from visualizer.lessons.recurrent.settings import MOST_MAPPED_INPUTS, MOST_STEPS, NUMBERS, SYMBOLS, RecurrentSettings
from visualizer.lessons.recurrent.weight_set import WeightSet

LARGEST = 1e6
_LEAST_SYMBOLS = 2


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
    read before it. Raises: ValueError in words, with the limit.
    """
    if settings.sequence_of == NUMBERS:
        return _numbers(settings.series, most, task)
    symbols = list(settings.text) if settings.sequence_of == SYMBOLS else settings.text.split()
    what = "characters" if settings.sequence_of == SYMBOLS else "words"
    _check_length(len(symbols), what, most)
    known = task.vocabulary if task and task.vocabulary else tuple(dict.fromkeys(symbols))
    if len(known) > MOST_MAPPED_INPUTS:
        raise ValueError(f"the text has {len(known)} different {what}; at most {MOST_MAPPED_INPUTS} are read")
    if len(known) < _LEAST_SYMBOLS:
        raise ValueError(
            f"a text of one symbol leaves nothing to predict: use at least {_LEAST_SYMBOLS} different {what}"
        )
    if missing := [symbol for symbol in symbols if symbol not in known]:
        raise ValueError(f"these weights don't know “{shown(missing[0])}”: they know {_listed(known)}")
    rows = torch.eye(len(known), dtype=torch.float64)[[known.index(symbol) for symbol in symbols]]
    if task and task.targets:
        return Sequence(rows, task.targets(symbols), tuple(symbols), known, task.outputs)
    return Sequence(rows[:-1], rows[1:], tuple(symbols[:-1]), known, known)


def _numbers(series: str, most: int, task: WeightSet | None) -> Sequence:
    found = _listed_numbers(series, "*" if task and task.marked else "")
    parts = [part for part, _ in found]
    _check_length(len(parts), "numbers", most)
    values = torch.tensor([value for _, value in found], dtype=torch.float64)
    names = tuple(part.replace("-", "−") for part in parts)
    if task and task.targets:
        marks = torch.tensor([float(part.endswith("*")) for part in parts], dtype=torch.float64)
        return Sequence(torch.stack([values, marks], dim=1), task.targets(parts), names, (), ())
    return Sequence(values[:-1, None], values[1:, None], names[:-1], (), ())


def _listed_numbers(series: str, marks: str) -> list[tuple[str, float]]:
    try:
        return read_list(series, limit=LARGEST, marks=marks) if series.strip() else []
    except ArrayError as error:
        raise ValueError(str(error).removesuffix(".")) from None


def _check_length(count: int, what: str, most: int) -> None:
    """One more than the time steps: the last is only predicted."""
    if count < 2:
        raise ValueError(f"a sequence has at least 2 {what}: one to read and one to predict; this has {count}")
    if count > most + 1:
        further = "; Maps shows more" if most == MOST_STEPS else ""
        raise ValueError(f"this sequence has {count} {what}; at most {most + 1} are read here{further}")


def _listed(symbols: tuple[str, ...]) -> str:
    return ", ".join(f"“{symbol}”" for symbol in symbols)
