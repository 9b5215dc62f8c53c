"""Dropout on the inputs of a linear regression: on average its loss is that of a ridge regression, exactly.

Each input is 0 with probability p, else divided by 1 − p. Its mean is then x and its variance x² p / (1 − p). What is
dropped of an example's inputs is independent, so the variances add up, and over the masks

    E[½ (y − w·x̃ − b)²] = ½ (y − w·x − b)² + ½ p / (1 − p) Σᵢ wᵢ² xᵢ².

Source: Srivastava et al. 2014, section 9.1; Wager, Wang & Liang 2013, section 2. Here with a mean over the examples, a
half, a bias that is neither dropped nor penalised, and inputs scaled in training, where Srivastava et al. scale the
weights after it.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

MAX_MASKS = 4096
_AT_ONCE = 10**6
"""About how many predictions are held at once."""


@dataclass(frozen=True, eq=False)
class Regression:
    """Examples of a linear regression: x (m, inputs), y (m, outputs), float64.

    Its parameters are a matrix (…, outputs, inputs + 1), the bias in the last column. A loss is ½ the squared error,
    summed over the outputs, and the mean over the examples.

    Raises: ValueError naming the argument, its value and the limit.
    """

    x: Tensor
    y: Tensor

    def __post_init__(self) -> None:
        for name, value in (("x", self.x), ("y", self.y)):
            if value.dtype != torch.float64 or value.dim() != 2 or not value.numel():
                raise ValueError(
                    f"{name} must be (examples, columns) in float64, got {tuple(value.shape)} {value.dtype}"
                )
        if len(self.x) != len(self.y):
            raise ValueError(f"y must have as many rows as x, {len(self.x)}, got {len(self.y)}")

    @property
    def with_ones(self) -> Tensor:
        """x with a column of ones for the bias (m, inputs + 1)."""
        return torch.cat([self.x, torch.ones_like(self.x[:, :1])], dim=1)

    @property
    def mean_squares(self) -> Tensor:
        """The mean of each input's square over the examples (inputs,)."""
        return self.x.square().mean(dim=0)


def ridge_factor(probability: Tensor) -> Tensor:
    """p / (1 − p) of probabilities from 0 and below 1.

    Raises: ValueError naming the argument, its value and the limit.
    """
    if not bool(((probability >= 0) & (probability < 1)).all()):
        raise ValueError(f"probability must be from 0 and below 1, got {probability.tolist()}")
    return probability / (1 - probability)


@torch.no_grad()
def plain_loss(regression: Regression, parameters: Tensor) -> Tensor:
    """The loss without dropout (…)."""
    error = regression.y.t() - parameters @ regression.with_ones.t()
    return 0.5 * error.square().sum(dim=-2).mean(dim=-1)


@torch.no_grad()
def expected_loss(regression: Regression, parameters: Tensor, probability: Tensor) -> Tensor:
    """The loss with dropout, averaged over all masks, by the identity: the plain loss and the ridge.

    Shapes: parameters (…, outputs, inputs + 1), probability (…), to (…).
    """
    ridge = parameters[..., :-1].square().sum(dim=-2) @ regression.mean_squares
    return plain_loss(regression, parameters) + 0.5 * ridge_factor(probability) * ridge


@torch.no_grad()
def ridge_parameters(regression: Regression, probability: Tensor) -> Tensor:
    """The parameters at which the expected loss is lowest: (P,) to (P, outputs, inputs + 1).

    Where many are, as without dropout they may be, those of the smallest norm.
    """
    x = regression.with_ones
    diagonal = torch.cat([regression.mean_squares, x.new_zeros(1)])
    curvature = x.t() @ x / len(x) + torch.diag_embed(ridge_factor(probability).unsqueeze(1) * diagonal)
    solved: Tensor = torch.linalg.pinv(curvature, hermitian=True) @ (x.t() @ regression.y / len(x))
    return solved.transpose(1, 2)


@torch.no_grad()
def enumerated_loss(regression: Regression, parameters: Tensor, probability: float) -> float:
    """The loss with dropout, averaged over all 2^inputs masks one by one, each with its probability.

    Shapes: parameters (outputs, inputs + 1).
    Raises: ValueError for more than 4,096 masks.
    """
    inputs = regression.x.shape[1]
    if 2**inputs > MAX_MASKS:
        raise ValueError(f"inputs must be at most {MAX_MASKS.bit_length() - 1}, got {inputs}")
    masks = (torch.arange(2**inputs).unsqueeze(1) >> torch.arange(inputs) & 1).double()
    chances = (masks * (1 - probability) + (1 - masks) * probability).prod(dim=1)
    kept = regression.x.unsqueeze(1) / (1 - probability) * parameters[:, :-1]
    error = regression.y - parameters[:, -1]
    total = 0.0
    at_once = max(1, _AT_ONCE // error.numel())
    for first in range(0, len(masks), at_once):
        some = slice(first, first + at_once)
        errors = error.flatten() - masks[some] @ kept.flatten(0, 1).t()
        total += float(chances[some] @ errors.square().sum(dim=1))
    return 0.5 * total / len(regression.x)


@torch.no_grad()
def sampled_losses(
    regression: Regression, parameters: Tensor, probability: float, draws: int, generator: torch.Generator
) -> Tensor:
    """The loss under so many draws of masks (draws,), each example with a mask of its own.

    Shapes: parameters (outputs, inputs + 1).
    """
    shape = draws, *regression.x.shape
    kept = torch.rand(shape, generator=generator, dtype=torch.float64) >= probability
    predicted = (regression.x * kept / (1 - probability)) @ parameters[:, :-1].t() + parameters[:, -1]
    return 0.5 * (regression.y - predicted).square().sum(dim=-1).mean(dim=-1)
