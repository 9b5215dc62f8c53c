"""The numbers that a choice of settings starts from: the same settings always give the same numbers."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from visualizer.engine import Ref
from visualizer.engine.training.initialisation import initialise
from visualizer.lessons.one_hidden_layer.numbers import PARAMETERS, Numbers, from_arrays
from visualizer.lessons.one_hidden_layer.presets import PRESETS
from visualizer.lessons.one_hidden_layer.settings import MAX_EXAMPLES, MAX_INPUTS, MAX_OUTPUTS, NetSettings

FROM_PRESET = "preset"


def start_numbers(settings: NetSettings, edits: Mapping[Ref, float]) -> Numbers:
    """Numbers of the settings' shapes, with the edits on top.

    Examples come from the preset; those that it lacks are drawn with the seed, inputs from −1 to 1, targets 0 or 1. So
    do weights and biases from the preset, or all of them from the initialisation chosen. Under cross-entropy, targets
    that are no shares of 1 name a class: the largest.
    """
    arrays = _drawn_examples(settings) | _drawn_parameters(settings)
    taken = ("x", "y", *PARAMETERS) if settings.initialisation == FROM_PRESET else ("x", "y")
    for name, array in PRESETS[settings.preset].numbers.arrays.items():
        if name in taken:
            overlap = tuple(slice(0, min(sizes)) for sizes in zip(array.shape, arrays[name].shape, strict=True))
            arrays[name][overlap] = array[overlap]
    if not settings.bias:
        del arrays["b1"], arrays["b2"]
    numbers = from_arrays(arrays).with_values(edits)
    return from_arrays(numbers.arrays | {"y": as_shares(numbers.y)}) if settings.softmax else numbers


def _drawn_examples(settings: NetSettings) -> dict[str, Tensor]:
    """The largest table is drawn and cut to size, so that an example stays the same when others come or go."""
    generator = torch.Generator().manual_seed(settings.seed)
    x = torch.randint(-100, 101, (MAX_EXAMPLES, MAX_INPUTS), generator=generator).double() / 100
    y = torch.randint(0, 2, (MAX_EXAMPLES, MAX_OUTPUTS), generator=generator).double()
    return {
        "x": x[: settings.examples, : settings.inputs].clone(),
        "y": y[: settings.examples, : settings.outputs].clone(),
    }


def _drawn_parameters(settings: NetSettings) -> dict[str, Tensor]:
    kind = "uniform" if settings.initialisation == FROM_PRESET else settings.initialisation
    sizes = (settings.inputs, settings.hidden, settings.outputs)
    weights, biases = initialise(sizes, kind, scale=settings.scale, seed=settings.seed)
    return dict(zip(PARAMETERS, (weights[0], (biases or [])[0], weights[1], (biases or [])[1]), strict=True))


TOLERANCE = 1e-6
RULE = "Under cross-entropy the targets of an example are between 0 and 1 and add up to 1"


def are_shares(y: Tensor) -> bool:
    """y (m, n_out): whether every row is one of shares of 1."""
    return bool((y >= 0).all()) and bool(((y.sum(dim=1) - 1).abs() <= TOLERANCE).all())


def as_shares(y: Tensor) -> Tensor:
    """y (m, n_out) with every row that is none of shares made one: all for its largest target."""
    rows = [row if are_shares(row[None]) else torch.zeros_like(row).index_fill(0, row.argmax(), 1.0) for row in y]
    return torch.stack(rows)


def with_share(row: Tensor, output: int, share: float) -> Tensor:
    """The row (n_out,) with one share changed; the others keep their proportions and take the rest.

    Raises: ValueError where the share is not from 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"{RULE}; {share:g} is not.")
    others = row.clone()
    others[output] = 0.0
    if float(others.sum()) == 0:
        others = torch.ones_like(row).index_fill(0, torch.tensor(output), 0.0)
    return (others / others.sum() * (1 - share)).index_fill(0, torch.tensor(output), share)
