"""One step of torch's optimizers, number by number: SGD, RMSProp, Adam and AdamW."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn, optim

from visualizer.engine.trace.operations import Apply, Difference, Expression, Product, Ref, Sum
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.walks.module.tape import Tape, at, places

SUPPORTED = (optim.SGD, optim.RMSprop, optim.Adam, optim.AdamW)
_DECAYED = "Weight decay adds a part of the parameter to its gradient, so that large parameters shrink."
_SHRUNK = "AdamW takes weight decay off the parameter itself, not through the gradient and its moments."
_MOMENTUM = "A running sum of the gradients, in which older ones count less and less."
_FIRST = "At the first step the running sum is the gradient itself."
_AHEAD = "Nesterov's momentum adds the running sum to the gradient once more: it looks one step ahead."
_MEAN = "A running mean of the gradients: most of the old one, and a little of the gradient."
_SQUARES = "A running mean of the squared gradients: how large they have been lately."
_CORRECTED = (
    "The running mean began at 0. Divided by 1 − β to the power of the steps so far, it is no longer too small."
)
_REMAINS = (
    "After t steps, the start at 0 still has the weight β to the power of t in the running mean; this is the rest."
)
_SIZE = "The root of the mean square; the small ε keeps the division from blowing up."
_UPDATE = "The parameter moves against {direction}, scaled by the learning rate η."


def checked_optimizer(optimizer: object, module: nn.Module) -> optim.Optimizer:
    """The optimizer, if it is one that can be written down, on this module's parameters.

    Raises: ValueError naming what is wrong, and what is supported.
    """
    if type(optimizer) not in SUPPORTED:
        names = ", ".join(kind.__name__ for kind in SUPPORTED)
        raise ValueError(f"optimizer must be one of torch.optim's {names}, got {type(optimizer).__name__}")
    assert isinstance(optimizer, optim.Optimizer)
    own = {id(parameter) for parameter in module.parameters()}
    given = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    if not all(id(parameter) in own for parameter in given):
        raise ValueError("optimizer must be on the module's own parameters")
    for group in optimizer.param_groups:
        for name in ("maximize", "amsgrad", "centered"):
            if group.get(name):
                raise ValueError(f"optimizer {type(optimizer).__name__}: {name} is not supported")
    return optimizer


def write_updates(tape: Tape, optimizer: optim.Optimizer, module: nn.Module) -> dict[str, Tensor]:
    """The steps of one update of every parameter; returns what torch's own optimizer makes of them, to compare with."""
    names = {id(parameter): name for name, parameter in module.named_parameters()}
    checks: dict[str, Tensor] = {}
    for number, group in enumerate(optimizer.param_groups):
        ending = f"_{number}" if len(optimizer.param_groups) > 1 else ""
        for parameter in group["params"]:
            name = names[id(parameter)]
            state = optimizer.state.get(parameter, {})
            tape.layer = f"parameter {name}"
            _Update(tape, name, type(optimizer), group, state, ending).write()
            checks[f"new_{name}"] = _by_torch(type(optimizer), group, state, tape.arrays, name)
    return checks


def _by_torch(
    kind: type[optim.Optimizer],
    group: Mapping[str, Any],
    state: Mapping[str, Any],
    arrays: Mapping[str, Tensor],
    name: str,
) -> Tensor:
    """The same update by the optimizer itself, on a copy."""
    copied = nn.Parameter(arrays[name].clone())
    copied.grad = arrays[f"grad_{name}"].clone()
    own = kind([{**group, "params": [copied], "foreach": False, "fused": None, "capturable": False}], lr=group["lr"])  # type: ignore[call-arg]
    own.state[copied] = {key: _copied(value) for key, value in state.items()}
    own.step()
    return copied.detach()


def _copied(value: object) -> object:
    """A part of an optimizer's state; its count of steps stays float32, as torch has it."""
    if not isinstance(value, Tensor):
        return value
    return value.detach().to("cpu", torch.float64 if value.dim() else value.dtype).clone()


class _Update:
    """The steps of one parameter's update."""

    def __init__(
        self,
        tape: Tape,
        name: str,
        kind: type[optim.Optimizer],
        group: Mapping[str, Any],
        state: Mapping[str, Any],
        ending: str,
    ) -> None:
        self.tape, self.name, self.kind, self.group, self.state, self.ending = tape, name, kind, group, state, ending
        self.gradient = f"grad_{name}"

    def write(self) -> None:
        weight = self.name
        if self.group["weight_decay"]:
            weight = self._decay()
        if self.kind is optim.SGD:
            self._move(weight, *self._momentum())
        elif self.kind is optim.RMSprop:
            self._move(weight, *self._rms())
        else:
            self._move(weight, *self._adam())

    # ---- parts ----------------------------------------------------------------------------------------------------

    def _decay(self) -> str:
        """Weight decay: on the gradient, or in AdamW on the parameter, whose name is returned."""
        decay = self._constant("weight_decay", "λ")
        own, gradient = self.tape.arrays[self.name], self.tape.arrays[self.gradient]
        if self.kind is optim.AdamW:
            rate = self._constant("learning_rate", "η", self.group["lr"])
            shrunk = own - float(self.group["lr"]) * float(self.group["weight_decay"]) * own
            return self._array(
                "shrunk",
                shrunk,
                "",
                lambda i: Difference(at(self.name, i), Product((Ref(rate), Ref(decay), at(self.name, i)))),
                "What does weight decay leave of {symbol}?",
                _SHRUNK,
            )
        before = self.gradient
        self.gradient = self._array(
            "decayed",
            gradient + float(self.group["weight_decay"]) * own,
            "g",
            lambda i: Sum((at(before, i), Product((Ref(decay), at(self.name, i))))),
            "What is {symbol}, the gradient with weight decay?",
            _DECAYED,
        )
        return self.name

    def _momentum(self) -> tuple[str, str]:
        """SGD's direction: the gradient, its running sum, or Nesterov's."""
        share = float(self.group["momentum"])
        if not share:
            return self.gradient, "its gradient"
        momentum, gradient = self._constant("momentum", "μ"), self.tape.arrays[self.gradient]
        given = self.state.get("momentum_buffer")
        if given is None:
            values = gradient.clone()

            def running(i: tuple[int, ...]) -> Expression:
                return at(self.gradient, i)
        else:
            old, values = self._old("momentum", given, "u"), share * given.to(torch.float64)
            damping = float(self.group["dampening"])
            values = values + (1 - damping) * gradient

            def running(i: tuple[int, ...]) -> Expression:
                g: Expression = at(self.gradient, i)
                return Sum((Product((Ref(momentum), at(old, i))), Product((1 - damping, g)) if damping else g))

        title = "What is {symbol}, the running sum of the gradients?"
        buffer = self._array("new_momentum", values, "u", running, title, _FIRST if given is None else _MOMENTUM)
        if not self.group["nesterov"]:
            return buffer, "the running sum of its gradients"
        ahead = self._array(
            "ahead",
            gradient + share * values,
            "d",
            lambda i: Sum((at(self.gradient, i), Product((Ref(momentum), at(buffer, i))))),
            "In which direction does {symbol} point?",
            _AHEAD,
        )
        return ahead, "the direction one step ahead"

    def _rms(self) -> tuple[str, str]:
        """RMSProp's direction: the gradient over the root of its mean square. Source: Hinton 2012, lecture 6e."""
        squares = self._running("v", "square_avg", "alpha", "α", squared=True)
        eps = self._constant("eps", "ε")
        size = self._root(squares, eps)
        direction = self._ratio(self.gradient, size)
        share = float(self.group["momentum"])
        if not share:
            return direction, "its gradient over the root of the mean square"
        momentum = self._constant("momentum", "μ")
        given = self.state.get("momentum_buffer", torch.zeros_like(self.tape.arrays[self.name]))
        old = self._old("momentum", given, "u")
        buffer = self._array(
            "new_momentum",
            share * self.tape.arrays[old] + self.tape.arrays[direction],
            "u",
            lambda i: Sum((Product((Ref(momentum), at(old, i))), at(direction, i))),
            "What is {symbol}, the running sum of the directions?",
            _MOMENTUM,
        )
        return buffer, "the running sum of its directions"

    def _adam(self) -> tuple[str, str]:
        """Adam's direction: the corrected mean over the root of the corrected mean square. Source: Kingma & Ba 2015."""
        step = float(self.state.get("step", 0)) + 1
        mean = self._running("m", "exp_avg", "beta1", "β₁", squared=False)
        squares = self._running("v", "exp_avg_sq", "beta2", "β₂", squared=True)
        corrected = []
        for number, running in enumerate((mean, squares)):
            beta = float(self.group["betas"][number])
            remaining = self._remaining(number + 1, beta, step)

            def ratio(i: tuple[int, ...], running: str = running, remaining: str = remaining) -> Expression:
                return Apply("ratio", (at(running, i), Ref(remaining)))

            letter = "m̂v̂"[2 * number : 2 * number + 2]
            values = self.tape.arrays[running] / (1 - beta**step)
            title = "What is {symbol}, corrected for its start at 0?"
            corrected.append(self._array(f"{'mv'[number]}_hat", values, letter, ratio, title, _CORRECTED))
        size = self._root(corrected[1], self._constant("eps", "ε"))
        return self._ratio(corrected[0], size), "the corrected mean over the root of the mean square"

    def _remaining(self, number: int, beta: float, step: float) -> str:
        """1 − βᵗ, the share of a running mean that is not its start at 0; once for all parameters of as many steps."""
        name = f"correction{number}_{step:g}{self.ending}"
        if name not in self.tape.arrays:
            steps, own = self._constant(f"step_{step:g}", "t", step), Ref(f"beta{number}{self.ending}")
            symbol = Symbol("c", below=(str(number),), matrix="c")
            self.tape.array(name, torch.tensor(1 - beta**step, dtype=torch.float64), symbol)
            expression = Apply("remaining", (own, Ref(steps)))
            title = "How much of a running mean is not its start at 0, after t steps?"
            self.tape.step(name, (), expression, title=title, note=_REMAINS, phase="update")
        return name

    def _running(self, letter: str, key: str, setting: str, beta_letter: str, *, squared: bool) -> str:
        """A running mean of the gradients or of their squares."""
        zero = torch.zeros_like(self.tape.arrays[self.name])
        old = self._old(letter, self.state.get(key, zero), letter)
        share = float(self.group[setting] if setting in self.group else self.group["betas"][int(setting[-1]) - 1])
        beta, gradient = self._constant(setting, beta_letter, share), self.tape.arrays[self.gradient]

        def mean(i: tuple[int, ...]) -> Expression:
            g = at(self.gradient, i)
            new = Product((Difference(1.0, Ref(beta)), g, g) if squared else (Difference(1.0, Ref(beta)), g))
            return Sum((Product((Ref(beta), at(old, i))), new))

        values = share * self.tape.arrays[old] + (1 - share) * (gradient * gradient if squared else gradient)
        title = f"What is {{symbol}}, the running mean of the {'squared ' if squared else ''}gradients?"
        return self._array(f"new_{letter}", values, letter, mean, title, _SQUARES if squared else _MEAN)

    def _root(self, squares: str, eps: str) -> str:
        values = self.tape.arrays[squares].sqrt() + float(self.group["eps"])
        title = "What is {symbol}, the size of the gradients lately?"
        return self._array("size", values, "s", lambda i: Apply("root_plus", (at(squares, i), Ref(eps))), title, _SIZE)

    def _ratio(self, above: str, below: str) -> str:
        values = self.tape.arrays[above] / self.tape.arrays[below]
        title, note = "In which direction does {symbol} point?", "The one divided by the other: its size is near 1."
        return self._array(
            "direction", values, "d", lambda i: Apply("ratio", (at(above, i), at(below, i))), title, note
        )

    def _move(self, weight: str, direction: str, words: str) -> None:
        rate = self._constant("learning_rate", "η", self.group["lr"])
        values = self.tape.arrays[weight] - float(self.group["lr"]) * self.tape.arrays[direction]
        symbol = replace(self.tape.symbols[self.name], prefix="new ")
        self._write(
            f"new_{self.name}",
            values,
            symbol,
            lambda i: Difference(at(weight, i), Product((Ref(rate), at(direction, i)))),
            "What is the {symbol}?",
            _UPDATE.format(direction=words),
        )

    # ---- writing --------------------------------------------------------------------------------------------------

    def _constant(self, setting: str, letter: str, value: object = None) -> str:
        name = f"{setting}{self.ending}"
        if name not in self.tape.arrays:
            self.tape.constants.add(name)
            number = float(self.group[setting] if value is None else value)  # type: ignore[arg-type]
            self.tape.array(name, torch.tensor(number, dtype=torch.float64), Symbol(letter, matrix=letter))
        return name

    def _old(self, name: str, values: Tensor, letter: str) -> str:
        """What the optimizer remembers of the steps before."""
        symbol = replace(self.tape.symbols[self.name], letter=letter, prefix="")
        return self.tape.array(f"{name}_{self.name}", values, symbol)

    def _array(self, name: str, values: Tensor, letter: str, expression_at: Any, title: str, note: str) -> str:
        symbol = replace(self.tape.symbols[self.name], prefix="new " if name.startswith("new_") else "")
        symbol = replace(symbol, letter=letter or symbol.letter, matrix=letter or symbol.matrix)
        return self._write(f"{name}_{self.name}", values, symbol, expression_at, title, note)

    def _write(self, name: str, values: Tensor, symbol: Symbol, expression_at: Any, title: str, note: str) -> str:
        self.tape.array(name, values, symbol)
        for index in places(values.shape):
            self.tape.step(name, index, expression_at(index), title=title, note=note, phase="update")
        return name
