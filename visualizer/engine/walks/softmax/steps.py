"""The steps of a softmax and of its cross-entropy, from the scores: the largest is subtracted first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.trace.trace import (
    Apply,
    Difference,
    Expression,
    Maximum,
    Product,
    Ref,
    Step,
    Sum,
)

_ALL = slice(None)
_LARGEST = (
    "It is subtracted from every score before exponentiation. The probabilities stay the same, because the common "
    "factor cancels in the division; but e to the power of 710 or more would overflow."
)
_EXP = (
    "Always positive, and 1 for the largest score. A score lower by 1 divides it by 2.718…, so the largest score "
    "dominates."
)
_TOTAL = "The sum over all classes. Divided by it, the exponentials add up to 1."
_SHARE = "This class's share of the sum. The shares are positive and add up to 1, so they can be read as probabilities."
_LOG_SUM_EXP = (
    "ln Σ eᶻ over the scores z, called log-sum-exp. Because the largest score m was subtracted, it is added back: "
    "ln(eᵐ · S) = m + ln S."
)
CROSS_ENTROPY = (
    "Minus the logarithm of the probability, weighted by the target. −ln p is computed as log-sum-exp minus the score, "
    "so a very small probability cannot underflow. For a target of 1, the lower the probability, the larger the loss; "
    "a target of 0 adds nothing."
)


@dataclass(frozen=True)
class Scores:
    """One row of scores in a walk: its position, and the names in its titles.

    `name` and `shares` are the arrays of the scores and the probabilities; `at` is the row, () where there is only one.
    `classes` are the classes' names, `units` what a longer stride walks over, `where` says which row ("" or " on
    example 2"). `title_of_share` is the title of a probability's step.
    """

    name: str
    shares: str
    at: tuple[int, ...]
    classes: tuple[str, ...]
    units: tuple[str, ...]
    layer: str
    where: str
    title_of_share: Callable[[int], str]

    def one(self, name: str, *place: int) -> Ref:
        return Ref(name, (*self.at, *place))

    def row(self, name: str) -> Ref:
        return Ref(name, (*self.at, _ALL) if self.at else ())


def softmax_arrays(scores: Tensor) -> dict[str, Tensor]:
    """What lies between scores and probabilities, and the logarithm of what the exponentials add up to.

    Shapes: scores and exps (…, classes); largest, total and log_sum_exp (…).
    """
    largest = scores.amax(dim=-1)
    exps = torch.exp(scores - largest[..., None])
    total = exps.sum(dim=-1)
    return {"largest": largest, "exps": exps, "total": total, "log_sum_exp": largest + torch.log(total)}


def softmax_checks(scores: Tensor) -> dict[str, Tensor]:
    """The same by torch's own functions."""
    largest = torch.max(scores, dim=-1).values
    shifted = torch.logsumexp(scores - largest[..., None], dim=-1)
    return {
        "largest": largest,
        "exps": torch.softmax(scores, dim=-1) * torch.exp(shifted)[..., None],
        "total": torch.exp(shifted),
        "log_sum_exp": torch.logsumexp(scores, dim=-1),
    }


def softmax_symbols(one: Symbol, row: Symbol) -> Mapping[str, Symbol]:
    """How they are written; `one` has the indices of a class's number, `row` those of a row's."""
    return {
        name: Symbol(letter, below=like.below, example=like.example, matrix=letter, numbers=like.numbers)
        for name, letter, like in (
            ("largest", "m", row),
            ("exps", "q", one),
            ("total", "S", row),
            ("log_sum_exp", "lse", row),
        )
    }


def softmax_steps(scores: Scores) -> Iterator[Step]:
    """largest, exps, total and the probabilities of one row."""
    z, largest, total = scores.row(scores.name), scores.one("largest"), scores.one("total")
    exps, shares = scores.row("exps"), scores.row(scores.shares)

    def step(target: Ref, by: Expression, title: str, note: str, unit: str, matrix: tuple[str | Ref, ...]) -> Step:
        return Step(target, by, "forward", title, note, scores.layer, unit, matrix)

    title = f"Which score is the largest{scores.where}?"
    yield step(largest, Maximum(_whole(z)), title, _LARGEST, "largest", (largest, "=", "max", "(", z, ")"))
    for at, name in enumerate(scores.classes):
        power = Apply("exp", (scores.one(scores.name, at), largest))
        title = f"What is exp(score − largest score) for {name}{scores.where}?"
        powers = (exps, "=", "exp", "(", z, "−", largest, ")")
        yield step(scores.one("exps", at), power, title, _EXP, scores.units[at], powers)
    title = f"What is the sum of these exponentials{scores.where}?"
    yield step(total, Sum((_whole(exps),)), title, _TOTAL, "sum", (total, "=", "Σ", exps))
    for at in range(len(scores.classes)):
        share = Apply("ratio", (scores.one("exps", at), total))
        ratios = (shares, "=", exps, "/", total)
        yield step(scores.one(scores.shares, at), share, scores.title_of_share(at), _SHARE, scores.units[at], ratios)


def log_sum_exp_step(scores: Scores) -> Step:
    """log_sum_exp of one row."""
    target, largest, total = (scores.one(name) for name in ("log_sum_exp", "largest", "total"))
    return Step(
        target,
        Sum((largest, Apply("ln", (total,)))),
        "loss",
        f"What is the log-sum-exp of the scores{scores.where}?",
        _LOG_SUM_EXP,
        "loss",
        "log-sum-exp",
        (target, "=", largest, "+", "ln", "(", total, ")"),
    )


def cross_entropy(scores: Scores, y: str, at: int) -> Expression:
    """A class's share of the cross-entropy: y · (log-sum-exp − its score)."""
    surprise = Difference(scores.one("log_sum_exp"), scores.one(scores.name, at))
    return Product((scores.one(y, at), surprise))


def _whole(row: Ref) -> Ref:
    return row if row.index else Ref(row.name, (_ALL,))
