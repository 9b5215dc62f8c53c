"""Losses over all parameters as one vector w, small enough to measure how they bend."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, Protocol

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.arguments import checked_tensor
from visualizer.engine.training.update.parameters import Shape

Known = Literal["exactly", "nearly", "as a lower bound"]
NEWTON_STEPS = 100
NEWTON_DECREMENT = 1e-15
_STRAIGHT = 40.0
"""From here on softplus(a) is a, to the last digit of float64."""


class Objective(Protocol):
    """A loss L(w) with its gradient, computed by hand, and what is known about it.

    `smoothness` is R where one number holds for every w, else None. `infimum` is L*, the limit that L never falls
    below; `infimum_known` says how well it is known.

    Shapes: w (…, parameters): many points at once; loss (…,), gradient (…, parameters). float64.
    """

    @property
    def parameters(self) -> int: ...
    @property
    def smoothness(self) -> float | None: ...
    @property
    def infimum(self) -> float: ...
    @property
    def infimum_known(self) -> Known: ...
    def loss(self, w: Tensor) -> Tensor:
        """L(w); autograd can go through it."""
        ...

    def gradient(self, w: Tensor) -> Tensor: ...


@dataclass(frozen=True, eq=False)
class Quadratic:
    """L(w) = ½ Σ λ_i w_i²: a bowl with its axes along the weights. L* is 0, at w = 0; R is the largest λ_i.

    Shapes: eigenvalues (parameters,), each above 0.
    """

    eigenvalues: Tensor
    infimum: float = 0.0
    infimum_known: Known = "exactly"

    @property
    def parameters(self) -> int:
        return len(self.eigenvalues)

    @property
    def smoothness(self) -> float:
        return float(self.eigenvalues.max())

    def loss(self, w: Tensor) -> Tensor:
        return 0.5 * (self.eigenvalues * w * w).sum(-1)

    def gradient(self, w: Tensor) -> Tensor:
        return self.eigenvalues * w

    def even_start(self, loss: float = 1.0) -> Tensor:
        """The point with this loss to which every weight adds the same share: λ_i w_i² alike for all i."""
        return torch.sqrt(2 * loss / (self.parameters * self.eigenvalues))


def quadratic(condition_number: float, parameters: int) -> Quadratic:
    """The bowl whose eigenvalues go from 1 down to 1/condition_number, each the same factor below the one before.

    Raises: ValueError naming the argument, its value and the limit.
    """
    if not (math.isfinite(condition_number) and condition_number >= 1):
        raise ValueError(f"condition_number must be finite and at least 1, got {condition_number}")
    if parameters < 2:
        raise ValueError(f"parameters must be at least 2, got {parameters}")
    return Quadratic(torch.logspace(0, -math.log10(condition_number), parameters, dtype=torch.float64))


@dataclass(frozen=True, eq=False)
class LogisticRegression:
    """L(w) = mean of ln(1 + e^(−y w·x)) over the examples.

    The Hessian is Xᵀ S X / m with 0 < S ≤ ¼ on its diagonal, so R = λ_max(XᵀX) / (4m) for every w; at w = 0 it is that.

    Shapes: x (examples, parameters), a column of ones in it where there is a bias; y (examples,), each −1 or 1.
    Source: Böhning & Lindsay 1988, for the ¼.
    """

    x: Tensor
    y: Tensor
    smoothness: float
    infimum: float
    infimum_known: Known

    @property
    def parameters(self) -> int:
        return self.x.shape[1]

    def loss(self, w: Tensor) -> Tensor:
        return _logistic(self.y * (w @ self.x.T))

    def gradient(self, w: Tensor) -> Tensor:
        return (_slope(self.y * (w @ self.x.T)) * self.y) @ self.x


def logistic_regression(x: Tensor, y: Tensor) -> LogisticRegression:
    """Logistic regression with a bias, the last parameter; its L* by Newton's method.

    Where a line separates the classes, L* is exactly 0 and no w has it: the longer w, the smaller the loss.

    Shapes: x (examples, inputs); y (examples,), each −1 or 1. Raises: ValueError naming the argument and the limit.
    """
    x, y = _examples(x, y)
    x = _with_ones(x)
    smoothness = float(torch.linalg.eigvalsh(x.T @ x)[-1]) / (4 * len(x))
    least = _newton(x, y)
    # A mean below ln 2 / m leaves every example below ln 2, on the right side of the line.
    if least < math.log(2) / len(x):
        return LogisticRegression(x, y, smoothness, 0.0, "exactly")
    return LogisticRegression(x, y, smoothness, least, "nearly")


@dataclass(frozen=True, eq=False)
class NetLoss:
    """The mean logistic loss of a net with one hidden layer of tanh units and one output. No R holds everywhere.

    Shapes: x (examples, inputs + 1), a column of ones in it; y (examples,), each −1 or 1; w in the order of `shape`.
    """

    shape: Shape
    x: Tensor
    y: Tensor
    smoothness: None = None
    infimum: float = 0.0
    infimum_known: Known = "as a lower bound"

    @property
    def parameters(self) -> int:
        return self.shape.count

    def loss(self, w: Tensor) -> Tensor:
        hidden, output = self.shape.matrices(w)
        return _logistic(self._forward(hidden, output)[1])

    def gradient(self, w: Tensor) -> Tensor:
        hidden, output = self.shape.matrices(w)
        h, margins = self._forward(hidden, output)
        grad_z = (_slope(margins) * self.y).unsqueeze(-2)  # (…, 1, examples)
        grad_a = output[..., :-1].mT * grad_z * (1 - h * h)  # (…, units, examples)
        grad_hidden = (grad_a @ self.x).flatten(-2)
        grad_output = (grad_z @ h.mT).squeeze(-2)
        return torch.cat([grad_hidden, grad_output, grad_z.sum(-1)], -1)

    def _forward(self, hidden: Tensor, output: Tensor) -> tuple[Tensor, Tensor]:
        """The hidden units (…, units, examples) and y times the output (…, examples)."""
        h = torch.tanh(hidden @ self.x.T)
        return h, self.y * (output[..., :-1] @ h + output[..., -1:]).squeeze(-2)


def net_loss(x: Tensor, y: Tensor, units: int) -> NetLoss:
    """The loss of a net with `units` hidden units on these examples.

    Shapes: x (examples, inputs); y (examples,), each −1 or 1. Raises: ValueError naming the argument and the limit.
    """
    x, y = _examples(x, y)
    if units < 1:
        raise ValueError(f"units must be at least 1, got {units}")
    return NetLoss(Shape((x.shape[1], units, 1), "tanh"), _with_ones(x), y)


def _with_ones(x: Tensor) -> Tensor:
    """One more input that is always 1, for the bias."""
    return torch.cat([x, torch.ones_like(x[:, :1])], 1)


def _examples(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    x, y = checked_tensor("x", x, "examples, inputs"), checked_tensor("y", y, "examples")
    if len(x) != len(y):
        raise ValueError(f"y must have a number for each of the {len(x)} examples, got {len(y)}")
    if not bool((y.abs() == 1).all()):
        raise ValueError(f"y must be −1 or 1, got {float(y[y.abs() != 1][0])}")
    return x, y


def _logistic(margins: Tensor) -> Tensor:
    """The mean of ln(1 + e^−margin) over the last axis."""
    return functional.softplus(-margins, threshold=_STRAIGHT).mean(-1)


def _slope(margins: Tensor) -> Tensor:
    """The derivative of `_logistic` by every margin."""
    return -torch.sigmoid(-margins) / margins.shape[-1]


@torch.no_grad()
def _newton(x: Tensor, y: Tensor) -> float:
    """The least loss that Newton's method finds, each step halved until the loss falls by a part of what it should."""
    w = x.new_zeros(x.shape[1])
    least = float(_logistic(y * (x @ w)))
    for _ in range(NEWTON_STEPS):
        margins = y * (x @ w)
        gradient = (_slope(margins) * y) @ x
        bend = torch.sigmoid(margins) * torch.sigmoid(-margins) / len(x)
        step = torch.linalg.pinv(x.T @ (bend[:, None] * x), hermitian=True) @ gradient
        decrement = float(gradient @ step)
        if decrement < NEWTON_DECREMENT:
            break
        size = 1.0
        while (
            found := float(_logistic(y * (x @ (w - size * step))))
        ) > least - 0.25 * size * decrement and size > 1e-9:
            size /= 2
        if found >= least:
            break
        w, least = w - size * step, found
    return least
