"""Random nets as arguments of `trace_network`, and their gradients by torch in the usual way."""

from __future__ import annotations

import itertools
from typing import Any

import torch
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

ACTIVATIONS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": functional.relu,
    "leaky_relu": functional.leaky_relu,
    "softplus": functional.softplus,
    "identity": lambda a: a,
}
Arguments = dict[str, Any]


@st.composite
def nets(draw: st.DrawFn, smooth: bool = False) -> Arguments:
    """Depth 1 to 3, any activations and losses, with biases or without; only smooth activations where asked for."""
    loss = draw(st.sampled_from(["squared", "sum_squared", "mse", "cross_entropy", "mean_cross_entropy"]))
    softmax = loss.endswith("cross_entropy")
    inputs = draw(st.integers(1, 4))
    hidden = draw(st.lists(st.integers(1, 5), max_size=2))
    sizes = [inputs, *hidden, draw(st.integers(2 if softmax else 1, 3))]
    names = st.sampled_from([name for name in ACTIVATIONS if not (smooth and "relu" in name)])
    return {
        **net_of(sizes, draw(st.integers(1, 4)), draw(st.integers(0, 2**32)), loss, biased=draw(st.booleans())),
        "activation": draw(names),
        "output_activation": None if softmax else draw(st.none() | names),
        "loss": loss,
    }


def net_of(sizes: list[int], examples: int, seed: int, loss: str = "squared", *, biased: bool = True) -> Arguments:
    generator = torch.Generator().manual_seed(seed)

    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator, dtype=torch.float64)

    y = normal(examples, sizes[-1])
    return {
        "x": normal(examples, sizes[0]),
        "y": torch.softmax(y, dim=1) if loss.endswith("cross_entropy") else y,
        "weights": [normal(units, below) for below, units in itertools.pairwise(sizes)],
        "biases": [normal(units) for units in sizes[1:]] if biased else None,
    }


def loss_of(arguments: Arguments) -> tuple[Tensor, dict[str, Tensor]]:
    """The loss with a graph behind it, and every number on the way by name, each ready for retain_grad."""
    weights = [weight.clone().requires_grad_() for weight in arguments["weights"]]
    biases = [bias.clone().requires_grad_() for bias in arguments["biases"] or []]
    named = {f"W{i}": weight for i, weight in enumerate(weights, 1)}
    named |= {f"b{i}": bias for i, bias in enumerate(biases, 1)}
    hidden = ACTIVATIONS[arguments["activation"]]
    last = ACTIVATIONS[arguments["output_activation"] or arguments["activation"]]
    h = arguments["x"]
    for i, weight in enumerate(weights, 1):
        a = functional.linear(h, weight, biases[i - 1] if biases else None)
        h = hidden(a.clone()) if i < len(weights) else a
        named |= {f"a{i}": a, f"h{i}": h}
    del named[f"h{len(weights)}"]
    mean = arguments["loss"].startswith("m")
    if arguments["loss"].endswith("cross_entropy"):
        named["out"] = torch.softmax(a, dim=1)
        losses = -(arguments["y"] * named["out"].log()).sum(dim=1)
    else:
        named["out"] = last(a.clone())
        losses = (arguments["y"] - named["out"]).square() * (0.5 if arguments["loss"] == "squared" else 1.0)
    return losses.mean() if mean else losses.sum(), named
