"""Weights that come with the lesson, by hand or trained: what they do, and the sequence that shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from torch import Tensor

from visualizer.engine.sequences.model import SequenceModel


@dataclass(frozen=True)
class WeightSet:
    """Weights for one task.

    `sequence_of` and `example` are the sequence that shows what they do; `vocabulary` the symbols that they know.
    `make` gives the model for "rnn" or "lstm". Where the output is not the symbol that follows, `targets` gives what it
    is to be, (time, outputs), from the symbols or numbers read, and `outputs` what people call it. `marked`: a * behind
    a number is a second input. `answers_last`: only the output of the last time step counts.
    """

    about: str
    sequence_of: str
    example: str
    vocabulary: tuple[str, ...]
    make: Callable[[str], SequenceModel]
    outputs: tuple[str, ...] = ()
    targets: Callable[[Sequence[str]], Tensor] | None = None
    marked: bool = False
    answers_last: bool = False


@dataclass(frozen=True, eq=False)
class OwnNet:
    """A model, a line that says where it is from, and, where it was trained on a task, that task's set."""

    model: SequenceModel
    note: str
    task: WeightSet | None = None
