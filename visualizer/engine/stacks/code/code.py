"""A stack as the PyTorch code that builds it, and as the module that the code would build."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from typing import Any

import torch
from torch import nn

from visualizer.engine.stacks.code.modules import BLOCKS, module_class
from visualizer.engine.stacks.layers.layer import Call, Shape
from visualizer.engine.stacks.stack import Stack


def stack_code(stack: Stack) -> str:
    """The code that builds a stack and an input for it; layers that torch lacks are defined in it.

    Raises: ValueError, in words, at a layer that can't take what it gets.
    """
    calls, shape = _calls_of(stack)
    used = [name for name in BLOCKS if any(call.name == name for call in calls)]
    sources = "".join(f"\n\n{block_source(name)}" for name in used)
    lines = "".join(f"    {_written(call)},\n" for call in calls)
    return (
        f"{_imports(sources)}{sources}\nnet = nn.Sequential(\n{lines})\n\n"
        f"x = torch.zeros({_sizes(stack.takes)})  # one example\n# net(x) has shape ({_sizes(shape)})\n"
    )


def build_module(stack: Stack, device: str = "meta") -> nn.Sequential:
    """The stack as a module in evaluation mode; on the meta device it needs no memory for its weights.

    Shapes: it takes (batch, *stack.takes).
    Raises: ValueError, in words, at a layer that can't take what it gets.
    """
    calls, _ = _calls_of(stack)
    with torch.device(device):
        return nn.Sequential(*(module_class(call.name)(*call.by_place, **call.named) for call in calls)).eval()


def _calls_of(stack: Stack) -> tuple[list[Call], Shape]:
    """The calls that build the layers, and the shape that the last one gives."""
    calls, shape = [], stack.takes
    for layer in stack.layers:
        after = layer.output_shape(shape)
        calls.append(layer.call(shape))
        shape = after
    return calls, shape


@cache
def block_source(name: str) -> str:
    """The source of a layer that torch does not have."""
    return inspect.getsource(BLOCKS[name])


@cache
def block_definition(name: str) -> str:
    """The same as a syntax tree, to know it again however it is laid out."""
    return ast.dump(ast.parse(block_source(name)).body[0])


def _imports(sources: str) -> str:
    tensor = "Tensor, " if "Tensor" in sources else ""
    functional = "from torch.nn import functional\n" if "functional." in sources else ""
    return f"import torch\nfrom torch import {tensor}nn\n{functional}"


def _sizes(shape: Shape) -> str:
    return ", ".join(str(size) for size in (1, *shape))


def _written(call: Call) -> str:
    name = call.name if call.name in BLOCKS else f"nn.{call.name}"
    by_name = (f"{key}={_literal(value)}" for key, value in call.named.items())
    return f"{name}({', '.join([*map(_literal, call.by_place), *by_name])})"


def _literal(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)
