"""What the steps back through a stack mean, by what is differentiated and by the rule that gives it."""

from __future__ import annotations

from collections.abc import Callable

from visualizer.engine.trace.operations import Apply, Difference, Dot, Expression, Mean, Product, Ref, Sum
from visualizer.engine.walks.module.losses import ModuleLoss
from visualizer.engine.walks.module.stack import Leaves
from visualizer.engine.walks.module.tape import Tape

_TITLE = "How much does the loss change with {symbol}?"
_TITLE_OF_INPUT = "How much does the loss change with {symbol}, a number that comes in?"

PARAMETER = {
    "dot": "The parameter affects the loss only through the sums that it is part of. Each hands back its own gradient "
    "times the number that the parameter multiplies there, and these products add up.",
    "sum": "It is added to each of these numbers with a factor of 1, so their gradients add up.",
    "ref": "It is added with a factor of 1, so its gradient is that of the sum.",
    "product": "Its gradient is the gradient of what it is part of, times the number that it multiplies there.",
}
NUMBER = {
    "dot": "It affects the loss through every sum that reads it. Each path contributes that sum's gradient times the "
    "weight between them, and the paths add up.",
    "sum": "It affects the loss through several numbers. Each hands its share of the gradient back, and they add up.",
    "ref": "It is passed on unchanged, so its gradient is the same.",
    "difference": "It affects the loss on two paths, of which one lowers what the other raises.",
    "mean": "It is one of the numbers of a mean, so it gets its part of the gradient.",
    "product": "Its gradient is the gradient of what it is part of, times the number that it multiplies there.",
    "slope": "The next factor in the chain rule is the derivative of the function at this number, from what the "
    "forward pass has cached.",
    "zero": "The loss does not depend on it: nothing that leads to the loss has taken it on.",
}


def words(tape: Tape, out: str, note_of_start: str) -> Callable[[Ref, Expression], tuple[str, str]]:
    """Title and note of a backward step."""

    def of(ref: Ref, expression: Expression) -> tuple[str, str]:
        symbol = tape.symbols[ref.name].text(ref.index)
        title = (_TITLE_OF_INPUT if ref.name == "x" else _TITLE).format(symbol=symbol)
        if ref.name == out and note_of_start:
            return title, note_of_start
        learned = ref.name in tape.wanted and ref.name != "x"
        notes = NUMBER | PARAMETER if learned else NUMBER
        return title, notes[_form(expression)]

    return of


def _form(expression: Expression) -> str:
    """Which rule an expression shows."""
    if isinstance(expression, int | float):
        return "zero"
    if isinstance(expression, Ref):
        return "ref"
    if isinstance(expression, Product):
        return "slope" if any(isinstance(factor, Apply) for factor in expression.factors) else "product"
    if isinstance(expression, Apply):
        return "product"
    if isinstance(expression, Mean):
        return "mean"
    if isinstance(expression, Difference):
        return "difference"
    return "dot" if isinstance(expression, Dot) else "sum" if isinstance(expression, Sum) else "product"


# ---- the whole ---------------------------------------------------------------------------------------------------

_LAYERS = "Numbers go through {layers}, one after the other."
_FORWARD_ONLY = "We compute one layer after the other."
_WITH_LOSS = (
    "We go forward to the loss, {loss}, then back by the chain rule to find how it changes with every number and every "
    "parameter."
)
_WITH_GRADIENT = (
    "We go forward, take ∂ℓ/∂out as given, then go back by the chain rule to find how the loss changes with every "
    "number and every parameter."
)
_NAMES_OF_LOSSES = {
    "squared": "the squared error",
    "absolute": "the absolute error",
    "huber": "Huber's loss",
    "cross_entropy": "softmax with cross-entropy",
    "bce": "binary cross-entropy of logits",
}


def title(leaves: Leaves) -> str:
    count = len(leaves)
    return f"A stack of {count} layers" if count > 1 else type(next(iter(leaves.values()))).__name__


def summary(leaves: Leaves, loss: ModuleLoss | None, *, backward: bool) -> str:
    """Which layers there are, and where the walk goes."""
    names = ", ".join(type(layer).__name__ for layer in leaves.values())
    first = _LAYERS.format(layers=names) if len(leaves) > 1 else ""
    if not backward:
        return f"{first} {_FORWARD_ONLY}".strip()
    walk = _WITH_LOSS.format(loss=_loss_named(loss)) if loss else _WITH_GRADIENT
    return f"{first} {walk}".strip()


def _loss_named(loss: ModuleLoss) -> str:
    half = " with ½" if loss.factor == 0.5 else ""
    how = "averaged" if loss.mean else "added up"
    return f"{_NAMES_OF_LOSSES[loss.kind]}{half}, {how}"


def legend(leaves: Leaves) -> str:
    """How to read the letters."""
    if list(leaves) == [""]:
        return ""
    return "A superscript is the layer's place in the stack, as in its state_dict; it is no power."
