"""A softmax with its loss, forward and backward, one number at a time: scores become probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.arguments import checked_tensor
from visualizer.engine.trace.functions import Template
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.trace.trace import (
    Difference,
    Ref,
    Step,
    Trace,
    chapters_from,
)
from visualizer.engine.walks.softmax.steps import (
    Scores,
    log_sum_exp_step,
    softmax_arrays,
    softmax_checks,
    softmax_steps,
    softmax_symbols,
)

_LOSS = (
    "−ln p, from the scores: −ln(eᶻ / Σ eᶻ) is log-sum-exp minus the target's score. It is 0 when the net is certain "
    "of the target, and grows without bound as p approaches 0."
)
_GRAD = (
    "p − y, where y is 1 for the target and 0 for the other classes: a step of gradient descent raises the target's "
    "score and lowers the others, each in proportion to the error of its probability."
)
_SUMMARY = (
    "The output layer of a net gives a score for each class. Softmax turns the scores into probabilities: e to the "
    "power of each score, divided by the sum over all classes."
)
_OVERVIEW: Template = (
    "row",
    ("sub", "p", "k"),
    "=",
    ("frac", ("sup", "e", ("sub", "z", "k")), ("row", "Σ", ("sup", "e", ("sub", "z", "i")))),
)
_TARGETED = " The loss is −ln of the target's probability, and its gradient is passed back to the scores."


def trace_softmax(z: object, classes: Sequence[str] = (), target: int | None = None) -> Trace:
    """The softmax of scores and, with a target, the loss −ln p(target) and its gradient, step by step.

    Shapes: z (classes,), a tensor or what torch.tensor takes; copied, as float64. `classes` are names for people;
    `target` is a class, counted from 0. Arrays: z, largest, exps (e to each score less the largest), total, p; with a
    target y (1 for it, 0 for the others), log_sum_exp, loss (nats) and grad_z.

    Raises: ValueError naming the argument, its value and the limit.
    Source: Bridle 1990; Blanchard, Higham & Higham 2021 for the largest score, subtracted first.
    """
    scores = checked_tensor("z", z, "classes")
    count = len(scores)
    names = tuple(classes) or tuple(str(number + 1) for number in range(count))
    if len(names) != count:
        raise ValueError(f"classes must have {count} names, got {len(names)}")
    if target is not None and not 0 <= target < count:
        raise ValueError(f"target must be from 0 to {count - 1}, got {target}")
    arrays = _arrays(scores, target)
    row = _scores(names)
    parts = {"Softmax": list(softmax_steps(row))}
    if target is not None:
        parts |= {"Loss": [log_sum_exp_step(row), _loss(names, target)], "Backward: scores": list(_backward(names))}
    return Trace(
        kind="softmax",
        arrays=arrays,
        steps=tuple(step for steps in parts.values() for step in steps),
        chapters=chapters_from(parts),
        symbols={name: _counted(_SYMBOLS[name], names) for name in arrays},
        checks=_checks(scores, target),
        title="Softmax: from scores to probabilities",
        summary=_SUMMARY + (_TARGETED if target is not None else ""),
        overview=_OVERVIEW,
        names={"classes": names},
    )


_SYMBOLS = {
    "z": Symbol("z", below=(0,), matrix="z"),
    **softmax_symbols(Symbol("", below=(0,)), Symbol("")),
    "p": Symbol("p", below=(0,), matrix="p"),
    "y": Symbol("y", below=(0,), matrix="y"),
    "loss": Symbol("ℓ", matrix="ℓ"),
    "grad_z": Symbol("z", below=(0,), prefix="∂ℓ/∂", matrix="z"),
}


def _counted(symbol: Symbol, names: tuple[str, ...]) -> Symbol:
    """Classes that are numbers are counted by them: p₈ is that of the digit 8."""
    if not symbol.below or not all(name.isdecimal() and len(name) < 4 for name in names):
        return symbol
    return replace(symbol, numbers=(0, tuple(int(name) for name in names)))


def _arrays(z: Tensor, target: int | None) -> dict[str, Tensor]:
    arrays = {"z": z, **softmax_arrays(z)}
    arrays["p"] = arrays["exps"] / arrays["total"]
    if target is None:
        return {name: value for name, value in arrays.items() if name != "log_sum_exp"}
    y = torch.zeros_like(z)
    y[target] = 1.0
    return arrays | {"y": y, "loss": arrays["log_sum_exp"] - z[target], "grad_z": arrays["p"] - y}


def _checks(z: Tensor, target: int | None) -> dict[str, Tensor]:
    """The same by torch's softmax and autograd."""
    found = softmax_checks(z) | {"p": torch.softmax(z, dim=0)}
    if target is None:
        return {name: value for name, value in found.items() if name != "log_sum_exp"}
    with torch.enable_grad():
        leaf = z.clone().requires_grad_()
        loss = functional.cross_entropy(leaf[None], torch.tensor([target]))
        (grad,) = torch.autograd.grad(loss, leaf)
    return found | {"loss": loss.detach(), "grad_z": grad}


def _scores(names: tuple[str, ...]) -> Scores:
    quoted = tuple(f"“{name}”" for name in names)
    return Scores(
        name="z",
        shares="p",
        at=(),
        classes=quoted,
        units=names,
        layer="softmax",
        where="",
        title_of_share=lambda at: f"What probability does the net assign to {quoted[at]}?",
    )


def _loss(names: tuple[str, ...], target: int) -> Step:
    wrong = Difference(Ref("log_sum_exp"), Ref("z", (target,)))
    title = f"How wrong is the net if “{names[target]}” is the true class?"
    return Step(Ref("loss"), wrong, "loss", title, _LOSS, "loss", "loss")


def _backward(names: tuple[str, ...]) -> Iterator[Step]:
    for at, name in enumerate(names):
        off = Difference(Ref("p", (at,)), Ref("y", (at,)))
        title = f"How much does the loss change with the score of “{name}”?"
        yield Step(Ref("grad_z", (at,)), off, "backward", title, _GRAD, "scores", name)
