"""Parameters that many nets start their training from."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from visualizer.engine.training.initialisation import (
    INITIALISATIONS,
    Draw,
    check_scale,
    draw_layers,
    draw_normal,
    draw_zeros,
)
from visualizer.engine.training.update.parameters import Shape, flatten


def _lecun(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    return math.sqrt(1 / shape[1]) * draw_normal(shape, generator)


def _orthogonal(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    """Q of a normal matrix's QR decomposition; the signs of R's diagonal make all such Q as likely as each other."""
    tall = shape[0] >= shape[1]
    q, r = torch.linalg.qr(draw_normal(shape if tall else shape[::-1], generator))
    spread: Tensor = q * r.diagonal().sign()
    return spread if tall else spread.t()


STARTS: Mapping[str, tuple[Draw, Draw]] = {
    **INITIALISATIONS,
    "lecun": (_lecun, draw_zeros),
    "orthogonal": (_orthogonal, draw_zeros),
}
"""How weights are drawn, and how biases are, before both are scaled."""


def start_networks(shape: Shape, kind: str, *, scale: float | Tensor = 1.0, seeds: Sequence[int]) -> Tensor:
    """A net for each seed, drawn by a generator of its own and then scaled, weights and biases alike.

    The kinds are those of `initialise`, here without rounding, and two more with biases 0. lecun: normal with standard
    deviation √(1 / n_in). orthogonal: rows that are orthogonal to each other and of length 1, or columns, where there
    are more rows than columns.

    Shapes: scale a number or (N,); parameters (N, P), float64.
    Raises: ValueError naming the argument, its value and the limit.
    Source: LeCun et al. 1998, equation 16; Saxe, McClelland & Ganguli 2014; torch.nn.init.orthogonal_ alike.
    """
    if not len(seeds):
        raise ValueError("seeds must be at least 1 number, got none")
    scales = torch.as_tensor(scale, dtype=torch.float64).detach()
    if scales.dim() and scales.shape != (len(seeds),):
        raise ValueError(f"scale must be a number or have shape ({len(seeds)},), got shape {tuple(scales.shape)}")
    scales = scales.expand(len(seeds))
    for value in scales.tolist():
        check_scale(value)
    drawn = {seed: _draw(shape, kind, seed) for seed in dict.fromkeys(seeds)}
    return torch.stack([drawn[seed] for seed in seeds]) * scales.unsqueeze(1)


def _draw(shape: Shape, kind: str, seed: int) -> Tensor:
    weights, biases = draw_layers(shape.sizes, kind, STARTS, seed=seed)
    return flatten(weights, biases if shape.bias else None)
