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
from visualizer.lessons.one_hidden_layer.targets import as_shares

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
