"""A fully connected net, forward and backward, one number at a time."""

from __future__ import annotations

from typing import SupportsFloat

import torch

from visualizer.engine.trace.trace import Phase, Trace, chapters_of
from visualizer.engine.walks.network.formulas import network_formulas
from visualizer.engine.walks.network.net import checked_net
from visualizer.engine.walks.network.notes import Wording, network_summary, network_title
from visualizer.engine.walks.network.steps import network_steps
from visualizer.engine.walks.network.symbols import network_legend, network_overview, network_symbols
from visualizer.engine.walks.network.values import autograd_arrays, network_arrays

_CHAPTERS: dict[Phase, str] = {"forward": "Forward", "loss": "Loss", "backward": "Backward", "update": "Update"}


def trace_network(
    x: object,
    y: object,
    weights: object,
    biases: object = None,
    *,
    activation: str = "sigmoid",
    output_activation: str | None = None,
    loss: str = "squared",
    learning_rate: SupportsFloat | None = None,
    hold_biases: bool = False,
) -> Trace:
    """The forward pass, loss, backward pass and (with a learning rate) one update of a net, step by step.

    Shapes: x (m, n_in); y (m, n_out); weights [(units of layer 1, n_in), …, (n_out, units of the last hidden layer)];
    biases [(units of layer 1,), …, (n_out,)] or None. Tensors, or what torch.tensor takes; copied, as float64. The
    trace's arrays are listed at `network_arrays`.

    `activation` and `output_activation` (None: the same) are names in ACTIVATIONS. `loss` "squared" is ½ Σ (y − out)²
    and "sum_squared" the same without ½, summed over examples and outputs; "mse" is the mean of (y − out)².
    "cross_entropy" is softmax outputs and −Σ y ln(out) in nats, with rows of y that add up to 1, and
    "mean_cross_entropy" its mean over the examples, as torch's. With `hold_biases` the update leaves the biases as they
    are: there is no new_b1, …. Numbers that overflow become inf or NaN; nothing is raised for them.

    Raises: ValueError naming the argument, its value and the limit.
    Source: slides 5 to 8 (Kakade 2016), which have one output, and drop the biases from slide 7 on.
    """
    with torch.inference_mode(False):
        net = checked_net(x, y, weights, biases, activation, output_activation, loss, learning_rate, hold_biases)
        arrays, checks = network_arrays(net), autograd_arrays(net)
    symbols = network_symbols(net, arrays)
    steps = network_steps(net, Wording(net, symbols))
    return Trace(
        kind="network",
        arrays=arrays,
        steps=steps,
        chapters=chapters_of(steps, _CHAPTERS),
        symbols=symbols,
        checks=checks,
        title=network_title(net),
        summary=network_summary(net),
        overview=network_overview(net),
        formulas=network_formulas(net, arrays),
        legend=network_legend(net),
    )
