"""Spreads on a net that can be computed by hand: one unit a layer, the identity, weights 2, 3 and 0.5, x = ±1."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.plain_training import data_for
from visualizer.engine.data.examples import Data
from visualizer.engine.measures import layer_spread as module
from visualizer.engine.measures.layer_spread import LayerSpread, layer_spread
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape

X = torch.tensor([[1.0], [-1.0]], dtype=torch.float64)
DATA = Data(X, torch.zeros_like(X), X, X)
SHAPE = Shape((1, 1, 1, 1), "identity", bias=False)
NET = torch.tensor([[2.0, 3.0, 0.5]], dtype=torch.float64)


def test_spreads_and_factors_by_hand() -> None:
    found = layer_spread(NET, SHAPE, DATA, "squared")
    assert found.activations.tolist() == [[2.0, 6.0, 3.0]]
    assert found.gradients.tolist() == [[4.5, 1.5, 3.0]]
    assert found.forward.tolist() == [3.0]
    assert found.backward.tolist() == [3.0]


def test_over_more_layers_the_factor_is_the_geometric_mean() -> None:
    made = LayerSpread(torch.tensor([[1.0, 7.0, 4.0, 9.0]]), torch.tensor([[2.0, 5.0, 8.0, 1.0]]))
    assert made.forward.tolist() == [2.0]
    assert made.backward.tolist() == [0.5]


@pytest.mark.parametrize("net", [[0.0, 3.0, 0.5], [2.0, 0.0, 0.5], [2.0, 3.0, 0.0]])
def test_where_nothing_arrives_there_is_no_factor(net: list[float]) -> None:
    found = layer_spread(torch.tensor([net], dtype=torch.float64), SHAPE, DATA, "squared")
    factors = float(found.forward), float(found.backward)
    assert any(math.isnan(factor) for factor in factors)


def test_one_hidden_layer_has_no_factor() -> None:
    found = layer_spread(NET[:, :2], Shape((1, 1, 1), "identity", bias=False), DATA, "squared")
    assert found.activations.tolist() == [[2.0, 6.0]]
    assert math.isnan(float(found.forward)) and math.isnan(float(found.backward))


@settings(max_examples=40)
@given(st.integers(0, 1000), st.floats(0.1, 10.0))
def test_without_bias_signals_through_the_identity_grow_with_the_weights(seed: int, scale: float) -> None:
    shape = Shape((3, 5, 4, 5, 2), "identity", bias=False)
    start = start_networks(shape, "normal", seeds=[seed])
    before, after = (layer_spread(each, shape, data_for("squared"), "squared") for each in (start, scale * start))
    torch.testing.assert_close(after.forward, scale * before.forward)


def test_nets_are_looked_at_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    shape, data = Shape((3, 5, 4, 3)), data_for("softmax")
    start = start_networks(shape, "normal", seeds=range(5))
    whole = layer_spread(start, shape, data, "softmax")
    monkeypatch.setattr(module, "_AT_ONCE", 2 * 12 * len(data.train_x))
    parts = layer_spread(start, shape, data, "softmax")
    torch.testing.assert_close(parts.activations, whole.activations)
    torch.testing.assert_close(parts.gradients, whole.gradients)


def test_tiny_spreads_are_not_lost_in_float32() -> None:
    tiny = torch.tensor([[1e-25, 1.0, 1.0]])
    assert float(layer_spread(tiny, SHAPE, DATA, "squared").activations[0, 0]) == pytest.approx(1e-25)


def test_a_net_without_hidden_layers_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 hidden layer"):
        layer_spread(NET[:, :1], Shape((1, 1), bias=False), DATA, "squared")
