from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from visualizer.engine.training.initialisation import INITIALISATIONS, initialise


@pytest.mark.parametrize("kind", INITIALISATIONS)
def test_shapes_dtype_and_repeatability(kind: str) -> None:
    state = torch.random.get_rng_state()
    weights, biases = initialise((4, 8, 3), kind, scale=0.7, seed=5)
    again, _ = initialise([4, 8, 3], kind, scale=0.7, seed=5, bias=False)
    assert biases is not None
    assert [tuple(weight.shape) for weight in weights] == [(8, 4), (3, 8)]
    assert [tuple(bias.shape) for bias in biases] == [(8,), (3,)]
    assert all(tensor.dtype == torch.float64 for tensor in (*weights, *biases))
    assert all(torch.equal(a, b) for a, b in zip(weights, again, strict=True))  # with biases or without
    assert torch.equal(torch.random.get_rng_state(), state)


def test_without_bias_there_is_none() -> None:
    assert initialise((2, 1), "normal", bias=False)[1] is None


@pytest.mark.parametrize("kind", ["uniform", "normal", "xavier", "he"])
def test_another_seed_gives_other_numbers(kind: str) -> None:
    assert not torch.equal(initialise((4, 8), kind, seed=1)[0][0], initialise((4, 8), kind, seed=2)[0][0])


@pytest.mark.parametrize(
    ("kind", "deviation"),
    [
        ("uniform", 3 / math.sqrt(3)),
        ("normal", 3),
        ("xavier", 3 * math.sqrt(2 / (100 + 200))),  # Glorot & Bengio 2010, equation 16
        ("he", 3 * math.sqrt(2 / 100)),  # He et al. 2015, equation 10
    ],
)
def test_the_spread_is_that_of_the_source(kind: str, deviation: float) -> None:
    (weight,), _ = initialise((100, 200), kind, scale=3, seed=0)
    assert float(weight.std()) == pytest.approx(deviation, rel=0.02)
    assert abs(float(weight.mean())) < 0.03 * deviation


def test_zeros_and_equal() -> None:
    assert initialise((2, 1), "zeros", scale=2)[0][0].tolist() == [[0, 0]]
    weights, biases = initialise((2, 1), "equal", scale=0.3)
    assert biases is not None
    assert weights[0].tolist() == [[0.3, 0.3]] and biases[0].tolist() == [0.3]


@pytest.mark.parametrize("kind", ["xavier", "he"])
def test_biases_start_at_0_where_the_source_says_so(kind: str) -> None:
    _, biases = initialise((2, 3), kind)
    assert biases is not None and biases[0].tolist() == [0, 0, 0]


@pytest.mark.parametrize("kind", INITIALISATIONS)
def test_numbers_can_be_written_down(kind: str) -> None:
    weights, _ = initialise((4, 8), kind, scale=0.5, seed=3)
    for number in weights[0].flatten().tolist():
        assert number == round(number, 2) or abs(number) < 0.01
        assert math.copysign(1, number) == 1 or number < 0


def test_a_tiny_scale_keeps_a_digit() -> None:
    (weight,), _ = initialise((4, 8), "normal", scale=1e-7)
    numbers = weight.flatten().tolist()
    assert all(number != 0 for number in numbers)
    assert all(number == float(f"{number:.0e}") for number in numbers)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sizes": (2,)}, ["sizes", "at least 2", "[2]"]),
        ({"sizes": (2, 0)}, ["sizes", "at least 1", "[2, 0]"]),
        ({"kind": "orthogonal"}, ["kind", "uniform, normal", "'orthogonal'"]),
        ({"scale": -1.0}, ["scale", "at least 0", "-1.0"]),
        ({"scale": math.nan}, ["scale", "finite", "nan"]),
        ({"seed": -1}, ["seed", "0", "-1"]),
        ({"seed": 2**63}, ["seed", "2^63 − 1"]),
    ],
)
def test_a_bad_argument_is_named(changes: dict[str, Any], words: list[str]) -> None:
    arguments = {"sizes": (2, 1), "kind": "normal", "scale": 1.0, "seed": 0} | changes
    with pytest.raises(ValueError) as raised:
        initialise(arguments["sizes"], arguments["kind"], scale=arguments["scale"], seed=arguments["seed"])
    assert all(word in str(raised.value) for word in words), str(raised.value)
