"""A stack as a torch module."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.stacks.code.stack_module import build_module
from visualizer.engine.stacks.text import parse_stack


def test_it_is_built_without_memory_and_in_evaluation() -> None:
    module = build_module(parse_stack("200000 fc400000"))
    assert not module.training
    assert all(each.is_meta for each in module.parameters())
    assert torch.get_default_device().type == "cpu"


def test_it_can_be_built_with_numbers() -> None:
    module = build_module(parse_stack("1x8x8 conv2k3 flatten fc3 softmax"), "cpu")
    with torch.no_grad():
        y = module(torch.rand(5, 1, 8, 8, generator=torch.Generator().manual_seed(0)))
    torch.testing.assert_close(y.sum(1), torch.ones(5))


def test_an_impossible_stack_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="flatten them first"):
        build_module(parse_stack("1x8x8 fc3"))
