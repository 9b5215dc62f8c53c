"""Layers and stacks as values: their limits, and what is left open."""

from __future__ import annotations

from typing import Any

import pytest

from visualizer.engine.stacks.layers import KINDS
from visualizer.engine.stacks.layers.activations import ReLU
from visualizer.engine.stacks.layers.blocks import InvertedResidual
from visualizer.engine.stacks.layers.layer import fields_of
from visualizer.engine.stacks.layers.pointwise import Dropout
from visualizer.engine.stacks.layers.windowed import AveragePool, Convolution, MaxPool
from visualizer.engine.stacks.stack import MAX_LAYERS, Stack


def test_a_pooling_moves_on_by_its_window_unless_it_says_else() -> None:
    assert MaxPool((2, 3)).stride == (2, 3)
    assert AveragePool((3, 3), (2, 2)).stride == (2, 2)


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        (Convolution, {"maps": 0, "kernel": (3, 3)}, "maps must be a whole number from 1 to 1,000,000, got 0"),
        (Convolution, {"maps": 8, "kernel": 3}, "kernel must be"),
        (Convolution, {"maps": 8, "kernel": (3, 3), "padding": "full"}, "padding must be “same”"),
        (Convolution, {"maps": 8, "kernel": (3, 3), "bias": 1}, "bias must be"),
        (MaxPool, {"kernel": (0, 0)}, "window must be"),
        (Dropout, {"share": 1.0}, "share must be"),
        (InvertedResidual, {"maps": 8, "kernel": 4}, "kernel must be an odd number"),
    ],
)
def test_a_layer_refuses_what_is_beyond_its_limits(kind: Any, values: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        kind(**values)


@pytest.mark.parametrize(
    ("takes", "layers", "said"),
    [
        ((), 0, "the input must be channels, rows and columns"),
        ((1, 2), 0, "the input must be channels, rows and columns"),
        ((1, 0, 2), 0, "sizes from 1 to 4,096, got 0"),
        ((1, 2, 5000), 0, "sizes from 1 to 4,096, got 5000"),
        ((10**9,), 0, "sizes from 1 to 1,000,000"),
        ((1,), MAX_LAYERS + 1, f"layers must be at most {MAX_LAYERS}, got {MAX_LAYERS + 1}"),
    ],
)
def test_a_stack_refuses_what_is_beyond_its_limits(takes: tuple[int, ...], layers: int, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Stack(takes, (ReLU(),) * layers)


def test_every_kind_has_a_word_of_its_own_and_its_numbers_letters_of_their_own() -> None:
    assert len({kind.word for kind in KINDS}) == len({kind.label for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        letters = [form.letter for form in fields_of(kind).values()]
        assert len(set(letters)) == len(letters)
