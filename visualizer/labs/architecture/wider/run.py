"""The view "Wider": one hidden layer at every width, trained, or random with a trained or solved output layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.architecture.settings import FIRST_LAYER, ArchitectureSettings
from visualizer.labs.kit.cost import Cost
from visualizer.text.words import counted
from visualizer.ui.run import Progress

LEARNED, TRAINED, SOLVED = 0, 1, 2
WAYS = ("learned", "random, output trained", "random, least squares")


@dataclass(frozen=True, eq=False)
class Widths:
    """The widths that are done, of those `planned`, rising. For each of the three ways of `WAYS` and each net: its test
    error and its squared error on the training points, (ways, widths, nets), infinite where it diverged.
    """

    planned: tuple[int, ...]
    errors: Tensor
    losses: Tensor

    @property
    def widths(self) -> tuple[int, ...]:
        return self.planned[: self.errors.shape[1]]


def run(settings: ArchitectureSettings) -> Iterator[Progress[Widths]]:
    """Train the nets of every width, the narrowest first, in both ways, and solve for the third."""
    shapes = [settings.shape(width) for width in settings.widths]
    seconds = [2 * settings.seconds(shape) + settings.solved_seconds(shape) for shape in shapes]
    done: list[Tensor] = []
    so_far: Widths | None = None
    for place, shape in enumerate(shapes):
        nets: list[Tensor] = []
        before, whole = sum(seconds[:place]), sum(seconds)
        for way, frozen_layers in enumerate(((), FIRST_LAYER)):
            for progress in settings.train(shape, frozen_layers):
                share = (way + progress.epoch / progress.epochs) / 2 * seconds[place]
                yield Progress(
                    (before + share) / whole, f"{counted(settings.widths[place], 'unit')}, {WAYS[way]}", so_far
                )
            nets.append(progress.run.parameters[-1])
        nets.append(settings.solved(shape))
        done.append(_measured(settings, shape, nets))
        errors, losses = torch.stack(done, dim=2)
        so_far = Widths(settings.widths, errors, losses)
        yield Progress((before + seconds[place]) / whole, counted(settings.widths[place], "unit"), so_far)


def cost(settings: ArchitectureSettings) -> Cost:
    shapes = [settings.shape(width) for width in settings.widths]
    seconds = sum(2 * settings.seconds(shape) + settings.solved_seconds(shape) for shape in shapes)
    return settings.cost(seconds, f"{len(shapes)} widths × {len(WAYS)} ways × {settings.nets} nets")


def _measured(settings: ArchitectureSettings, shape: Shape, nets: list[Tensor]) -> Tensor:
    """Errors and losses (2, ways, nets) of each way's nets."""
    errors = torch.stack([settings.test_errors(flat, shape) for flat in nets])
    losses = torch.stack([settings.train_losses(flat, shape) for flat in nets])
    return torch.stack([errors, losses.nan_to_num(torch.inf, torch.inf)])
