from __future__ import annotations

import pytest
import torch

from visualizer.engine.training.update.parameters import Shape, flatten


def test_a_unit_has_its_weights_and_then_its_bias() -> None:
    shape = Shape((2, 2, 1))
    flat = torch.arange(9.0)
    assert shape.count == 9 and shape.depth == 2
    assert [weight.tolist() for weight in shape.weights(flat)] == [[[0, 1], [3, 4]], [[6, 7]]]
    assert [bias.tolist() for bias in shape.biases(flat)] == [[2, 5], [8]]
    assert [matrix.tolist() for matrix in shape.matrices(flat)] == [[[0, 1, 2], [3, 4, 5]], [[6, 7, 8]]]


def test_without_bias_there_are_weights_only() -> None:
    shape = Shape((2, 2, 1), bias=False)
    assert shape.count == 6
    assert shape.biases(torch.arange(6.0)) == []
    assert [weight.tolist() for weight in shape.weights(torch.arange(6.0))] == [[[0, 1], [2, 3]], [[4, 5]]]


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("lead", [(), (3,), (4, 3)])
def test_flatten_is_the_other_way_round(lead: tuple[int, ...], bias: bool) -> None:
    shape = Shape((3, 4, 2, 1), bias=bias)
    flat = torch.randn(*lead, shape.count, generator=torch.Generator().manual_seed(0))
    assert torch.equal(flatten(shape.weights(flat), shape.biases(flat)), flat)


def test_weights_and_biases_are_views() -> None:
    shape = Shape((2, 1))
    flat = torch.zeros(5, shape.count)
    shape.weights(flat)[0][2, 0, 1] = 4
    shape.biases(flat)[0][1, 0] = 5
    assert flat.nonzero().tolist() == [[1, 2], [2, 1]]


def test_flatten_is_a_copy() -> None:
    weight, bias = torch.ones(1, 2), torch.ones(1)
    flatten([weight], [bias]).zero_()
    flatten([weight]).zero_()
    assert weight.tolist() == [[1, 1]] and bias.tolist() == [1]


def test_by_layer_puts_each_layer_of_all_nets_in_one_piece() -> None:
    shape = Shape((1, 1, 1))
    flat = torch.tensor([[1.0, 2, 3, 4], [5, 6, 7, 8]])
    row = shape.by_layer(flat)
    assert row.tolist() == [1, 2, 5, 6, 3, 4, 7, 8]
    assert torch.equal(shape.by_net(row), flat)
    first, second = shape.layers(row)
    assert first.tolist() == [[[1, 2]], [[5, 6]]] and second.tolist() == [[[3, 4]], [[7, 8]]]
    second[1, 0, 1] = 0
    assert row[-1] == 0


def test_masks() -> None:
    shape = Shape((2, 2, 1))
    assert shape.weight_mask().tolist() == [1, 1, 0, 1, 1, 0, 1, 1, 0]
    assert shape.layer_mask([0]).tolist() == [0, 0, 0, 0, 0, 0, 1, 1, 1]
    assert shape.layer_mask([]).sum() == 9


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Shape((2,)), "sizes must be at least 2 numbers of at least 1 each, got [2]"),
        (lambda: Shape((2, 0, 1)), "got [2, 0, 1]"),
        (lambda: Shape((2, 1), activation="sine"), "activation must be one of sigmoid, tanh"),
        (lambda: Shape((2, 1)).weights(torch.zeros(4)), "flat must end in 3 parameters, got shape (4,)"),
        (lambda: flatten([torch.ones(1, 2)], [torch.ones(1)] * 2), "biases must be as many as weights, 1, got 2"),
    ],
)
def test_refusals(make: object, words: str) -> None:
    with pytest.raises(ValueError) as raised:
        make()
    assert words in str(raised.value)
