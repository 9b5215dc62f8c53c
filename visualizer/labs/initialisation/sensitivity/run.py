"""The view "Sensitivity": 32 scales at once, with the known rules beside them, and what is read off."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.experiments.scale_sweep import Start, StartsRun, train_starts
from visualizer.engine.measures.weight_spread import DEVIATIONS, typical_weight
from visualizer.engine.statistics.zones import Zones, find_zones
from visualizer.labs.initialisation.settings import RULES, InitialisationSettings
from visualizer.labs.initialisation.text import start_name
from visualizer.labs.kit.cost import Cost
from visualizer.ui.run import Progress

SCALES = 32
ZEROS = Start("zeros")
_LOWEST, _HIGHEST = -3.0, 2.0
_FRAMES = 41
_LEARNT = 0.02
"""A start has learned something if its loss is below that of zeros by at least this share of it."""


def run(settings: InitialisationSettings) -> Iterator[Progress[StartsRun]]:
    """Train nets from all scales, and from the known rules, zeros and equal weights, in one batch."""
    starts = _starts(settings)
    recipe = settings.recipe(_FRAMES)
    for found in train_starts(
        starts, settings.shape, settings.data, recipe, seeds=settings.seeds, learning_rate=settings.learning_rate
    ):
        yield Progress(found.epoch / found.whole, f"Epoch {found.epoch:,} of {found.whole:,}", found)


def cost(settings: InitialisationSettings) -> Cost:
    return settings.cost(SCALES + len(_references(settings)), _FRAMES)


def scales() -> Tensor:
    """The scales (32,), from 10⁻³ to 10², each the same factor above the one before."""
    return torch.logspace(_LOWEST, _HIGHEST, SCALES, dtype=torch.float64)


@dataclass(frozen=True)
class Reference:
    """A known start: its name; at which scale of the chosen kind weights are as large as its own, over all layers and
    between hidden layers (NaN where at none, as between those of which there is one); its median loss, and the factors
    from layer to layer before training."""

    start: Start
    name: str
    scale: float
    hidden_scale: float
    loss: float
    forward: float
    backward: float

    @property
    def change(self) -> float:
        """How far it is from keeping signals and gradients as large as they are; infinite where not known."""
        logs = [abs(math.log(factor)) if factor > 0 else math.inf for factor in (self.forward, self.backward)]
        return sum(logs) if all(math.isfinite(each) for each in logs) else math.inf


@dataclass(frozen=True, eq=False)
class Reading:
    """What the run says.

    losses (32,): the median over the nets, infinite for what diverged. `idle` is the loss that zeros end with. `zones`
    says which scales learn, or is None where none does. forward and backward (32,): the factors from layer to layer.
    gradients (32, layers): the median norms of the first gradient. `balanced`: the scale at which gradients keep their
    size from layer to layer, or None.
    """

    scales: Tensor
    losses: Tensor
    idle: float
    zones: Zones | None
    forward: Tensor
    backward: Tensor
    gradients: Tensor
    balanced: float | None
    references: tuple[Reference, ...]

    @property
    def best(self) -> int | None:
        """The place of the scale that ends lowest."""
        return self.zones.best if self.zones else None

    @property
    def rules(self) -> list[Reference]:
        """The rules that choose the size by the layer, the one that keeps sizes best first."""
        return sorted((each for each in self.references if each.start.kind in RULES), key=lambda each: each.change)

    def learns(self, rule: Reference) -> bool:
        """Whether a rule's nets end as low as those of the scales that learn."""
        return self.zones is not None and rule.loss <= self.zones.limit

    def reference(self, kind: str) -> Reference:
        return next(each for each in self.references if each.start.kind == kind)


def read(settings: InitialisationSettings, run: StartsRun) -> Reading:
    """What the run says so far."""
    ends = run.loss.nan_to_num(math.inf).quantile(0.5, dim=1, interpolation="higher")
    idle_nets = torch.where(run.loss[SCALES].isfinite(), run.loss[SCALES], run.start_loss[SCALES])
    idle = float(idle_nets.median())
    zones = find_zones(idle_nets, run.loss[:SCALES])
    learned = zones.best is not None and float(zones.losses[zones.best]) < (1 - _LEARNT) * idle
    forward, backward = run.per_start(run.spread.forward), run.per_start(run.spread.backward)
    return Reading(
        scales=scales(),
        losses=ends[:SCALES],
        idle=idle,
        zones=zones if learned else None,
        forward=forward[:SCALES],
        backward=backward[:SCALES],
        gradients=run.gradient_norms[:SCALES].nanmedian(dim=1).values,
        balanced=crossing(scales(), backward[:SCALES]),
        references=tuple(
            Reference(start, start_name(start), _as_large(settings, start), _as_large_inside(settings, start), *numbers)
            for start, *numbers in zip(
                run.starts[SCALES:],
                ends[SCALES:].tolist(),
                forward[SCALES:].tolist(),
                backward[SCALES:].tolist(),
                strict=True,
            )
        ),
    )


def crossing(scales: Tensor, factors: Tensor) -> float | None:
    """The first scale at which the factor comes up through 1, between two scales by their logarithms."""
    logs, places = factors.log(), scales.log()
    for place in range(1, len(scales)):
        before, here = float(logs[place - 1]), float(logs[place])
        if before < 0 <= here:
            share = -before / (here - before) if math.isfinite(before) else 1.0
            return math.exp(float(places[place - 1] + share * (places[place] - places[place - 1])))
    return None


def _starts(settings: InitialisationSettings) -> tuple[Start, ...]:
    return (*(Start(settings.kind, scale) for scale in scales().tolist()), *_references(settings))


def _references(settings: InitialisationSettings) -> tuple[Start, ...]:
    """Zeros first."""
    return (ZEROS, settings.equal, *(Start(kind) for kind in RULES))


def _as_large(settings: InitialisationSettings, start: Start) -> float:
    here = typical_weight(settings.kind, settings.shape)
    size = start.scale * typical_weight(start.kind, settings.shape)
    return size / here if here and size else math.nan


def _as_large_inside(settings: InitialisationSettings, start: Start) -> float:
    if settings.hidden_layers == 1:
        return math.nan
    units = settings.units
    here, size = (DEVIATIONS[kind](units, units) for kind in (settings.kind, start.kind))
    return start.scale * size / here if here and size else math.nan
