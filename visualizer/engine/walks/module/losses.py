"""Losses on a stack's output: their steps, and where the backward pass starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional

from visualizer.engine.arguments import short
from visualizer.engine.trace.operations import Apply, Difference, Expression, Mean, Product, Ref, Sum
from visualizer.engine.walks.module.layers.activation import example_of_rows, softmax_over
from visualizer.engine.walks.module.tape import Place, Tape, at

TARGETS_TOLERANCE = 1e-6
_TOTAL = "What each number adds, {how}: how wrong the net is, in one number. Training tries to make it small."
_ERROR = "Target minus output: positive when the output is too low, negative when it is too high."
_CROSS = "Minus the logarithm of the class's probability, weighted by the target; a target of 0 adds nothing."
_LOG = "ln Σ eᶻ over the scores: the largest score m was subtracted, so it is added back, m + ln S."
_START = {
    "squared": "The chain rule starts here: the derivative of the squared error with respect to the output, from the "
    "cached error e = y − out.",
    "absolute": "The chain rule starts here: the absolute error falls as the output rises where it is too low, at "
    "slope 1.",
    "huber": "The chain rule starts here: like the squared error up to δ, like the absolute one beyond.",
    "cross_entropy": "The derivatives of softmax and logarithm cancel, because the targets add up to 1: only the "
    "probability minus the target remains.",
    "bce": "The derivatives of σ and logarithm cancel: only the probability minus the target remains.",
}


@dataclass(frozen=True)
class ModuleLoss:
    """A loss: what each number adds ("squared", "absolute", "huber", "bce") or each class ("cross_entropy").

    `factor` stands before what is added (½ on the slide). `mean` divides by the count. `delta` is Huber's, and
    `smoothing` the share that label smoothing spreads over all classes.
    """

    kind: str
    factor: float = 1.0
    mean: bool = False
    delta: float = 1.0
    smoothing: float = 0.0

    @property
    def note_of_start(self) -> str:
        return _START[self.kind]

    def count(self, target: Tensor) -> int:
        """How many the sum is divided by."""
        if not self.mean:
            return 1
        return target.numel() // target.shape[_class_axis(target)] if self.kind == "cross_entropy" else target.numel()


LOSSES: dict[str, ModuleLoss] = {
    "squared": ModuleLoss("squared", 0.5),
    "sum_squared": ModuleLoss("squared"),
    "mse": ModuleLoss("squared", mean=True),
    "cross_entropy": ModuleLoss("cross_entropy"),
    "mean_cross_entropy": ModuleLoss("cross_entropy", mean=True),
    "l1": ModuleLoss("absolute", mean=True),
    "huber": ModuleLoss("huber", mean=True),
    "bce_with_logits": ModuleLoss("bce", mean=True),
}
"""By name; those with a mean are torch's defaults, and torch's class names (say "MSELoss") name them, too."""
_TORCH: dict[type[nn.Module], str] = {
    nn.MSELoss: "squared",
    nn.CrossEntropyLoss: "cross_entropy",
    nn.BCEWithLogitsLoss: "bce",
    nn.L1Loss: "absolute",
    nn.HuberLoss: "huber",
}


def checked_loss(loss: object, target: Tensor) -> ModuleLoss:
    """A loss by name, or as a module of torch's; of None, cross-entropy for class indices and else the squared error.

    Raises: ValueError naming the argument, its value and the limit.
    """
    if loss is None:
        return LOSSES["squared" if target.is_floating_point() else "cross_entropy"]
    if isinstance(loss, str):
        classes = {kind.__name__: LOSSES_OF_TORCH[kind] for kind in _TORCH}
        if loss not in LOSSES | classes:
            raise ValueError(f"loss must be one of {', '.join([*LOSSES, *classes])}, got {short(loss)}")
        return (LOSSES | classes)[loss]
    if type(loss) not in _TORCH:
        names = ", ".join(kind.__name__ for kind in _TORCH)
        raise ValueError(f"loss must be a name or one of torch's {names}, got {short(loss)}")
    return _of_torch(loss)


def _of_torch(loss: object) -> ModuleLoss:
    kind = _TORCH[type(loss)]  # type: ignore[index]
    for name in ("weight", "pos_weight"):
        if getattr(loss, name, None) is not None:
            raise ValueError(f"loss {type(loss).__name__}: {name} is not supported")
    if getattr(loss, "ignore_index", -100) != -100:
        raise ValueError(f"loss {type(loss).__name__}: ignore_index is not supported")
    reduction = getattr(loss, "reduction", "mean")
    if reduction not in ("mean", "sum"):
        raise ValueError(f"loss {type(loss).__name__}: reduction must be 'mean' or 'sum', got {reduction!r}")
    made = ModuleLoss(kind, mean=reduction == "mean", delta=float(getattr(loss, "delta", 1.0)))
    return replace(made, smoothing=float(getattr(loss, "label_smoothing", 0.0)))


LOSSES_OF_TORCH = {kind: _of_torch(kind()) for kind in _TORCH}


def checked_target(loss: ModuleLoss, target: Tensor, out: Tensor) -> Tensor:
    """The target as numbers of the output's shape: class indices as ones and zeros, smoothed where that is asked.

    Raises: ValueError naming the argument, its value and the limit.
    """
    if loss.kind != "cross_entropy":
        if target.shape != out.shape:
            raise ValueError(f"target must have the output's shape {tuple(out.shape)}, got {tuple(target.shape)}")
        if loss.kind == "bce" and not bool(((target >= 0) & (target <= 1)).all()):
            raise ValueError("target must lie between 0 and 1 with binary cross-entropy")
        return target.to(torch.float64)
    axis = _class_axis(out)
    classes = out.shape[axis]
    if not target.is_floating_point():
        wanted = (*out.shape[:axis], *out.shape[axis + 1 :])
        if tuple(target.shape) != wanted:
            raise ValueError(f"target must hold class indices of shape {wanted}, got {tuple(target.shape)}")
        if target.numel() and not 0 <= int(target.min()) <= int(target.max()) < classes:
            raise ValueError(f"target must hold class indices from 0 to {classes - 1}, got {target.tolist()}")
        shares = functional.one_hot(target.long(), classes).movedim(-1, axis).to(torch.float64)
    else:
        if target.shape != out.shape:
            raise ValueError(f"target must have the output's shape {tuple(out.shape)}, got {tuple(target.shape)}")
        shares = target.to(torch.float64)
        if bool((shares < 0).any()) or bool(((shares.sum(dim=axis) - 1).abs() > TARGETS_TOLERANCE).any()):
            raise ValueError("target must hold probabilities that add up to 1 over the classes")
    return shares * (1 - loss.smoothing) + loss.smoothing / classes


def _class_axis(out: Tensor) -> int:
    """The axis of the classes: the second where there are examples, as torch has it."""
    return 1 if out.dim() > 1 else 0


@dataclass(frozen=True)
class Start:
    """Where the backward pass begins: the expression of each output number's gradient."""

    expression_at: Callable[[Place], Expression]
    note: str


def write_loss(tape: Tape, loss: ModuleLoss, out: str, target: Tensor) -> Start:
    """The loss's steps, and the gradient of the output that follows from it."""
    tape.layer = "loss"
    target_name = tape.array("target", target, replace(tape.symbols[out], letter="y", above=(), matrix="y"))
    tape.constants.add(target_name)
    if loss.kind == "cross_entropy":
        return _cross_entropy(tape, loss, out, target_name)
    return _by_number(tape, loss, out, target_name)


def _by_number(tape: Tape, loss: ModuleLoss, out: str, target: str) -> Start:
    numbers, wanted = tape.arrays[out], tape.arrays[target]
    example, count = tape.examples[out], loss.count(wanted)
    if loss.kind == "bce":
        losses = functional.softplus(numbers, threshold=40.0) - wanted * numbers

        def start(index: Place) -> Expression:
            return _mean(Difference(Apply("sigmoid", (at(out, index),)), at(target, index)), count)

        def share(index: Place) -> Expression:
            return Difference(Apply("softplus", (at(out, index),)), Product((at(target, index), at(out, index))))
    else:
        error = tape.write(
            "error",
            wanted - numbers,
            "e",
            lambda index: Difference(at(target, index), at(out, index)),
            path="",
            title="How far is output {place} from its target{on}?",
            note=_ERROR,
            example=example,
            phase="loss",
        )
        delta = (Ref(tape.constant("", "delta", loss.delta, "δ")),) if loss.kind == "huber" else ()
        losses = _shares(loss, tape.arrays[error])

        def share(index: Place) -> Expression:
            e = at(error, index)
            if loss.kind == "squared":
                return Product((loss.factor, e, e)) if loss.factor != 1 else Product((e, e))
            return Apply("absolute", (e,)) if loss.kind == "absolute" else Apply("huber", (e, *delta))

        def start(index: Place) -> Expression:
            e = at(error, index)
            if loss.kind == "squared":
                whole: Expression = Apply("negative", (e,)) if loss.factor == 0.5 else Product((-2 * loss.factor, e))
            else:
                whole = Apply("minus_sign", (e,)) if loss.kind == "absolute" else Apply("clipped", (e, *delta))
            return _mean(whole, count)

    title, note = (
        "What does output {place} add to the loss{on}?",
        "Never negative, and 0 where output and target agree.",
    )
    tape.write("losses", losses, "ℓ", share, path="", title=title, note=note, example=example, phase="loss")
    _total(tape, count)
    return Start(start, loss.note_of_start)


def _shares(loss: ModuleLoss, error: Tensor) -> Tensor:
    if loss.kind == "squared":
        return loss.factor * error * error
    size = error.abs()
    return (
        size if loss.kind == "absolute" else functional.huber_loss(error, 0 * error, reduction="none", delta=loss.delta)
    )


def _cross_entropy(tape: Tape, loss: ModuleLoss, out: str, target: str) -> Start:
    scores, wanted = tape.arrays[out], tape.arrays[target]
    axis, count = _class_axis(scores), loss.count(wanted)
    p = softmax_over(tape, "", out, axis, "p")
    largest, total = "largest", "total"

    def row(index: Place) -> Place:
        return (*index[:axis], *index[axis + 1 :])

    log = tape.write(
        "log_sum_exp",
        tape.arrays[largest] + torch.log(tape.arrays[total]),
        "lse",
        lambda index: Sum((at(largest, index), Apply("ln", (at(total, index),)))),
        path="",
        title="What is the logarithm of the sum of all exponentials{on}?",
        note=_LOG,
        example=example_of_rows(tape, out, axis),
        phase="loss",
    )
    tape.write(
        "losses",
        wanted * (tape.arrays[log].unsqueeze(axis) - scores),
        "ℓ",
        lambda index: Product((at(target, index), Difference(at(log, row(index)), at(out, index)))),
        path="",
        title="What does class {place} add to the loss{on}?",
        note=_CROSS,
        example=tape.examples[out],
        phase="loss",
    )
    _total(tape, count)
    return Start(lambda index: _mean(Difference(at(p, index), at(target, index)), count), loss.note_of_start)


def _total(tape: Tape, count: int) -> None:
    losses = tape.arrays["losses"]
    note = _TOTAL.format(how=f"added up and divided by {count}" if count > 1 else "added up")
    tape.write(
        "loss",
        losses.sum() / count,
        "ℓ",
        lambda _: _mean(Ref("losses"), count) if count > 1 else Sum((Ref("losses"),)),
        path="",
        title="How wrong is the net, in one number?",
        note=note,
        example=None,
        phase="loss",
    )


def by_torch(loss: ModuleLoss, out: Tensor, target: Tensor) -> Tensor:
    """The loss in torch's usual way."""
    reduction = "mean" if loss.mean else "sum"
    if loss.kind == "cross_entropy":
        return functional.cross_entropy(out, target, reduction=reduction)
    if loss.kind == "bce":
        return functional.binary_cross_entropy_with_logits(out, target, reduction=reduction)
    if loss.kind == "huber":
        return functional.huber_loss(out, target, reduction=reduction, delta=loss.delta)
    if loss.kind == "absolute":
        return functional.l1_loss(out, target, reduction=reduction)
    return functional.mse_loss(out, target, reduction=reduction) * loss.factor


def _mean(expression: Expression, count: int) -> Expression:
    return Mean(expression, count) if count > 1 else expression
