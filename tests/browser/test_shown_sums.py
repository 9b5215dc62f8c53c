"""What the browser shows adds up: every step of the default net, and steps of 200 random ones."""

from __future__ import annotations

import random
from typing import Any

import torch

from tests.browser.bare_player import BarePlayer
from tests.browser.shown_sums import fault, value
from tests.player.test_payload import default_trace
from visualizer.engine import Trace, trace_network
from visualizer.engine.convolution import trace_convolution


def random_trace(seed: int) -> Trace:
    choose = random.Random(seed)
    generator = torch.Generator().manual_seed(seed)
    inputs, hidden, outputs, examples = (choose.randint(1, most) for most in (4, 8, 3, 8))
    loss = choose.choice(["squared", "cross_entropy"]) if outputs > 1 else "squared"
    scale = choose.choice([0.01, 0.3, 1.0, 3.0])

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


def test_two_hundred_random_nets_add_up(bare_player: BarePlayer) -> None:
    found = []
    for seed in range(200):
        trace = random_trace(seed)
        steps = sorted(random.Random(seed).sample(range(1, len(trace) + 1), min(len(trace), 15)))
        found += [f"seed {seed}, {wrong}" for wrong in bare_player.faults(trace, steps)]
    assert found == [], "\n".join(found)


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


def test_convolutions_add_up_and_so_do_their_products(bare_player: BarePlayer) -> None:
    found = []
    for seed in range(60):
        trace = random_convolution(seed)
        steps = sorted(random.Random(seed).sample(range(1, len(trace) + 1), min(len(trace), 15)))
        found += [f"seed {seed}, {wrong}" for wrong in bare_player.faults(trace, steps)]
    assert found == [], "\n".join(found)


def test_a_line_that_does_not_add_up_is_noticed() -> None:
    assert fault([["0.5", "=", "0.2", "+", "0.2"]]) is not None
    assert fault([["0.06", "=", "0.2", "·", "0.35"]]) is not None
    assert fault([["0.07", "=", "0.2", "·", "0.35"]]) is None
    assert fault([["0.5", "=", "0.2", "+", "0.2", "+", "0.1"]]) is None
    assert fault([["0.5", "=", "max", "(", "0.2", ",", "0.4", ")"]]) is not None
    assert fault([["0.4", "=", "max", "(", "0.2", ",", "0.4", ")"]]) is None
    assert fault([["0.25", "=", "(", "0.7", "+", "(", "−0.1", ")", ")", "/", "2"]]) is not None
    assert fault([["0.3", "=", "(", "0.7", "+", "(", "−0.1", ")", ")", "/", "2"]]) is None
