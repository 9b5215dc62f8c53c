"""Activations of many units at once, fast; `functions.py` says what they are.

A pair for each: `forward(a, out)` writes g(a) into out, and may spoil a; `backward(grad, h, scratch)` multiplies grad
in place by g′, computed from h = g(a), and may spoil scratch, which has grad's shape. Both come as operations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.trace.functions import LEAK
from visualizer.engine.training.update.operation import Operation

Forward = Callable[[Tensor, Tensor], list[Operation]]
Backward = Callable[[Tensor, Tensor, Tensor], list[Operation]]

LARGE = 2048
"""From how many float32 numbers on torch.tanh is slower than going round by the sigmoid."""


@cache
def _number(value: float, dtype: torch.dtype) -> Tensor:
    """A factor as a tensor of the same dtype: an operation with it costs half of one with a number."""
    return torch.tensor(value, dtype=dtype)


def _tanh(a: Tensor, out: Tensor) -> list[Operation]:
    """2 σ(2a) − 1 is the same, and at most 4e-7 apart in float32."""
    if a.dtype != torch.float32 or a.numel() < LARGE:
        return [partial(torch.tanh, a, out=out)]
    return [
        partial(torch.mul, a, _number(2.0, a.dtype), out=a),
        partial(torch.sigmoid, a, out=a),
        partial(torch.add, _number(-1.0, a.dtype), a, alpha=2, out=out),
    ]


def _tanh_backward(grad: Tensor, h: Tensor, scratch: Tensor) -> list[Operation]:
    return [partial(torch.mul, h, h, out=scratch), partial(grad.addcmul_, grad, scratch, value=-1)]


def _sigmoid(a: Tensor, out: Tensor) -> list[Operation]:
    return [partial(torch.sigmoid, a, out=out)]


def _sigmoid_backward(grad: Tensor, h: Tensor, scratch: Tensor) -> list[Operation]:
    return [partial(grad.mul_, h), partial(grad.addcmul_, grad, h, value=-1)]


def _relu(a: Tensor, out: Tensor) -> list[Operation]:
    return [partial(torch.clamp_min, a, 0, out=out)]


def _relu_backward(grad: Tensor, h: Tensor, scratch: Tensor) -> list[Operation]:
    return [partial(torch.sign, h, out=scratch), partial(grad.mul_, scratch)]


def _leaky_relu(a: Tensor, out: Tensor) -> list[Operation]:
    scaled = torch.empty_like(a)
    return [partial(torch.mul, a, _number(LEAK, a.dtype), out=scaled), partial(torch.maximum, a, scaled, out=out)]


def _leaky_relu_backward(grad: Tensor, h: Tensor, scratch: Tensor) -> list[Operation]:
    """grad · (LEAK + (1 − LEAK) [h > 0])."""
    return [
        partial(torch.gt, h, 0, out=scratch),
        partial(torch.mul, scratch, grad, out=scratch),
        partial(grad.mul_, _number(LEAK, grad.dtype)),
        partial(grad.add_, scratch, alpha=1 - LEAK),
    ]


def _softplus(a: Tensor, out: Tensor) -> list[Operation]:
    return [lambda: out.copy_(functional.softplus(a, threshold=40.0))]


def _softplus_backward(grad: Tensor, h: Tensor, scratch: Tensor) -> list[Operation]:
    """σ(a) = 1 − e^(−h), and so −grad · (e^(−h) − 1)."""
    return [
        partial(torch.neg, h, out=scratch),
        partial(torch.expm1, scratch, out=scratch),
        partial(torch.mul, scratch, grad, out=grad),
        partial(torch.neg, grad, out=grad),
    ]


def _identity(a: Tensor, out: Tensor) -> list[Operation]:
    return [partial(out.copy_, a)]


def _identity_backward(grad: Tensor, h: Tensor, scratch: Tensor) -> list[Operation]:
    return []


BATCH_ACTIVATIONS: Mapping[str, tuple[Forward, Backward]] = {
    "tanh": (_tanh, _tanh_backward),
    "sigmoid": (_sigmoid, _sigmoid_backward),
    "relu": (_relu, _relu_backward),
    "leaky_relu": (_leaky_relu, _leaky_relu_backward),
    "softplus": (_softplus, _softplus_backward),
    "identity": (_identity, _identity_backward),
}
