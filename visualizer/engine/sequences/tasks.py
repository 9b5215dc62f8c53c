"""Tasks for recurrent nets, small enough to train while one watches: what goes in, and what is to come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

Loss = Literal["cross-entropy", "squared"]

REMEMBERED = ("A", "B", "C", "D")
DEEPEST = 5
"""How many brackets are open at once, at most."""
NEAR = 0.08
"""How far from the target a number may be and still count as right."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Sequences side by side, what is to come out, and the times at which the loss asks for it.

    Shapes: x (time, batch, inputs) float32; targets (time, batch), the index of an output, or, for the squared loss,
    (time, batch, outputs) float32; counted (time,) bool.
    """

    x: Tensor
    targets: Tensor
    counted: Tensor


@dataclass(frozen=True, eq=False)
class Task:
    """What a recurrent net is to learn.

    `inputs` and `outputs` name what each number of x and of z stands for; for symbols (`one_hot`), an input is 1 where
    it is that symbol and 0 elsewhere. `length_name` says what the length of a sequence is called, and `lengths` what it
    may be: least, usual, most. `draw` makes a batch from a generator, its size and the length.
    """

    name: str
    label: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    loss: Loss
    length_name: str
    lengths: tuple[int, int, int]
    draw: Callable[[torch.Generator, int, int], Batch]

    @property
    def one_hot(self) -> bool:
        return self.loss == "cross-entropy"

    def batch(self, generator: torch.Generator, size: int, length: int | None = None) -> Batch:
        """Sequences drawn by the generator, of the usual length unless told.

        Raises: ValueError naming the argument, its value and the limit.
        """
        least, usual, most = self.lengths
        length = usual if length is None else length
        if size < 1:
            raise ValueError(f"size must be at least 1, got {size}")
        if not least <= length <= most:
            raise ValueError(f"{self.length_name} must be from {least} to {most}, got {length}")
        return self.draw(generator, size, length)

    def encode(self, symbols: str | list[str]) -> Tensor:
        """One sequence of symbols as x (time, inputs), float32.

        Raises: ValueError for a task whose inputs are no symbols, for no symbol, and for one that it does not have.
        """
        if not self.one_hot:
            raise ValueError(f"the task {self.name} reads numbers, not symbols")
        if not symbols:
            raise ValueError("symbols must be at least 1, got none")
        for symbol in symbols:
            if symbol not in self.inputs:
                raise ValueError(f"symbols must be among {' '.join(self.inputs)}, got {symbol[:20]!r}")
        return one_hot(torch.tensor([self.inputs.index(symbol) for symbol in symbols]), len(self.inputs))


def one_hot(indices: Tensor, classes: int) -> Tensor:
    """Shape (…,) to (…, classes), float32."""
    return functional.one_hot(indices, classes).float()


def _remember(generator: torch.Generator, size: int, delay: int) -> Batch:
    """The symbol, `delay` blanks, the question."""
    between = torch.full((delay, size), len(REMEMBERED))
    return _remembered(between, len(REMEMBERED) + 2, generator)


def _distracted(generator: torch.Generator, size: int, delay: int) -> Batch:
    """The symbol, `delay` small letters that say nothing, the question."""
    symbols = len(REMEMBERED)
    between = torch.randint(symbols, 2 * symbols, (delay, size), generator=generator)
    return _remembered(between, 2 * symbols + 1, generator)


def _remembered(between: Tensor, inputs: int, generator: torch.Generator) -> Batch:
    """What is between the symbol and the question, which is the last input; shape (delay, batch)."""
    first = torch.randint(len(REMEMBERED), between.shape[1:], generator=generator)
    read = torch.stack((first, *between, torch.full_like(first, inputs - 1)))
    return Batch(one_hot(read, inputs), first.expand_as(read), _only_last(len(read)))


def _brackets(generator: torch.Generator, size: int, length: int) -> Batch:
    """At every time: 2 in 5 it opens, 2 in 5 it closes, 1 in 5 or where neither is possible it is a letter."""
    wishes = torch.randint(5, (length, size), generator=generator)
    letters = torch.randint(2, 5, (length, size), generator=generator)
    depth, read, depths = torch.zeros(size, dtype=torch.long), [], []
    for wish, letter in zip(wishes, letters, strict=True):
        opens = (wish < 2) & (depth < DEEPEST)
        closes = (wish >= 2) & (wish < 4) & (depth > 0)
        depth = depth + opens.long() - closes.long()
        read.append(torch.where(opens, 0, torch.where(closes, 1, letter)))
        depths.append(depth)
    return Batch(one_hot(torch.stack(read), 5), torch.stack(depths), torch.ones(length, dtype=torch.bool))


def _adding(generator: torch.Generator, size: int, length: int) -> Batch:
    """One of the numbers is marked in each half."""
    numbers = torch.rand(length, size, generator=generator)
    half = length // 2
    early = torch.randint(half, (size,), generator=generator)
    late = torch.randint(half, length, (size,), generator=generator)
    marks = one_hot(early, length).T + one_hot(late, length).T
    sums = (numbers * marks).sum(0)
    x = torch.stack((numbers, marks), dim=-1)
    return Batch(x, sums.expand(length, size)[..., None], _only_last(length))


def _only_last(length: int) -> Tensor:
    return torch.arange(length) == length - 1


def characters(text: str, vocabulary: str) -> Task:
    """The task of saying the next character of a text, at every time; pieces start anywhere in it.

    Raises: ValueError for a text that is too short, or has a character that is not in the vocabulary.
    """
    lengths = (1, 64, 200)
    if len(text) < lengths[2] + 2:
        raise ValueError(f"text must have at least {lengths[2] + 2} characters, got {len(text)}")
    if unknown := sorted(set(text) - set(vocabulary)):
        raise ValueError(f"text must hold characters of the vocabulary only, got {unknown[0]!r}")
    indices = torch.tensor([vocabulary.index(character) for character in text])

    def draw(generator: torch.Generator, size: int, length: int) -> Batch:
        starts = torch.randint(len(indices) - length, (size,), generator=generator)
        pieces = indices[starts + torch.arange(length + 1)[:, None]]
        return Batch(one_hot(pieces[:-1], len(vocabulary)), pieces[1:], torch.ones(length, dtype=torch.bool))

    names = tuple(vocabulary)
    return Task("characters", "Next character", names, names, "cross-entropy", "length", lengths, draw)


REMEMBER = Task(
    "remember",
    "Remember the first symbol",
    (*REMEMBERED, "·", "?"),
    REMEMBERED,
    "cross-entropy",
    "delay",
    (1, 20, 50),
    _remember,
)
DISTRACTED = Task(  # Closer to Hochreiter & Schmidhuber 1997, experiment 2, than blanks are.
    "distracted",
    "Remember it among other letters",
    (*REMEMBERED, "a", "b", "c", "d", "?"),
    REMEMBERED,
    "cross-entropy",
    "delay",
    (1, 20, 50),
    _distracted,
)
BRACKETS = Task(
    "brackets",
    "Count open brackets",
    ("(", ")", "a", "b", "c"),
    tuple(str(depth) for depth in range(DEEPEST + 1)),
    "cross-entropy",
    "length",
    (1, 30, 100),
    _brackets,
)
ADDING = Task(  # Hochreiter & Schmidhuber 1997, experiment 4; we take numbers from 0 to 1 and the sum unscaled.
    "adding", "Add the two marked numbers", ("number", "mark"), ("sum",), "squared", "length", (2, 20, 100), _adding
)
TASKS = {task.name: task for task in (REMEMBER, DISTRACTED, BRACKETS, ADDING)}
"""The tasks that need no text, by name; `character_tasks` of sequence_text makes the fifth."""
