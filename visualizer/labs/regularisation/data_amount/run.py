"""The view "How much data?": the same net on more and more points, without regularisation and with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.measures.fit_metrics import Fits, stacked
from visualizer.engine.training.loop import train
from visualizer.labs.kit.cost import Cost
from visualizer.labs.regularisation.settings import DROPOUT, RegSettings
from visualizer.labs.regularisation.sweeps import MASKS
from visualizer.ui.run import Progress

SIZES, _FIRST = 8, 10
"""How many sizes there are, and the smallest of them where there is room."""
FEWEST = 8
"""Points to train on below which there is no curve."""


@dataclass(frozen=True, eq=False)
class Amount:
    """The sizes of the training set that are done, and for each what nets came to: (repeats, 2), without regularisation
    and with it."""

    sizes: tuple[int, ...] = ()
    fits: tuple[Fits, ...] = ()

    def curve(self, name: str) -> Tensor:
        """A number of all fits, by its name: (2, repeats, sizes)."""
        return torch.stack([getattr(each, name) for each in self.fits], dim=2).transpose(0, 1).double()


def sizes_of(settings: RegSettings) -> tuple[int, ...]:
    """The sizes, each about the same factor above the one before; the last is the whole training set."""
    most = settings.trained
    limits = torch.tensor([min(_FIRST, most / 4), most], dtype=torch.float64).log10()
    rounded = torch.logspace(float(limits[0]), float(limits[1]), SIZES, dtype=torch.float64).round().long()
    return tuple(dict.fromkeys(max(1, size) for size in rounded.tolist()))


def run(settings: RegSettings) -> Iterator[Progress[Amount]]:
    """Size after size: both nets at once, repeat by repeat. A smaller training set is part of a larger one."""
    sizes, result = sizes_of(settings), Amount()
    costs = [_seconds(settings, size) for size in sizes]
    for place, size in enumerate(sizes):
        fits: list[Fits] = []
        for repeat in range(settings.repeats):
            parts = settings.parts(repeat, size)
            start, strengths = settings.start(repeat, 2), torch.tensor([0.0, settings.strength], dtype=torch.float64)
            recipe = settings.recipe(repeat)
            penalty = {settings.kind: strengths}
            for progress in train(start, settings.shape, parts.fitted, recipe, learning_rate=settings.rate, **penalty):
                share = (repeat + progress.epoch / progress.epochs) / settings.repeats
                whole = (sum(costs[:place]) + share * costs[place]) / sum(costs)
                yield Progress(whole, f"{size:,} points, repeat {repeat + 1} of {settings.repeats}")
            fits.append(settings.measure(progress.run, parts))
        result = Amount(sizes[: place + 1], (*result.fits, stacked(fits)))
        yield Progress(sum(costs[: place + 1]) / sum(costs), f"{size:,} points", result)


def cost(settings: RegSettings) -> Cost:
    sizes = sizes_of(settings)
    return settings.cost(sum(_seconds(settings, size) for size in sizes), 2 * len(sizes))


def _seconds(settings: RegSettings, size: int) -> float:
    return settings.seconds(2, size) * (MASKS if settings.kind == DROPOUT else 1.0)


def refusal_of(settings: RegSettings) -> str:
    """Why these settings make no curve; empty where they do."""
    if settings.trained >= FEWEST:
        return ""
    return (
        f"With at most {settings.trained} points to train on there is no curve; at least {FEWEST} are needed. More "
        "points or a larger share help."
    )
