"""Gradient descent on a random kernel until it gives the same output as a target kernel."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

HOPELESS = 1e12
"""How many times its start the loss may reach before the rest of the iterations is left out."""


@dataclass(frozen=True, eq=False)
class Learning:
    """The kernels of all iterations and their losses; the first is the start.

    Shapes: kernels (iterations + 1, *target's); losses (iterations + 1,). Fewer where it was `cut`: the loss ran away.
    `diverged` says whether it ended above its start.
    """

    kernels: Tensor
    losses: Tensor
    diverged: bool
    cut: bool


def learn_kernel(x: Tensor, target_kernel: Tensor, *, steps: int, learning_rate: float, seed: int = 0) -> Learning:
    """Batch gradient descent on ℓ = ½ Σ (y − target)², from a random kernel; y and target without bias or padding.

    Shapes: x (C, H, W); target_kernel (filters, C, kernel rows, kernel columns). float64. As y is linear in the kernel
    K, the gradient is (K − target kernel) G, where G holds the products of the window's numbers, summed over all
    windows; an iteration needs no look at the image any more.

    Raises: ValueError naming the argument, its value and the limit.
    Source: slide 13 (Kakade 2016): w ← w − η∇L(w).
    """
    if steps < 1:
        raise ValueError(f"steps must be at least 1, got {steps}")
    if not (learning_rate > 0 and math.isfinite(learning_rate)):
        raise ValueError(f"learning_rate must be finite and above 0, got {learning_rate}")
    products = window_products(x, target_kernel)
    target = target_kernel.double().flatten(1)
    start = torch.rand(target.shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64) * 2 - 1
    off = start - target
    found, losses = [off], [_loss(off, products)]
    for _ in range(steps):
        off = off - learning_rate * (off @ products)
        found.append(off)
        losses.append(_loss(off, products))
        if not losses[-1] <= HOPELESS * max(losses[0], 1e-30):  # a NaN ends it too
            break
    kernels = (torch.stack(found) + target).reshape(-1, *target_kernel.shape)
    return Learning(
        kernels, torch.tensor(losses, dtype=torch.float64), not losses[-1] <= losses[0], len(losses) <= steps
    )


def largest_rate(x: Tensor, kernel: Tensor) -> float:
    """The learning rate from which on the loss no longer falls: 2 over the largest eigenvalue of the curvature.

    Infinite where the image is 0 all over: there the loss is 0 from the start.
    """
    largest = float(torch.linalg.eigvalsh(window_products(x, kernel))[-1])
    return 2 / largest if largest > 1e-12 else math.inf


def window_products(x: Tensor, kernel: Tensor) -> Tensor:
    """Σ over all windows of p pᵀ, where p is what a window sees, as one row: (C · rows · columns, the same).

    Raises: ValueError where the kernel does not fit on the image.
    """
    channels, rows, columns = kernel.shape[1:]
    if x.ndim != 3 or x.shape[0] != channels or x.shape[1] < rows or x.shape[2] < columns:
        raise ValueError(f"x must have {channels} channels of at least {rows}×{columns}, got {tuple(x.shape)}")
    windows = functional.unfold(x.double()[None], (rows, columns))[0]
    return windows @ windows.T


def _loss(off: Tensor, products: Tensor) -> float:
    """½ Σ (y − target)², where the kernels (filters, numbers) are `off` from the target."""
    return float(0.5 * ((off @ products) * off).sum())
