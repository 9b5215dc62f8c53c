"""A stack as code: it builds the same net, and is read again as the same stack."""

from __future__ import annotations

import ast
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from torch import nn

from tests.engine.stacks.drawn import stacks
from visualizer.engine.stacks.code.code import block_definition, block_source, build_module, stack_code
from visualizer.engine.stacks.code.pasted import pasted_stack
from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.presets import PRESETS
from visualizer.engine.stacks.stack import Stack
from visualizer.engine.stacks.text import parse_stack

ELSEWHERE = (3, 17, 17)


def built(code: str) -> tuple[nn.Sequential, torch.Tensor]:
    """What our own code builds, on the meta device."""
    names: dict[str, Any] = {}
    with torch.device("meta"):
        exec(code, names)
    net, x = names["net"], names["x"]
    assert isinstance(net, nn.Sequential)
    return net.eval(), x


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
@pytest.mark.parametrize("name", PRESETS)
def test_the_code_of_a_preset_builds_it_and_is_read_again(name: str) -> None:
    stack = PRESETS[name].stack
    code = stack_code(stack)
    net, x = built(code)
    counts = count_stack(stack)
    assert sum(each.numel() for each in net.parameters()) == counts.parameters
    assert tuple(net(x).shape) == (1, *counts.gives)
    assert f"# net(x) has shape ({', '.join(map(str, net(x).shape))})" in code
    assert pasted_stack(code, ELSEWHERE) == (stack, [])


@settings(max_examples=60)
@given(stacks())
def test_the_code_of_any_stack_is_read_again(stack: Stack) -> None:
    counts = count_stack(stack)
    if counts.fault:
        with pytest.raises(ValueError, match=r"it|kernel|padding|groups"):
            stack_code(stack)
    elif stack.layers:
        assert pasted_stack(stack_code(stack), ELSEWHERE) == (stack, [])


def test_it_reads_as_people_write_it() -> None:
    assert stack_code(parse_stack("1x28x28 conv8k5p2 relu max2 flatten fc10b0")) == (
        "import torch\n"
        "from torch import nn\n\n"
        "net = nn.Sequential(\n"
        "    nn.Conv2d(1, 8, kernel_size=5, padding=2),\n"
        "    nn.ReLU(),\n"
        "    nn.MaxPool2d(2),\n"
        "    nn.Flatten(),\n"
        "    nn.Linear(1568, 10, bias=False),\n"
        ")\n\n"
        "x = torch.zeros(1, 1, 28, 28)  # one example\n"
        "# net(x) has shape (1, 10)\n"
    )


def test_a_definition_is_known_again_however_it_is_laid_out() -> None:
    loose = block_source("BasicBlock").replace(", ", " ,  ")
    assert ast.dump(ast.parse(loose).body[0]) == block_definition("BasicBlock")


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
