"""What units are good for, on nets whose answers can be computed by hand."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.measures.unit_roles import formed_at, heard, losses_without
from visualizer.engine.training.update.parameters import Shape, flatten

SHAPE = Shape((2, 2, 1), "identity")
X = torch.tensor([[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]], dtype=torch.float64)


def net(first: list[list[float]], last: list[list[float]], bias: float = 0.0) -> torch.Tensor:
    weights = [torch.tensor(each, dtype=torch.float64) for each in (first, last)]
    return flatten(weights, [torch.zeros(2, dtype=torch.float64), torch.tensor([bias], dtype=torch.float64)])


def test_without_a_unit_its_share_of_the_answer_is_missing() -> None:
    flat = net([[1, 0], [0, 1]], [[3, 1]])
    y = X @ torch.tensor([[3.0], [1.0]], dtype=torch.float64)
    (losses,) = losses_without(flat, SHAPE, X, y, "squared")
    assert losses.tolist() == [4.5, 0.5]  # ½ · 3² and ½ · 1²: the mean of ±1 is 0


def test_a_unit_is_replaced_by_its_mean_and_not_by_0() -> None:
    flat = net([[0, 0], [1, 0]], [[2, 1]])
    flat[2] = 5.0  # the bias of unit 1: it always answers 5
    y = X[:, :1] + 10
    (losses,) = losses_without(flat, SHAPE, X, y, "squared")
    assert losses.tolist() == [0, 0.5]


def test_a_deeper_net_goes_on_from_the_changed_layer() -> None:
    shape = Shape((1, 1, 1, 1), "relu")
    ones = [torch.ones(1, 1, dtype=torch.float64)] * 3
    flat = flatten(ones, [torch.zeros(1, dtype=torch.float64)] * 3)
    x = torch.tensor([[0.0], [2.0]], dtype=torch.float64)
    first, second = losses_without(flat, shape, x, x, "squared")
    assert first.tolist() == second.tolist() == [0.5]


def test_a_unit_is_formed_once_it_stays_as_in_the_end() -> None:
    frames = torch.stack([net([[0, 1], [0, 0]], [[1, 1]]), net([[1, 0], [0, 0]], [[1, 1]])])
    frames = frames[[1, 0, 1, 1, 1]]
    assert formed_at(frames, SHAPE, X)[0].tolist() == [2, -1]


def test_shares_of_what_is_heard_add_up() -> None:
    (shares,) = heard(net([[3, -1], [0, 2]], [[1, 1]]), SHAPE, X)
    assert shares.tolist() == [[0.75, 0.25], [0, 1]]


@pytest.mark.parametrize("bias", [True, False])
def test_nets_with_and_without_biases(bias: bool) -> None:
    shape = Shape((2, 4, 3, 1), "tanh", bias=bias)
    flat = torch.randn(shape.count, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    y = X[:, :1]
    assert [len(each) for each in losses_without(flat, shape, X, y, "logistic")] == [4, 3]
    assert [each.shape for each in heard(flat, shape, X)] == [(4, 2), (3, 4)]
    assert [len(each) for each in formed_at(flat[None], shape, X)] == [4, 3]
