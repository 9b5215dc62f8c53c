"""Small films to test with."""

from __future__ import annotations

from functools import cache

import torch
from torch import Tensor

from visualizer.engine.data.data_sets import DATA_SETS
from visualizer.engine.training.data_split import loss_for, make_data
from visualizer.engine.training.loop import train_all
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.run import TrainingRun
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape
from visualizer.film.film import Film, Layer, Subject, film_of
from visualizer.film.plane import Range


@cache
def small_film(
    name: str = "circles",
    hidden: tuple[int, ...] = (3,),
    *,
    epochs: int = 6,
    activation: str = "tanh",
    rate: float = 0.03,
    optimiser: str = "adam",
    points: int = 40,
    run: str = "run",
    planned: int | None = None,
) -> Film:
    """The film of a short run on a data set."""
    drawn = DATA_SETS[name]
    generator = torch.Generator().manual_seed(0)
    x, labels = drawn.sample(points, 0.05, generator)
    classes = len(drawn.classes)
    loss = loss_for(classes)
    data = make_data(x, labels, classes=classes, loss=loss, train_share=0.5, generator=generator)
    shape = Shape((data.inputs, *hidden, data.outputs), activation)
    start = start_networks(shape, "xavier", seeds=[0])
    found: TrainingRun = train_all(start, shape, data, Recipe(loss, epochs, 10, optimiser), learning_rate=rate)
    picture = (8, 8) if name == "digits" else None
    subject = Subject(run, planned or epochs, drawn.inputs, drawn.classes, picture=picture)
    return film_of(found, shape, data, loss, subject)


def shown_values(layer: Layer) -> Tensor:
    """What the browser makes of a layer's maps: the other way round than `Range.levels`. float64."""
    assert layer.maps is not None
    shape = (1, -1, *[1] * (layer.maps.dim() - 2))
    low, high, reach, centre = (
        torch.tensor(numbers, dtype=torch.float64).reshape(shape)
        for numbers in zip(*((*each.roots, _reach(each), each.centre) for each in layer.ranges), strict=True)
    )
    roots = low + layer.maps.double() / torch.iinfo(layer.maps.dtype).max * (high - low)
    return centre + reach * roots * roots.abs()


def _reach(shown: Range) -> float:
    return max(shown.high - shown.centre, shown.centre - shown.low)
