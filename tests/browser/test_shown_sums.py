"""What the browser shows adds up: the default net, random ones and scores far apart, with any count of digits."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from tests.browser.bare_player import BarePlayer
from tests.browser.shown_sums import fault, value
from tests.player.test_payload import default_trace
from visualizer.engine import (
    Readout,
    Trace,
    trace_convolution,
    trace_module,
    trace_network,
    trace_rnn,
    trace_softmax,
)
from visualizer.engine.walks.losses import LOSSES


def random_trace(seed: int) -> Trace:
    choose = random.Random(seed)
    generator = torch.Generator().manual_seed(seed)
    inputs, hidden, outputs, examples = (choose.randint(1, most) for most in (4, 8, 3, 8))
    loss = choose.choice([name for name in LOSSES if LOSSES[name].least_outputs <= outputs])
    scale = choose.choice([0.01, 0.3, 1.0, 3.0, 100.0])

    def numbers(*shape: int) -> torch.Tensor:
        exact = torch.randn(*shape, generator=generator, dtype=torch.float64) * scale
        return exact.round(decimals=2) if choose.random() < 0.5 else exact

    targets = torch.eye(outputs)[torch.randint(outputs, (examples,), generator=generator)]
    arguments: dict[str, Any] = {
        "activation": choose.choice(["sigmoid", "tanh", "relu", "leaky_relu", "softplus", "identity"]),
        "loss": loss,
        "learning_rate": choose.choice([0.01, 0.5, 2.0]),
    }
    biases = [numbers(hidden), numbers(outputs)] if choose.random() < 0.7 else None
    weights = [numbers(hidden, inputs), numbers(outputs, hidden)]
    return trace_network(numbers(examples, inputs), targets, weights, biases, **arguments)


def test_every_step_of_the_default_net_adds_up(bare_player: BarePlayer) -> None:
    trace = default_trace()
    shown = bare_player.read(trace, list(range(1, len(trace) + 1)))
    assert [fault(lines) for lines in shown] == [None] * len(trace)
    assert (
        sum(value(line[2:] if n == 0 else line[1:]) is not None for lines in shown for n, line in enumerate(lines)) > 40
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_step_shows_the_same_whatever_was_shown_before(bare_player: BarePlayer, seed: int) -> None:
    trace = random_trace(seed)
    steps = random.Random(seed).choices(range(1, len(trace) + 1), k=40)
    assert bare_player.changed_by_drawing_afresh(trace, steps) == []


def test_a_window_shows_the_same_whatever_was_shown_before(bare_player: BarePlayer) -> None:
    generator = torch.Generator().manual_seed(0)
    x, weight = (torch.randn(*shape, generator=generator) for shape in ((2, 5, 5), (2, 2, 3, 3)))
    trace = trace_convolution(x.double(), weight.double(), torch.zeros(2).double(), grad_y=torch.ones(2, 3, 3).double())
    steps = random.Random(0).choices(range(1, len(trace) + 1), k=40)
    assert bare_player.changed_by_drawing_afresh(trace, steps) == []


@pytest.mark.parametrize(("digits", "seeds"), [(4, range(120)), (6, range(120, 150)), (10, range(150, 180))])
def test_random_nets_add_up(bare_player: BarePlayer, digits: int, seeds: range) -> None:
    found = []
    for seed in seeds:
        trace = random_trace(seed)
        steps = sorted(random.Random(seed).sample(range(1, len(trace) + 1), min(len(trace), 15)))
        found += [f"seed {seed}, {wrong}" for wrong in bare_player.faults(trace, steps, digits)]
    assert found == [], "\n".join(found)


def net_of(score: float) -> Trace:
    ones = [[1.0, 0.0], [0.0, 1.0]]
    return trace_network([[score, 0.0]], [[0.0, 1.0]], [ones] * 2, activation="relu", loss="cross_entropy")


def recurrent(loss: str) -> Trace:
    output = Readout([[700.0, 0], [0, 700.0], [-700.0, 5]], [0.0, 3.25, -1.5], [[0.0, 1, 0], [1.0, 0, 0]], None, loss)
    return trace_rnn([[1.0], [-2.0]], [[3.0], [-0.5]], [[0.1, 0.2], [0.3, -0.4]], readout=output)


FAR_APART: dict[str, Callable[[], Trace]] = {
    "2000": lambda: net_of(2000.0),
    "740": lambda: net_of(740.0),
    "10,000.7": lambda: net_of(10000.7),
    "±700": lambda: trace_softmax([700.0, -700.0], target=1),
    "123, 456, 789": lambda: trace_softmax([123.0, 456.0, 789.0], target=0),
    "close, and large": lambda: trace_softmax([10000.72, 9998.21, 10000.5], target=1),
    "read-outs": lambda: recurrent("cross_entropy"),
    "read-outs, squared": lambda: recurrent("squared"),
}


@pytest.mark.parametrize("scores", FAR_APART)
def test_scores_far_apart_add_up(bare_player: BarePlayer, scores: str) -> None:
    trace = FAR_APART[scores]()
    assert bare_player.faults(trace, list(range(1, len(trace) + 1))) == []


def test_a_number_too_small_for_a_sum_has_its_power_of_ten(bare_player: BarePlayer) -> None:
    trace = trace_softmax([123.0, 456.0, 789.0])
    at = next(number for number, step in enumerate(trace.steps, 1) if step.target.name == "total")
    assert bare_player.read(trace, [at]) == [[["1", "=", "5.753·10⁻²⁹⁰", "+", "2.398·10⁻¹⁴⁵", "+", "1"]]]


def random_convolution(seed: int) -> Trace:
    choose = random.Random(seed)
    generator = torch.Generator().manual_seed(seed)
    channels, side, size = choose.choice([1, 2, 3]), choose.randint(3, 8), choose.randint(1, 3)
    scale = choose.choice([0.05, 1.0, 4.0])

    def numbers(*shape: int) -> torch.Tensor:
        exact = torch.randn(*shape, generator=generator, dtype=torch.float64) * scale
        return exact.round(decimals=2) if choose.random() < 0.6 else exact

    weight = numbers(choose.randint(1, 2), channels, size, size)
    padding, stride, loss = choose.randint(0, 2), choose.randint(1, 2), choose.choice(["sum", "pixel"])
    pixel = (0, 0, 0) if loss == "pixel" else None
    x, bias = numbers(channels, side, side), numbers(len(weight))
    return trace_convolution(x, weight, bias, stride=stride, padding=padding, loss=loss, pixel=pixel)


@pytest.mark.parametrize(("digits", "seeds"), [(4, range(60)), (6, range(60, 80)), (10, range(80, 100))])
def test_convolutions_add_up_and_so_do_their_products(bare_player: BarePlayer, digits: int, seeds: range) -> None:
    found = []
    for seed in seeds:
        trace = random_convolution(seed)
        steps = sorted(random.Random(seed).sample(range(1, len(trace) + 1), min(len(trace), 15)))
        found += [f"seed {seed}, {wrong}" for wrong in bare_player.faults(trace, steps, digits)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("digits", [4, 10])
@pytest.mark.parametrize("size", [5, 7, 11])
def test_large_kernels_add_up_row_by_row_or_as_a_block(bare_player: BarePlayer, size: int, digits: int) -> None:
    generator = torch.Generator().manual_seed(size)
    x, weight = (torch.randn(1, *shape, generator=generator).double() for shape in ((12, 12), (1, size, size)))
    trace = trace_convolution(x, weight)
    assert bare_player.faults(trace, list(range(1, min(len(trace), 12))), digits) == []


def test_a_line_that_does_not_add_up_is_noticed() -> None:
    assert fault([["0.5", "=", "0.2", "+", "0.2"]]) is not None
    assert fault([["0.06", "=", "0.2", "·", "0.35"]]) is not None
    assert fault([["0.07", "=", "0.2", "·", "0.35"]]) is None
    assert fault([["0.5", "=", "0.2", "+", "0.2", "+", "0.1"]]) is None
    assert fault([["0.5", "=", "max", "(", "0.2", ",", "0.4", ")"]]) is not None
    assert fault([["0.4", "=", "max", "(", "0.2", ",", "0.4", ")"]]) is None
    assert fault([["0.25", "=", "(", "0.7", "+", "(", "−0.1", ")", ")", "/", "2"]]) is not None
    assert fault([["0.3", "=", "(", "0.7", "+", "(", "−0.1", ")", ")", "/", "2"]]) is None
    assert fault([["1", "=", "5.753·10⁻²⁹⁰", "+", "1"]]) is None
    assert fault([["1", "=", "5.753·10⁻²", "+", "1.000"]]) is not None
    assert fault([["2.000·10⁶", "=", "2.000·10⁶", "+", "3.4"]]) is None
    assert fault([["2.000·10⁶", "=", "2.000·10⁶", "+", "3400"]]) is not None


def stack(*layers: nn.Module, x: tuple[int, ...], seed: int = 0, **more: Any) -> Trace:
    """The walk through seeded layers, with squared errors of seeded targets."""
    torch.manual_seed(seed)
    module = nn.Sequential(*layers).double() if len(layers) > 1 else layers[0].double()
    numbers = torch.randn(*x, dtype=torch.float64)
    out = copy.deepcopy(module)(*[numbers] * (3 if isinstance(module, nn.MultiheadAttention) else 1))
    target = torch.randn_like(out[0] if isinstance(out, tuple) else out)
    if optimizer := more.pop("optimizer", None):
        more["optimizer"] = optimizer(module.parameters(), lr=0.1, weight_decay=0.1)
    return trace_module(module, numbers, target, **more)


STACKS = {
    "units": lambda: stack(nn.Linear(3, 4), nn.GELU(), nn.Linear(4, 2), nn.LogSoftmax(1), x=(3, 3), loss="huber"),
    "maps": lambda: stack(
        nn.Conv2d(2, 3, 3, padding=1), nn.BatchNorm2d(3), nn.MaxPool2d(2), nn.Flatten(), x=(2, 2, 4, 4), loss="mse"
    ),
    "normalised": lambda: stack(nn.LayerNorm(5), nn.ELU(0.5), nn.Linear(5, 2), nn.Softmax(1), x=(2, 5), loss="l1"),
    "GRU": lambda: stack(nn.GRU(2, 2, bidirectional=True), x=(3, 2)),
    "attention": lambda: stack(nn.MultiheadAttention(4, 2), x=(3, 4)),
    "Adam": lambda: stack(nn.Linear(2, 3), nn.SiLU(), x=(2, 2), optimizer=torch.optim.Adam),
    "momentum": lambda: stack(nn.Linear(2, 3), nn.Softplus(2.0), x=(2, 2), optimizer=torch.optim.RMSprop),
}


@pytest.mark.parametrize("name", STACKS)
def test_stacks_of_torchs_layers_add_up(bare_player: BarePlayer, name: str) -> None:
    trace = STACKS[name]()
    steps = sorted(random.Random(0).sample(range(1, len(trace) + 1), min(len(trace), 90)))
    assert bare_player.faults(trace, steps, 4) == []
