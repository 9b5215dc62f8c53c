"""What the lab computes: a run of gradient descent, how the loss bends along it, and the loss around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.data.data_sets import DATA_SETS
from visualizer.engine.descent.loss_surface import (
    Plane,
    Surface,
    loss_surface,
    principal_plane,
    random_plane,
    weight_plane,
)
from visualizer.engine.descent.objectives import (
    Known,
    NetLoss,
    Objective,
    Quadratic,
    logistic_regression,
    net_loss,
    quadratic,
)
from visualizer.engine.descent.run import (
    Descent,
    curvature_along,
    descend,
    rises,
    spread_times,
)
from visualizer.engine.descent.smoothness import curvature
from visualizer.engine.training.data_split import answers
from visualizer.engine.training.start import start_networks
from visualizer.labs.gradient_descent.settings import (
    BOWL,
    COMPONENTS,
    EXAMPLES,
    LOGISTIC,
    NET,
    WEIGHTS,
    DescentSettings,
)
from visualizer.labs.kit.cost import Cost
from visualizer.ui.run import Progress

SHOWN = 300
"""Points of the path that are drawn, at most."""
HIGHEST = 10.0
"""The surface shows the path as long as its loss is at most so many times that of the start."""
_SECONDS = {BOWL: 6e-6, LOGISTIC: 2.5e-5, NET: 1.6e-4}
_AROUND = 0.1


@dataclass(frozen=True, eq=False)
class DescentResult:
    """A run and what was measured along it.

    `smoothness` is the R of η = c / R; `everywhere` says whether it holds for every w. At the points `times` (n,) the
    Hessian's largest eigenvalue is `largest` (n,) and its smallest `smallest` (n,). `track` (k, 2) is where the points
    `track_times` (k,) stand over the surface's plane, `track_losses` (k,) their loss, and `shadow_losses` (k,) that of
    the plane right below them.

    Shapes: losses, squared_gradients, running_minimum (T,).
    """

    parameters: int
    losses: Tensor
    squared_gradients: Tensor
    running_minimum: Tensor
    diverged: int
    rises: int
    step: float
    smoothness: float
    everywhere: bool
    gap: float
    infimum: float
    infimum_known: Known
    times: Tensor
    largest: Tensor
    smallest: Tensor
    surface: Surface
    track_times: Tensor
    track: Tensor
    track_losses: Tensor
    shadow_losses: Tensor


def cost(settings: DescentSettings) -> Cost:
    """Measured on one core."""
    what = {BOWL: f"a bowl in {settings.dimensions} weights", LOGISTIC: "logistic regression on 200 examples"}
    net = f"a 2-{settings.units}-1 net on 200 examples"
    seconds = _AROUND + settings.steps * _SECONDS[settings.problem]
    points = f"{settings.steps:,} points on the way down {what.get(settings.problem, net)}, seed {settings.seed}"
    return Cost(seconds, points, less="fewer points")


def problem(settings: DescentSettings) -> tuple[Objective, Tensor]:
    """The loss, and the point to start from: of the bowl one with loss 1, of logistic regression 0, of a net drawn."""
    if settings.problem == BOWL:
        bowl: Quadratic = quadratic(settings.condition_number, settings.dimensions)
        return bowl, bowl.even_start()
    generator = torch.Generator().manual_seed(settings.seed)
    x, labels = DATA_SETS[settings.data].sample(EXAMPLES, settings.noise, generator)
    y = answers(labels, 2, "logistic")[:, 0]
    if settings.problem == LOGISTIC:
        return logistic_regression(x, y), torch.zeros(x.shape[1] + 1, dtype=torch.float64)
    net: NetLoss = net_loss(x, y, settings.units)
    return net, start_networks(net.shape, "xavier", seeds=[settings.seed])[0]


def run(settings: DescentSettings) -> Iterator[Progress[DescentResult]]:
    """Go down, then look back along the path. Raises: ValueError in words where the loss has no such weight."""
    objective, start = problem(settings)
    _check_weights(settings, objective)
    smoothness = objective.smoothness
    if smoothness is None:
        smoothness = float(curvature(objective.loss, start[None], seed=settings.seed).smoothness)
    for descent in descend(objective, start, settings.factor / smoothness, settings.steps):
        share = len(descent.losses) / settings.steps
        yield Progress(0.9 * share, f"Step {len(descent.losses):,}")
    yield Progress(1.0, "Done", _measured(settings, descent, smoothness))


def _measured(settings: DescentSettings, descent: Descent, smoothness: float) -> DescentResult:
    along = curvature_along(descent, seed=settings.seed)
    objective = descent.objective
    times = _shown_times(descent)
    path = descent.points[times]
    plane = _plane(settings, path)
    track = plane.coordinates(path)
    return DescentResult(
        parameters=objective.parameters,
        losses=descent.losses.clone(),
        squared_gradients=descent.squared_gradients.clone(),
        running_minimum=descent.running_minimum,
        diverged=descent.diverged,
        rises=rises(descent.losses),
        step=descent.step,
        smoothness=smoothness,
        everywhere=objective.smoothness is not None,
        gap=descent.gap,
        infimum=objective.infimum,
        infimum_known=objective.infimum_known,
        times=along.times,
        largest=along.curvature.largest,
        smallest=along.curvature.smallest,
        surface=loss_surface(objective.loss, plane, path),
        track_times=times,
        track=track,
        track_losses=descent.losses[times],
        shadow_losses=objective.loss(plane.points(track)),
    )


def _shown_times(descent: Descent) -> Tensor:
    """Points spread over the path up to where it is too high to be drawn; two at least, where there are two."""
    high = (descent.losses > HIGHEST * descent.losses[0]).nonzero()
    end = int(high[0, 0]) if len(high) else len(descent.losses)
    return spread_times(min(max(end, 2), len(descent.losses)), SHOWN)


def _plane(settings: DescentSettings, path: Tensor) -> Plane:
    if settings.plane == COMPONENTS:
        return principal_plane(path)
    if settings.plane == WEIGHTS:
        return weight_plane(path, *(number - 1 for number in settings.weights))
    return random_plane(path, seed=settings.seed)


def _check_weights(settings: DescentSettings, objective: Objective) -> None:
    if settings.plane != WEIGHTS:
        return
    first, second = settings.weights
    if max(first, second) > objective.parameters:
        raise ValueError(f"this loss has {objective.parameters} weights, so there is no weight {max(first, second)}")
    if first == second:
        raise ValueError(f"a plane needs two different weights, and {first} is chosen twice")
