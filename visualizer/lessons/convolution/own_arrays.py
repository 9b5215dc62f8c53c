"""What a visitor may paste for the loss: a target, or the gradient of the output."""

from __future__ import annotations

from visualizer.inputs.arrays.own_layer import FILTER_COUNTS, PASTE
from visualizer.inputs.arrays.setting import ArraySetting

OWN_TARGET = ArraySetting(
    "own_target", "Target", f"{PASTE} As large as the output.", (FILTER_COUNTS, (1, 62), (1, 62)), default=None
)
OWN_GRADIENT = ArraySetting(
    "own_gradient", "∂ℓ/∂ output", f"{PASTE} As large as the output.", (FILTER_COUNTS, (1, 62), (1, 62)), default=None
)
