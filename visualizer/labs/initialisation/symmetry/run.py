"""The view "Symmetry": zeros, all equal weights and random ones, and how far units come to differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from visualizer.engine.experiments.scale_sweep import Start
from visualizer.engine.measures.unit_distance import unit_distances
from visualizer.engine.training.loop import TrainingRun, train
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.initialisation.settings import SEEDS, InitialisationSettings, unlike
from visualizer.labs.kit.cost import Cost
from visualizer.ui.run import Progress

_FRAMES = 101
ZEROS = Start("zeros")


@dataclass(frozen=True, eq=False)
class SymmetryRun:
    """What units come to from each start, so far.

    epochs (F,), of which the last will be `whole`; loss and distances (F, starts, nets): the distance between two units
    of a layer, the root mean square over all pairs in all hidden layers; gradient_norms (starts, layers): the median of
    the first ones. Of each start's first net: units (F, starts, units, inputs + 1), the weights and the bias of layer
    1, and parameters (starts, P), the newest. NaN where a net has diverged.
    """

    starts: tuple[Start, ...]
    epochs: Tensor
    whole: int
    loss: Tensor
    distances: Tensor
    gradient_norms: Tensor
    units: Tensor
    parameters: Tensor


def run(settings: InitialisationSettings) -> Iterator[Progress[SymmetryRun]]:
    """Train nets from all starts in one batch."""
    shape, data, starts = settings.shape, settings.data, starts_of(settings)
    drawn = torch.cat([start_networks(shape, each.kind, scale=each.scale, seeds=settings.seeds) for each in starts])
    recipe = replace(settings.recipe(_FRAMES), record_parameters=False)
    distances: list[Tensor] = []
    units: list[Tensor] = []
    for progress in train(drawn, shape, data, recipe, learning_rate=settings.learning_rate):
        flat = progress.run.parameters[-1]
        distances.append(unit_distances(flat, shape).square().mean(dim=-1).sqrt())
        units.append(shape.matrices(flat[::SEEDS])[0].clone())
        found = _found(starts, recipe.epochs, shape, progress.run, distances, units)
        yield Progress(progress.epoch / recipe.epochs, f"Epoch {progress.epoch:,} of {recipe.epochs:,}", found)


def cost(settings: InitialisationSettings) -> Cost:
    return settings.cost(len(starts_of(settings)), _FRAMES)


def starts_of(settings: InitialisationSettings) -> tuple[Start, ...]:
    """Zeros and all equal weights, the chosen start, and one that is known to work."""
    return unlike([ZEROS, settings.equal, settings.start, Start("xavier")])


def _found(
    starts: tuple[Start, ...],
    whole: int,
    shape: Shape,
    run: TrainingRun,
    distances: list[Tensor],
    units: list[Tensor],
) -> SymmetryRun:
    sizes = (len(distances), len(starts), SEEDS)
    return SymmetryRun(
        starts=starts,
        epochs=run.epochs,
        whole=whole,
        loss=run.train_loss.view(sizes),
        distances=torch.stack(distances).view(sizes),
        gradient_norms=run.gradient_norms[0].view(len(starts), SEEDS, shape.depth).nanmedian(dim=1).values,
        units=torch.stack(units),
        parameters=run.parameters[-1, ::SEEDS].clone(),
    )
