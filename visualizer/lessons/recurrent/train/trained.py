"""The trained weights that come with the app, as sets to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import torch
from torch import Tensor

from visualizer.engine.sequences.model import SequenceModel
from visualizer.engine.sequences.tasks import DEEPEST, REMEMBERED, TASKS
from visualizer.engine.sequences.text import VOCABULARY
from visualizer.engine.sequences.weights import load_model
from visualizer.lessons.recurrent.settings import NUMBERS, SYMBOLS
from visualizer.lessons.recurrent.weights.weight_set import WeightSet


def _load(task: str, cell: str) -> SequenceModel:
    return load_model(f"{task}-{cell}")


def first_symbol(symbols: Sequence[str]) -> Tensor:
    """The first symbol, at every time step. Raises: ValueError where it is none of those to remember."""
    if symbols[0] not in REMEMBERED:
        raise ValueError(f"the text begins with the symbol to remember, one of {', '.join(REMEMBERED)}")
    row = torch.eye(len(REMEMBERED), dtype=torch.float64)[REMEMBERED.index(symbols[0])]
    return row.expand(len(symbols), -1).clone()


def depth(symbols: Sequence[str]) -> Tensor:
    """How many brackets are open after each symbol. Raises: ValueError where they are more, or less, than can be."""
    depths, open_ = [], 0
    for symbol in symbols:
        open_ += (symbol == "(") - (symbol == ")")
        if not 0 <= open_ <= DEEPEST:
            raise ValueError(f"from 0 to {DEEPEST} brackets can be open; here {open_} would be")
        depths.append(open_)
    return torch.eye(DEEPEST + 1, dtype=torch.float64)[depths]


def sum_of_marked(numbers: Sequence[str]) -> Tensor:
    """The sum of the numbers with a * behind them, at every time step."""
    total = sum(float(number.rstrip("*")) for number in numbers if number.endswith("*"))
    return torch.full((len(numbers), 1), total, dtype=torch.float64)


def _remember_example() -> str:
    *_, blank, question = TASKS["remember"].inputs
    return f"B{blank * 6}{question}"


TRAINED: Mapping[str, WeightSet] = {
    "remember": WeightSet(
        "Trained: says at the question which symbol came first.",
        SYMBOLS,
        _remember_example(),
        TASKS["remember"].inputs,
        partial(_load, "remember"),
        REMEMBERED,
        first_symbol,
        answers_last=True,
    ),
    "brackets": WeightSet(
        "Trained: says after each symbol how many brackets are open.",
        SYMBOLS,
        "((a)(b))",
        TASKS["brackets"].inputs,
        partial(_load, "brackets"),
        tuple(str(count) for count in range(DEEPEST + 1)),
        depth,
    ),
    "adding": WeightSet(
        "Trained: says the sum of the two numbers that are marked with a *.",
        NUMBERS,
        "0.3, 0.5*, 0.1, 0.8, 0.4*, 0.2",
        (),
        partial(_load, "adding"),
        (),
        sum_of_marked,
        marked=True,
        answers_last=True,
    ),
    "characters": WeightSet(
        "Trained: says the next character of a text, in 31 characters. 64 units: see What matters, Maps and Explore.",
        SYMBOLS,
        "the value of the name",
        tuple(VOCABULARY),
        partial(_load, "characters"),
        tuple(VOCABULARY),
    ),
}
