"""The view "Deeper": nets of every depth with about as many parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.kit.cost import Cost
from visualizer.text.words import counted
from visualizer.ui.run import Progress


@dataclass(frozen=True, eq=False)
class Depths:
    """The depths that are done, of those `planned`, from 1 hidden layer on. Test errors, and squared errors on the
    training and the test points, (depths, nets), infinite where a net diverged.
    """

    planned: tuple[Shape, ...]
    errors: Tensor
    train_losses: Tensor
    test_losses: Tensor

    @property
    def shapes(self) -> tuple[Shape, ...]:
        return self.planned[: len(self.errors)]

    @property
    def depths(self) -> list[int]:
        """How many hidden layers each has."""
        return [shape.depth - 1 for shape in self.shapes]


def run(settings: ArchitectureSettings) -> Iterator[Progress[Depths]]:
    """Train the nets of every depth, the shallow ones first."""
    shapes = settings.shapes()
    seconds = [settings.seconds(shape) for shape in shapes]
    done: list[Tensor] = []
    so_far: Depths | None = None
    for place, shape in enumerate(shapes):
        before, whole, text = sum(seconds[:place]), sum(seconds), counted(place + 1, "hidden layer")
        for progress in settings.train(shape):
            yield Progress((before + progress.epoch / progress.epochs * seconds[place]) / whole, text, so_far)
        run = progress.run
        errors = settings.test_errors(run.parameters[-1], shape)
        measured = torch.stack([errors, run.train_loss[-1], run.test_loss[-1]])
        done.append(measured.nan_to_num(torch.inf, torch.inf))
        so_far = Depths(shapes, *torch.stack(done, dim=1))
        yield Progress((before + seconds[place]) / whole, text, so_far)


def cost(settings: ArchitectureSettings) -> Cost:
    shapes = settings.shapes()
    counts = [shape.count for shape in shapes]
    many = f"{min(counts):,} to {max(counts):,}" if min(counts) < max(counts) else f"{counts[0]:,}"
    seconds = sum(settings.seconds(shape) for shape in shapes)
    return settings.cost(seconds, f"{len(shapes)} depths × {settings.nets} nets of {many} parameters")
