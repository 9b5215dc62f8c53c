"""What an iteration of learning a kernel has come to, and what stands in the way, in words."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional

from visualizer.engine.filtering.kernel_learning import Learning

FOUND = 0.005
"""Kernels that are no further apart look the same with two decimals."""


def verdict(x: Tensor, target: Tensor, learning: Learning, at: int, *, noise: bool = False) -> str:
    """x (channels, rows, columns) is what was learned from, with `noise` pixels at random; `at` is the iteration."""
    loss = f"Iteration {at}: loss {float(learning.losses[at]):.3g}."
    if learning.diverged:
        return (
            f"{loss} **It diverges.** Each step overshoots the valley by more than it was off before, so the loss "
            f"grows from iteration to iteration{', until the rest is left out' if learning.cut else ''}. Take a "
            f"learning rate below the limit."
        )
    kernel = learning.kernels[at]
    off = float(functional.conv2d(x[None], kernel - target).abs().max())
    apart = float((kernel - target).abs().max())
    text = f"{loss} The outputs differ by at most {off:.3g}, the kernels by at most {apart:.3g}. "
    if apart <= FOUND:
        return f"{text}**The target kernel is found again.**"
    if noise:
        return f"{text}It is on its way: the more iterations, the closer."
    windows = (x.shape[1] - target.shape[2] + 1) * (x.shape[2] - target.shape[3] + 1)
    weights = target[0].numel()
    if windows < weights:
        return (
            f"{text}This crop has {windows} windows, too few to pin down {weights} weights: many kernels come to the "
            f"same output. A larger crop, or grey, tells them apart."
        )
    return (
        f"{text}Neighbouring pixels are much alike, so some mixtures of weights hardly change the output, and those "
        f"are learned slowly. Noise has no such neighbours."
    )
