"""Weights and biases to start from."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

Draw = Callable[[tuple[int, ...], torch.Generator], Tensor]


def _uniform(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    return 2 * torch.rand(shape, generator=generator, dtype=torch.float64) - 1


def draw_normal(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def _xavier(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    return math.sqrt(6 / sum(shape)) * _uniform(shape, generator)


def _he(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    return math.sqrt(2 / shape[1]) * draw_normal(shape, generator)


def draw_zeros(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    return torch.zeros(shape, dtype=torch.float64)


def _equal(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    return torch.ones(shape, dtype=torch.float64)


# How weights are drawn, and how biases are, before both are scaled.
INITIALISATIONS: Mapping[str, tuple[Draw, Draw]] = {
    "uniform": (_uniform, _uniform),
    "normal": (draw_normal, draw_normal),
    "xavier": (_xavier, draw_zeros),
    "he": (_he, draw_zeros),
    "zeros": (draw_zeros, draw_zeros),
    "equal": (_equal, _equal),
}


def initialise(
    sizes: Sequence[int], kind: str, *, scale: float = 1.0, seed: int = 0, bias: bool = True
) -> tuple[list[Tensor], list[Tensor] | None]:
    """Weights and biases of a net with `sizes` (inputs, units of layer 1, …, outputs), drawn by a generator of its own.

    uniform: from −scale to scale, and normal: with standard deviation scale, weights and biases alike. xavier: uniform
    with the limit √(6 / (n_in + n_out)), and he: normal with √(2 / n_in), both times scale, biases 0. zeros: all 0.
    equal: all the same, scale.

    Shapes: weights [(sizes[1], sizes[0]), …]; biases [(sizes[1],), …], or None without bias. float64.
    Raises: ValueError naming the argument, its value and the limit.
    Source: Glorot & Bengio 2010, equation 16; He et al. 2015, equation 10. We differ in rounding to 2 decimals, so that
    a student can write the numbers down; a number that this would make 0 keeps its first digit instead.
    """
    check_scale(scale)
    weights, biases = draw_layers(sizes, kind, INITIALISATIONS, seed=seed)
    rounded = [_rounded(scale * values) for values in weights]
    return rounded, [_rounded(scale * values) for values in biases] if bias else None


def draw_layers(
    sizes: Sequence[int], kind: str, kinds: Mapping[str, tuple[Draw, Draw]], *, seed: int
) -> tuple[list[Tensor], list[Tensor]]:
    """Weights and biases of each layer as `kinds` draws them, neither scaled nor rounded.

    Shapes and Raises: as `initialise`.
    """
    if len(sizes) < 2 or any(size < 1 for size in sizes):
        raise ValueError(f"sizes must be at least 2 numbers of at least 1 each, got {list(sizes)}")
    if kind not in kinds:
        raise ValueError(f"kind must be one of {', '.join(kinds)}, got {kind!r}")
    if not 0 <= seed < 2**63:
        raise ValueError(f"seed must be from 0 to 2^63 − 1, got {seed}")
    draw_weight, draw_bias = kinds[kind]
    generator = torch.Generator().manual_seed(seed)
    layers = [
        (draw_weight((units, below), generator), draw_bias((units,), generator))
        for below, units in itertools.pairwise(sizes)
    ]
    return [weight for weight, _ in layers], [bias for _, bias in layers]


def check_scale(scale: float) -> None:
    """Raises: ValueError for what nothing can be scaled by."""
    if not (math.isfinite(scale) and scale >= 0):
        raise ValueError(f"scale must be finite and at least 0, got {scale}")


def _rounded(tensor: Tensor) -> Tensor:
    short = [round(value, 2) or float(f"{value:.0e}") for value in tensor.flatten().tolist()]
    return torch.tensor(short, dtype=torch.float64).reshape(tensor.shape) + 0.0  # + 0 makes a −0 a 0
