"""A stack as the PyTorch code that builds it."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from typing import Any

from visualizer.engine.stacks.code.calls import Call, calls_of
from visualizer.engine.stacks.code.modules import BLOCKS
from visualizer.engine.stacks.shapes import output_shape
from visualizer.engine.stacks.stack import Shape, Stack


def stack_code(stack: Stack) -> str:
    """The code that builds a stack and an input for it; layers that torch lacks are defined in it.

    Raises: ValueError, in words, at a layer that can't take what it gets.
    """
    calls = calls_of(stack)
    shape: Shape = stack.takes
    for layer in stack.layers:
        shape = output_shape(layer, shape)
    used = [name for name in BLOCKS if any(call.name == name for call in calls)]
    sources = "".join(f"\n\n{block_source(name)}" for name in used)
    lines = "".join(f"    {_written(call)},\n" for call in calls)
    return (
        f"{_imports(sources)}{sources}\nnet = nn.Sequential(\n{lines})\n\n"
        f"x = torch.zeros({_sizes(stack.takes)})  # one example\n# net(x) has shape ({_sizes(shape)})\n"
    )


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
