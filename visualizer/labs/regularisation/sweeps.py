"""The same net trained with every kind of regularisation, each at all of its strengths at once, repeat by repeat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from visualizer.engine.data.train_validation_test import Parts
from visualizer.engine.measures.fit_metrics import Fits, stacked, weights_of
from visualizer.engine.training.loop import train
from visualizer.engine.training.run import Progress as TrainingProgress
from visualizer.engine.training.run import TrainingRun
from visualizer.labs.regularisation.settings import DROPOUT, L1, L2, RegSettings, strengths_by_decades
from visualizer.labs.regularisation.text import NAMES
from visualizer.ui.run import Progress

NONE, EARLY = "none", "early"
_NO_STRENGTH = torch.zeros(1, dtype=torch.float64)
STRENGTHS: Mapping[str, Tensor] = {
    NONE: _NO_STRENGTH,
    EARLY: _NO_STRENGTH,
    L2: strengths_by_decades(-5, 0, 2),
    L1: strengths_by_decades(-5, 0, 2),
    DROPOUT: torch.arange(5, 100, 10, dtype=torch.float64) / 100,
}
"""The strengths of each kind, rising."""
MASKS = 1.5
"""How many times as long training takes with dropout."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """A kind at all its strengths (strengths,); each of the fits (repeats, strengths)."""

    kind: str
    strengths: Tensor
    fits: Fits


@dataclass(frozen=True, eq=False)
class Sweeps:
    """The kinds that are done. The bins of weights reach from −limit to limit; `trained` points were trained on."""

    trained: int
    limit: float
    kinds: Mapping[str, Sweep] = field(default_factory=dict)


def run_sweeps(
    settings: RegSettings, kinds: Sequence[str], strengths: Mapping[str, Tensor] = STRENGTHS
) -> Iterator[Progress[Sweeps]]:
    """Train with each kind in turn, none of them first: its largest weight is what the bins are made for."""
    weights = [_seconds(settings, kind, len(strengths[kind])) for kind in kinds]
    done, limit = dict[str, Sweep](), 0.0
    for count, kind in enumerate(kinds):
        fits: list[Fits] = []
        for repeat in range(settings.repeats):
            parts = settings.parts(repeat)
            for progress in _train(settings, parts, kind, strengths[kind], repeat):
                share = (repeat + progress.epoch / progress.epochs) / settings.repeats
                whole = (sum(weights[:count]) + share * weights[count]) / sum(weights)
                yield Progress(whole, f"{NAMES[kind]}, repeat {repeat + 1} of {settings.repeats}")
            limit = limit or _largest_weight(progress.run, settings)
            fits.append(settings.measure(progress.run, parts, limit))
        done = done | {kind: Sweep(kind, strengths[kind], stacked(fits))}
        share = sum(weights[: count + 1]) / sum(weights)
        yield Progress(share, NAMES[kind], Sweeps(settings.trained, limit, done))


def repeat_seconds(settings: RegSettings, kinds: Sequence[str], strengths: Mapping[str, Tensor] = STRENGTHS) -> float:
    """What one repeat of these kinds takes."""
    return sum(_seconds(settings, kind, len(strengths[kind])) for kind in kinds)


def _train(
    settings: RegSettings, parts: Parts, kind: str, strengths: Tensor, repeat: int
) -> Iterator[TrainingProgress]:
    start, recipe = settings.start(repeat, len(strengths)), settings.recipe(repeat, early=kind == EARLY)
    penalties = {kind: strengths} if kind in (L2, L1, DROPOUT) else {}
    return train(start, settings.shape, parts.fitted, recipe, learning_rate=settings.rate, **penalties)


def _largest_weight(run: TrainingRun, settings: RegSettings) -> float:
    return float(weights_of(run.parameters[-1], settings.shape).nan_to_num(0, 0, 0).abs().max()) or 1.0


def _seconds(settings: RegSettings, kind: str, nets: int) -> float:
    seen = settings.trained + (settings.points - settings.trained) // 2 * (kind == EARLY)
    return settings.seconds(nets, seen) * (MASKS if kind == DROPOUT else 1.0)
