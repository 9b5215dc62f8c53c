"""A film: one net's training, frame by frame, with the output of each unit at every point of its inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.measures.evaluation import outputs, unit_maps
from visualizer.engine.training.run import TrainingRun
from visualizer.engine.training.update.losses import LossName
from visualizer.engine.training.update.parameters import Shape
from visualizer.film.plane import Plane, Range, plane_of, range_of_activation, range_of_numbers

MAX_UNITS = 16
"""How many units of a layer are drawn."""
_UNIT = Range(0.0, 1.0, 0.5)


@dataclass(frozen=True)
class Subject:
    """What a film shows. `name` is the run's: films of the same name are of the same run, one longer than the other.

    `planned` is the number of epochs or updates of the whole run, as `counted` says. `inputs` and `classes` are names;
    without classes the targets are numbers. `image` gives rows and columns of inputs that are an image's pixels.
    """

    name: str
    planned: int
    inputs: tuple[str, ...]
    classes: tuple[str, ...] = ()
    counted: str = "epoch"
    picture: tuple[int, int] | None = None


@dataclass(frozen=True, eq=False)
class Layer:
    """The range in which each unit is drawn, one for all where they share it, and the maps as levels of it.

    Shape of the maps: (frames, units, *sides).
    """

    ranges: tuple[Range, ...]
    maps: Tensor | None = None


@dataclass(frozen=True, eq=False)
class Film:
    """A net's training run, and the outputs of its units at each frame.

    Shapes: parameters (frames, P) float32; a run's curves as in `TrainingRun`, of this net alone: (frames,), and
    gradient_norms (frames, layers). `layers` are those with weights, the output last: there the maps are predictions.
    Without a plane, `answers` are its predictions for the examples, see `answers_of`. Where frames are updates, `seen`
    (frames, batch) tells which examples of the training set each was made with, −1 for none.
    """

    subject: Subject
    shape: Shape
    loss: LossName
    data: Data
    epochs: Tensor
    parameters: Tensor
    curves: dict[str, Tensor]
    diverged: int
    cause: str
    stopped: int
    plane: Plane | None
    layers: tuple[Layer, ...] = field(repr=False)
    answers: dict[str, Tensor] = field(repr=False)
    seen: Tensor | None = None

    def __len__(self) -> int:
        return len(self.epochs)

    @property
    def whole(self) -> bool:
        """Whether the run has come to its end."""
        return int(self.epochs[-1]) >= self.subject.planned or self.diverged >= 0 or self.stopped >= 0


CURVES = ("train_loss", "test_loss", "train_accuracy", "test_accuracy", "learning_rates", "gradient_norms")


@torch.no_grad()
def film_of(
    run: TrainingRun,
    shape: Shape,
    data: Data,
    loss: LossName,
    subject: Subject,
    *,
    net: int = 0,
    seen: Tensor | None = None,
) -> Film:
    """The film of one net of a run that recorded its parameters.

    Raises: ValueError where the run has no such net, or not the parameters of every frame.
    """
    frames, nets, _ = run.parameters.shape
    if not 0 <= net < nets:
        raise ValueError(f"net must be from 0 to {nets - 1}, got {net}")
    if frames != len(run.epochs):
        raise ValueError(f"run must have the parameters of all {len(run.epochs)} frames, got {frames}")
    parameters = run.parameters[:, net].float().contiguous()
    plane = plane_of(torch.cat([data.train_x, data.test_x]))
    return Film(
        subject=subject,
        shape=shape,
        loss=loss,
        data=data,
        epochs=run.epochs,
        parameters=parameters,
        curves={name: getattr(run, name)[:, net] for name in CURVES},
        diverged=int(run.diverged[net]),
        cause=run.cause[net],
        stopped=int(run.stopped[net]),
        plane=plane,
        layers=tuple(_layers(parameters, shape, data, loss, plane)),
        answers={} if plane else answers_of(parameters, shape, data, loss),
        seen=seen,
    )


def _layers(parameters: Tensor, shape: Shape, data: Data, loss: LossName, plane: Plane | None) -> Sequence[Layer]:
    last = range_of_numbers(data.train_y) if loss == "squared" and data.outputs == 1 else _UNIT
    if plane is None:
        return [*(Layer((_UNIT,)) for _ in range(shape.depth - 1)), Layer((last,))]
    hidden = (maps[:, :MAX_UNITS] for maps in unit_maps(parameters, shape, plane.points(large=False))[:-1])
    sums = outputs(parameters, shape, plane.points(large=True)).transpose(1, 2)
    layers = [
        _layer([range_of_activation(shape.activation, unit) for unit in maps.unbind(1)], maps, plane, large=False)
        for maps in hidden
    ]
    return [*layers, _layer([last] * shape.sizes[-1], _predicted(loss, sums)[:, :MAX_UNITS], plane, large=True)]


def _predicted(loss: LossName, sums: Tensor) -> Tensor:
    """Predictions from the output's sums (frames, outputs, points)."""
    if loss == "squared":
        return sums
    return sums.sigmoid() if loss == "logistic" else sums.softmax(dim=1)


def _layer(ranges: Sequence[Range], maps: Tensor, plane: Plane, *, large: bool) -> Layer:
    """maps (frames, units, points) as levels."""
    dtype = torch.uint16 if len(plane.low) == 1 else torch.uint8
    if len(set(ranges)) == 1:
        levels, ranges = ranges[0].levels(maps, dtype), ranges[:1]
    else:
        units = zip(ranges, maps.unbind(1), strict=True)
        levels = torch.stack([each.levels(unit, dtype) for each, unit in units], dim=1)
    return Layer(tuple(ranges), levels.reshape(*levels.shape[:2], *plane.sides(large)))


MAX_GUESSES = 300
"""The most examples whose guesses are sent."""


def answers_of(parameters: Tensor, shape: Shape, data: Data, loss: LossName) -> dict[str, Tensor]:
    """The predictions for the test examples at each frame; for the training examples where there is no test set.

    With classes `right`, the accuracy of each: (frames, classes), NaN for a class without examples. With numbers
    `guesses` (frames, examples) and the `truths` (examples,).
    """
    x, y = (data.test_x, data.test_y) if data.tested else (data.train_x, data.train_y)
    if loss == "squared" and data.outputs == 1:
        guessed = outputs(parameters, shape, x[:MAX_GUESSES])[..., 0]
        return {"guesses": guessed.float(), "truths": y[:MAX_GUESSES, 0].float()}
    given = outputs(parameters, shape, x)
    if loss == "logistic":
        predicted, labels, classes = (given[..., 0] > 0).long(), (y[:, 0] > 0).long(), 2
    else:
        predicted, labels, classes = given.argmax(dim=-1), y.argmax(dim=1), y.shape[1]
    of_class = torch.nn.functional.one_hot(labels, classes).float()
    return {"right": (predicted == labels).float() @ of_class / of_class.sum(dim=0)}
