"""The view "Signals through the layers": nets from the chosen start and every other kind, looked into as they learn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from visualizer.engine.experiments.scale_sweep import Start
from visualizer.engine.measures.evaluation import LayerStatistics, layer_statistics
from visualizer.engine.measures.layer_spread import LayerSpread, layer_spread
from visualizer.engine.training.loop import train
from visualizer.engine.training.start import start_networks
from visualizer.labs.initialisation.settings import RULES, SEEDS, InitialisationSettings, unlike
from visualizer.labs.kit.cost import Cost
from visualizer.ui.run import Progress

FRAMES = 21
_LOOK = 2.4e-8
"""Seconds for an activation and its gradient in one look."""


@dataclass(frozen=True, eq=False)
class LayersRun:
    """What is in the nets of each start at some epochs, so far. The chosen start is the first.

    epochs (F,), of which there will be up to `whole`; loss (F, starts, nets); activations and gradients
    (F, starts, nets, layers): their standard deviations, as `LayerSpread` has them; forward and backward (starts,):
    the median factors from layer to layer before training; parameters (F, P), of the chosen start's first net. NaN
    where a net has diverged.
    """

    starts: tuple[Start, ...]
    epochs: Tensor
    whole: int
    loss: Tensor
    activations: Tensor
    gradients: Tensor
    forward: Tensor
    backward: Tensor
    parameters: Tensor

    @property
    def done(self) -> bool:
        """Whether the last epoch is among them, or every net has diverged before."""
        return int(self.epochs[-1]) == self.whole or bool(self.loss[-1].isnan().all())


def run(settings: InitialisationSettings) -> Iterator[Progress[LayersRun]]:
    """Train nets from all starts in one batch, and look into them at every frame."""
    shape, data, starts = settings.shape, settings.data, starts_of(settings)
    drawn = torch.cat([start_networks(shape, each.kind, scale=each.scale, seeds=settings.seeds) for each in starts])
    recipe = replace(settings.recipe(FRAMES), record_parameters=False)
    spreads: list[LayerSpread] = []
    kept: list[Tensor] = []
    for progress in train(drawn, shape, data, recipe, learning_rate=settings.learning_rate):
        flat = progress.run.parameters[-1]
        spreads.append(layer_spread(flat, shape, data, recipe.loss))
        kept.append(flat[0].clone())
        found = _found(starts, recipe.epochs, progress.run.epochs, progress.run.train_loss, spreads, kept)
        yield Progress(progress.epoch / recipe.epochs, f"Epoch {progress.epoch:,} of {recipe.epochs:,}", found)


def cost(settings: InitialisationSettings) -> Cost:
    starts = len(starts_of(settings))
    activations = sum(settings.shape.sizes[1:]) * len(settings.data.train_x)
    return settings.cost(starts, FRAMES, _LOOK * starts * SEEDS * activations)


def starts_of(settings: InitialisationSettings) -> tuple[Start, ...]:
    """The chosen start, and every kind as it comes."""
    kinds = [Start(kind) for kind in ("normal", "uniform", *RULES)]
    return unlike([settings.start, *kinds, settings.equal, Start("zeros")])


def inside(settings: InitialisationSettings, found: LayersRun, frame: int) -> list[LayerStatistics]:
    """What is in the layers of the chosen start's first net at a frame."""
    return layer_statistics(found.parameters[frame : frame + 1], settings.shape, settings.data, settings.chosen.loss)


def _found(
    starts: tuple[Start, ...],
    whole: int,
    epochs: Tensor,
    loss: Tensor,
    spreads: list[LayerSpread],
    kept: list[Tensor],
) -> LayersRun:
    sizes = (len(spreads), len(starts), SEEDS)
    return LayersRun(
        starts=starts,
        epochs=epochs,
        whole=whole,
        loss=loss.view(sizes),
        activations=torch.stack([each.activations for each in spreads]).view(*sizes, -1),
        gradients=torch.stack([each.gradients for each in spreads]).view(*sizes, -1),
        forward=spreads[0].forward.view(len(starts), SEEDS).nanmedian(dim=1).values,
        backward=spreads[0].backward.view(len(starts), SEEDS).nanmedian(dim=1).values,
        parameters=torch.stack(kept),
    )
