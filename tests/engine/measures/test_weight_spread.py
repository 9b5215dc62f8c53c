from __future__ import annotations

import math

import pytest
import torch

from visualizer.engine.data.data_sets import DATA_SETS
from visualizer.engine.measures.layer_spread import layer_spread
from visualizer.engine.measures.weight_spread import DEVIATIONS, SMALL_SIGNAL_GAINS, small_signal_factor, typical_weight
from visualizer.engine.trace.activations import ACTIVATIONS
from visualizer.engine.training.data_split import make_data
from visualizer.engine.training.start import STARTS, start_networks
from visualizer.engine.training.update.parameters import Shape


@pytest.mark.parametrize("kind", STARTS)
@pytest.mark.parametrize("sizes", [(150, 90), (90, 150)])
def test_drawn_weights_have_the_size_that_is_said(kind: str, sizes: tuple[int, int]) -> None:
    shape = Shape(sizes, bias=False)
    drawn = start_networks(shape, kind, seeds=[0])
    assert float(drawn.square().mean().sqrt()) == pytest.approx(DEVIATIONS[kind](*sizes), rel=0.02)


def test_the_typical_weight_by_hand() -> None:
    shape = Shape((2, 16, 1))
    assert typical_weight("normal", shape) == 1
    assert typical_weight("zeros", shape) == 0
    assert typical_weight("he", shape) == pytest.approx(math.sqrt(1 * math.sqrt(1 / 8)))
    assert typical_weight("xavier", shape) == pytest.approx(math.sqrt(math.sqrt(1 / 9) * math.sqrt(2 / 17)))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="kind must be one of"):
        typical_weight("guess", Shape((2, 1)))


def test_he_keeps_small_signals_with_relu_and_xavier_with_tanh() -> None:
    for width in (4, 16, 64):
        assert small_signal_factor("he", 1.0, width, "relu") == pytest.approx(1)
        assert small_signal_factor("xavier", 1.0, width, "tanh") == pytest.approx(1)
        assert small_signal_factor("lecun", 1.0, width, "tanh") == pytest.approx(1)
        assert small_signal_factor("orthogonal", 1.0, width, "identity") == pytest.approx(1)
    assert small_signal_factor("normal", 0.5, 16, "sigmoid") == pytest.approx(0.5)


def test_there_is_a_gain_for_every_activation() -> None:
    assert set(SMALL_SIGNAL_GAINS) == set(ACTIVATIONS)


@pytest.mark.parametrize("activation", SMALL_SIGNAL_GAINS)
def test_small_gradients_change_as_is_said(activation: str) -> None:
    generator = torch.Generator().manual_seed(0)
    x, labels = DATA_SETS["circles"].sample(100, 0.05, generator)
    data = make_data(x, labels, classes=2, loss="logistic", train_share=0.5, generator=generator)
    shape = Shape((2, 64, 64, 64, 1), activation, bias=False)
    start = start_networks(shape, "normal", scale=0.02, seeds=range(8))
    measured = float(layer_spread(start, shape, data, "logistic").backward.median())
    assert measured == pytest.approx(small_signal_factor("normal", 0.02, 64, activation), rel=0.1)
