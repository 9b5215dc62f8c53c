"""How long the engine takes to compute and record a trace, and how large it is as it is sent."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import torch

from visualizer.engine import Readout, Trace, trace_convolution, trace_lstm, trace_network
from visualizer.player.payload import packed


def trace_large_net(repeats: int) -> list[float]:
    """Milliseconds for 4 inputs, 8 hidden units, 3 outputs, with biases, 8 examples and the update."""
    x, y, *weights = _draw((8, 4), (8, 3), (8, 4), (3, 8))
    biases = _draw((8,), (3,))
    return milliseconds(lambda: trace_network(x, y, weights, biases, learning_rate=0.5), repeats)


def trace_large_crop(repeats: int) -> list[float]:
    """Milliseconds for a 3×3 kernel and a bias over 32×32 pixels in three channels, forward and backward."""
    return milliseconds(_large_crop, repeats)


def trace_large_lstm(repeats: int) -> list[float]:
    """Milliseconds for an LSTM of 4 units over 12 time steps of 8 inputs, read out at each, forward and backward."""
    x, weight_ih, weight_hh, bias_ih, bias_hh, out = _draw((12, 8), (16, 8), (16, 4), (16,), (16,), (8, 4))
    readout = Readout(out, None, torch.eye(8, dtype=torch.float64)[torch.arange(12) % 8], None, "cross_entropy")
    return milliseconds(lambda: trace_lstm(x, weight_ih, weight_hh, bias_ih, bias_hh, readout=readout), repeats)


def pack_large_crop() -> int:
    """The same walk as it is sent, in bytes."""
    return len(packed(_large_crop()))


def _large_crop() -> Trace:
    x, weight, bias, grad_y = _draw((3, 32, 32), (1, 3, 3, 3), (1,), (1, 30, 30))
    return trace_convolution(x, weight, bias, grad_y=grad_y)


def _draw(*shapes: tuple[int, ...]) -> list[torch.Tensor]:
    dice = torch.Generator().manual_seed(0)
    return [torch.randn(*shape, generator=dice, dtype=torch.float64) for shape in shapes]


def milliseconds(make: Callable[[], Trace], repeats: int) -> list[float]:
    """How long it takes, again and again."""
    torch.set_num_threads(1)  # as the app runs it, and without what else this process holds: see visualizer/server.py
    gc.collect()
    gc.freeze()
    samples = []
    for _ in range(repeats):
        begun = time.perf_counter()
        make()
        samples.append((time.perf_counter() - begun) * 1000)
    return samples
