"""What `trace_network` refuses: each message names the argument, its value and the limit."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from tests.engine.nets import net_of
from visualizer.engine import trace_network

NET = net_of([2, 3, 2], 2, seed=0)
TWO = net_of([2, 3, 2], 2, seed=0, loss="cross_entropy") | {"loss": "cross_entropy"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"x": [1.0, 2.0]}, ["x", "2 axes (examples, inputs)", "(2,)"]),
        ({"y": [1.0, 2.0]}, ["y", "2 axes (examples, outputs)", "(2,)"]),
        ({"x": torch.zeros(0, 2)}, ["x", "empty", "(0, 2)"]),
        ({"x": [[math.nan, 0], [0, 0]]}, ["x", "finite", "nan", "[0, 0]"]),
        ({"y": [[0, 0], [0, math.inf]]}, ["y", "finite", "inf", "[1, 1]"]),
        ({"x": [[1, 2, 3], [1, 2, 3]]}, ["weights[0]", "3 columns", "(3, 2)"]),
        ({"x": [[1, 2]]}, ["y", "(1, 2)", "(2, 2)"]),
        ({"y": [[1], [2]]}, ["y", "(2, 2)", "(2, 1)"]),
        ({"x": "hello"}, ["x", "(examples, inputs)", "'hello'"]),
        ({"x": [[1, 2], [3]]}, ["x", "(examples, inputs)", "[[1, 2], [3]]"]),
        ({"x": None}, ["x", "None"]),
        ({"x": torch.zeros(2, 2, dtype=torch.complex64)}, ["x", "real", "complex64"]),
        ({"x": [[10**400, 0], [0, 0]]}, ["x"]),
        ({"weights": []}, ["weights", "at least 1", "[]"]),
        ({"weights": None}, ["weights", "None"]),
        ({"weights": torch.tensor(1.0)}, ["weights", "tensor(1.)"]),
        ({"weights": [torch.zeros(3, 2)]}, ["y", "(2, 3)"]),
        ({"weights": [torch.zeros(3, 2), torch.zeros(2, 4)]}, ["weights[1]", "3 columns", "(2, 4)"]),
        ({"weights": [torch.zeros(3, 2), torch.zeros(2)]}, ["weights[1]", "2 axes (outputs, inputs)", "(2,)"]),
        ({"weights": [torch.zeros(3, 2), torch.full((2, 3), math.inf)]}, ["weights[1]", "finite", "inf"]),
        ({"biases": [torch.zeros(3)]}, ["biases", "as many as weights, 2", "1"]),
        ({"biases": [torch.zeros(3), torch.zeros(3)]}, ["biases[1]", "2 numbers", "3"]),
        ({"biases": [torch.zeros(3, 1), torch.zeros(2)]}, ["biases[0]", "1 axes (outputs)", "(3, 1)"]),
        ({"biases": [None, torch.zeros(2)]}, ["biases[0]", "None"]),
        ({"activation": "swish"}, ["activation", "sigmoid, tanh, relu", "'swish'"]),
        ({"activation": "softmax"}, ["activation", "'softmax'"]),
        ({"activation": "x" * 10_000}, ["activation", "xxx…"]),
        ({"output_activation": "swish"}, ["output_activation", "'swish'"]),
        ({"output_activation": "softmax"}, ["output_activation", "cross_entropy", "squared"]),
        ({"loss": "hinge"}, ["loss", "squared, cross_entropy", "'hinge'"]),
        ({"loss": None}, ["loss", "None"]),
        ({"learning_rate": -0.1}, ["learning_rate", "at least 0", "-0.1"]),
        ({"learning_rate": math.nan}, ["learning_rate", "finite", "nan"]),
        ({"learning_rate": math.inf}, ["learning_rate", "finite", "inf"]),
        ({"learning_rate": "fast"}, ["learning_rate", "number", "'fast'"]),
    ],
)
def test_a_bad_argument_is_named_with_its_value_and_the_limit(changes: dict[str, Any], words: list[str]) -> None:
    with pytest.raises(ValueError) as raised:
        trace_network(**NET | changes)
    message = str(raised.value)
    assert all(word in message for word in words), message
    assert len(message) < 250


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"y": [[1.5, -0.5], [0, 1]]}, ["y", "negative", "-0.5"]),
        ({"y": [[1, 0], [0.5, 0.4]]}, ["y", "add up to 1", "row 1", "0.9"]),
        ({"y": [[1, 0], [0, 1 + 2e-6]]}, ["y", "add up to 1", "row 1"]),
        ({"output_activation": "sigmoid"}, ["output_activation", "None or 'softmax'", "'sigmoid'"]),
    ],
)
def test_cross_entropy_wants_probabilities(changes: dict[str, Any], words: list[str]) -> None:
    with pytest.raises(ValueError) as raised:
        trace_network(**TWO | changes)
    assert all(word in str(raised.value) for word in words), str(raised.value)


def test_cross_entropy_wants_two_outputs() -> None:
    with pytest.raises(ValueError, match="at least 2 outputs, y has 1"):
        trace_network([[1]], [[1]], [[[1]]], loss="cross_entropy")


def test_what_is_just_allowed() -> None:
    assert trace_network(**TWO | {"y": [[1, 0], [0, 1 + 5e-7]]}, output_activation="softmax")
    assert trace_network(**NET, learning_rate=0)
    assert trace_network(**NET, learning_rate=torch.tensor(0.5))
