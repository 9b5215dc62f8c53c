"""Dropout on the inputs of a linear regression beside its ridge: expected losses, and the weights that each ends at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from visualizer.engine.experiments.dropout_descent import descend_with_dropout
from visualizer.engine.experiments.dropout_ridge import (
    Regression,
    enumerated_loss,
    expected_loss,
    plain_loss,
    ridge_parameters,
    sampled_losses,
)
from visualizer.engine.experiments.polynomial_features import power_names, powers
from visualizer.labs.regularisation.settings import RegSettings
from visualizer.ui.run import Progress

PROBABILITIES = torch.arange(5, 100, 10, dtype=torch.float64) / 100
GRID = torch.arange(0, 96, dtype=torch.float64) / 100
"""The probabilities at which the closed form is drawn."""
MAX_COLUMNS = 12
"""Columns of a regression: so that all masks can be tried."""
RUNS = 8
_MAX_TRIED = 3 * 10**7
"""How many predictions are made at most to try all masks."""
_NUMBERS = 2e7
"""About how many numbers are drawn for the masks of the losses; of the descents, three times as many."""
_MIN_DRAWS, _MAX_DRAWS = 50, 4000
_MIN_STEPS, _MAX_STEPS = 300, 2000
_BATCH = 64
_SECONDS = 1.4e-8
"""Seconds for each number drawn, measured."""


@dataclass(frozen=True, eq=False)
class Exact:
    """What a linear regression comes to with dropout on its inputs, so far; p are the `probabilities` of the sampled.

    `names` of the columns. With the weights of least squares: `plain`, the loss without dropout; `curve` (grid,) and
    `expected` (p,), the loss by the closed form; `sampled` (p,), the mean over `draws` of masks, and its standard error
    `sampled_error`; `gap`, by how much the mean over all masks is off the closed form at most, None where there are too
    many. `ridge` (grid, weights) and `ridge_there` (p, weights), the closed form's best weights; `descended` (p,
    weights), the mean of those that descents with dropout end at, and its standard error `descended_error`; all over
    outputs and columns, without biases. `steps` that each descent took so far.
    """

    names: tuple[str, ...]
    outputs: int
    probabilities: Tensor
    plain: float
    curve: Tensor
    expected: Tensor
    ridge: Tensor
    ridge_there: Tensor
    gap: float | None = None
    draws: int = 0
    sampled: Tensor | None = None
    sampled_error: Tensor | None = None
    steps: int = 0
    descended: Tensor | None = None
    descended_error: Tensor | None = None


def inputs_of(settings: RegSettings) -> Tensor:
    """The inputs that the regression gets, by their places: those that vary most, where there are too many."""
    spread = settings.data.train_x.double().var(dim=0, correction=0)
    return spread.argsort(descending=True, stable=True)[:MAX_COLUMNS].sort().values


def degree_of(settings: RegSettings) -> int:
    """The powers of the inputs: as many as are wanted and fit."""
    return max(1, min(settings.powers, MAX_COLUMNS // settings.data.inputs))


def regression_of(settings: RegSettings) -> Regression:
    """The regression on the points that the first repeat trains on."""
    data = settings.parts(0).fitted
    x = data.train_x.double()[:, inputs_of(settings)]
    return Regression(powers(x, degree_of(settings)), data.train_y.double())


def run_exact(settings: RegSettings) -> Iterator[Progress[Exact]]:
    """The closed form, then the mean over all masks, over masks drawn at random, and descents with dropout."""
    regression = regression_of(settings)
    exact = _closed_form(settings, regression)
    yield Progress(0.0, "Closed form", exact)
    generator = torch.Generator().manual_seed(settings.first_seed)
    least_squares = ridge_parameters(regression, torch.zeros(1, dtype=torch.float64))[0]
    if _tried(regression) <= _MAX_TRIED:
        for place, probability in enumerate(PROBABILITIES.tolist()):
            off = abs(enumerated_loss(regression, least_squares, probability) - float(exact.expected[place]))
            exact = replace(exact, gap=max(off, exact.gap or 0.0))
            yield Progress(0.05 * (place + 1) / len(PROBABILITIES), "All masks", exact)
    draws = draws_of(regression)
    means, errors = torch.full_like(PROBABILITIES, torch.nan), torch.full_like(PROBABILITIES, torch.nan)
    for place, probability in enumerate(PROBABILITIES.tolist()):
        losses_drawn = sampled_losses(regression, least_squares, probability, draws, generator)
        means, errors = means.clone(), errors.clone()
        means[place], errors[place] = losses_drawn.mean(), losses_drawn.std() / draws**0.5
        exact = replace(exact, draws=draws, sampled=means, sampled_error=errors)
        yield Progress(0.05 + 0.25 * (place + 1) / len(PROBABILITIES), "Masks drawn at random", exact)
    steps = steps_of(regression)
    descents = descend_with_dropout(
        regression, PROBABILITIES, steps=steps, runs=RUNS, generator=generator, batch_size=_BATCH, reports=40
    )
    for descent in descents:
        weights = descent.parameters[..., :-1].flatten(2)
        exact = replace(
            exact,
            steps=descent.step,
            descended=weights.mean(dim=1),
            descended_error=weights.std(dim=1) / RUNS**0.5,
        )
        yield Progress(0.3 + 0.7 * descent.step / steps, "Descent with dropout", exact)


def draws_of(regression: Regression) -> int:
    """How many masks are drawn for each probability."""
    each = regression.x.numel() * len(PROBABILITIES)
    return int(min(_MAX_DRAWS, max(_MIN_DRAWS, _NUMBERS / each)))


def steps_of(regression: Regression) -> int:
    """How many steps a descent takes."""
    return int(min(_MAX_STEPS, max(_MIN_STEPS, _NUMBERS * 3 / _numbers_a_step(*regression.x.shape))))


def _tried(regression: Regression) -> int:
    """How many predictions all masks of all examples are, for all probabilities."""
    return int(2 ** regression.x.shape[1] * regression.y.numel() * len(PROBABILITIES))


def exact_seconds(settings: RegSettings) -> float:
    """What it takes, in seconds."""
    regression = regression_of(settings)
    sampled = draws_of(regression) * regression.x.numel() * len(PROBABILITIES)
    return _SECONDS * (sampled + steps_of(regression) * _numbers_a_step(*regression.x.shape))


def _numbers_a_step(examples: int, columns: int) -> int:
    return len(PROBABILITIES) * RUNS * min(examples, _BATCH) * columns


def _closed_form(settings: RegSettings, regression: Regression) -> Exact:
    least_squares = ridge_parameters(regression, torch.zeros(1, dtype=torch.float64))[0]
    names = [settings.chosen.inputs[place] for place in inputs_of(settings).tolist()]
    return Exact(
        names=power_names(names, degree_of(settings)),
        outputs=regression.y.shape[1],
        probabilities=PROBABILITIES,
        plain=float(plain_loss(regression, least_squares)),
        curve=expected_loss(regression, least_squares, GRID),
        expected=expected_loss(regression, least_squares, PROBABILITIES),
        ridge=ridge_parameters(regression, GRID)[..., :-1].flatten(1),
        ridge_there=ridge_parameters(regression, PROBABILITIES)[..., :-1].flatten(1),
    )
