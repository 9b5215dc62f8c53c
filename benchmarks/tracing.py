"""How long the engine takes to compute and record a trace."""

from __future__ import annotations

import time

import torch

from visualizer.engine import trace_network


def trace_large_net(repeats: int) -> list[float]:
    """Milliseconds for 4 inputs, 8 hidden units, 3 outputs, with biases, 8 examples and the update."""
    # As the app runs it: see app.py.
    torch.set_num_threads(1)
    dice = torch.Generator().manual_seed(0)

    def draw(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=dice, dtype=torch.float64)

    x, y, weights, biases = draw(8, 4), draw(8, 3), [draw(8, 4), draw(3, 8)], [draw(8), draw(3)]
    samples = []
    for _ in range(repeats):
        begun = time.perf_counter()
        trace_network(x, y, weights, biases, learning_rate=0.5)
        samples.append((time.perf_counter() - begun) * 1000)
    return samples
