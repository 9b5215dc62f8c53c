"""Settings small enough to be run in a test, and results made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from visualizer.engine.experiments.equal_parameters import equal_widths
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.architecture.deeper.run import Depths
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.architecture.wider.run import Widths
from visualizer.labs.kit.data_settings import ChosenData, DataChoice, drawn_data


def data(name: str, points: int = 40) -> ChosenData:
    return drawn_data(DataChoice(name, 0.05, points, 0.5, 0), "squared")


SETTINGS = ArchitectureSettings(
    chosen=data("circles"),
    activation="tanh",
    scale=2.0,
    optimiser="adam",
    rate=0.05,
    epochs=20,
    first_seed=3,
    nets=5,
    widest=8,
    ridge=1e-6,
    parameters=40,
    deepest=3,
    width=4,
)
"""20 points to train on, 20 for the test."""
NUMBERS = replace(SETTINGS, chosen=data("sine"))
SPREAD = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0], dtype=torch.float64)


def nets(medians: Sequence[float], apart: float = 0.01) -> Tensor:
    """Five nets around each median, their errors so far apart from one to the next, as a share: (medians, 5)."""
    centre = torch.tensor(medians, dtype=torch.float64)
    return centre[:, None] * (1 + apart * SPREAD)


def widths_of(
    learned: Sequence[float],
    trained: Sequence[float],
    solved: Sequence[float],
    *,
    apart: float = 0.01,
    planned: int | None = None,
) -> Widths:
    """Widths 1, 2, 4, … whose nets have these median test errors in the three ways; a net's loss is half its error."""
    errors = torch.stack([nets(way, apart) for way in (learned, trained, solved)])
    return Widths(tuple(2**power for power in range(planned or len(learned))), errors, errors / 2)


def depths_of(
    errors: Sequence[float], train: Sequence[float], *, apart: float = 0.01, planned: int | None = None
) -> Depths:
    """Depths 1, 2, … whose nets have these median test errors and training losses."""
    shapes = tuple(Shape((2, *equal_widths(2, 1, depth, 40), 1)) for depth in range(1, (planned or len(errors)) + 1))
    spread = nets(errors, apart)
    return Depths(shapes, spread, nets(train, apart), spread / 2)
