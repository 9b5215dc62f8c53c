"""A stack as a torch module, without memory for its weights: to hold the counts against torch's own."""

from __future__ import annotations

import torch
from torch import nn

from visualizer.engine.stacks.code.calls import calls_of
from visualizer.engine.stacks.code.modules import BLOCKS
from visualizer.engine.stacks.stack import Stack


def build_module(stack: Stack, device: str = "meta") -> nn.Sequential:
    """The stack as a module in evaluation mode, on the meta device unless another is named.

    Shapes: it takes (batch, *stack.takes).
    Raises: ValueError, in words, at a layer that can't take what it gets.
    """
    calls = calls_of(stack)
    with torch.device(device):
        built = (_class(call.name)(*call.by_place, **call.named) for call in calls)
        return nn.Sequential(*built).eval()


def _class(name: str) -> type[nn.Module]:
    found: type[nn.Module] = BLOCKS[name] if name in BLOCKS else getattr(nn, name)
    return found
