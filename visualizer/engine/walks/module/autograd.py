"""The same arrays as torch has them: its own layers on a copy of the module, and gradients by autograd."""

from __future__ import annotations

import copy
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from visualizer.engine.walks.module.losses import ModuleLoss, by_torch
from visualizer.engine.walks.module.stack import go_through


def copied(module: nn.Module) -> nn.Module:
    """A float64 copy on the CPU, none of its layers in place, that shares nothing with the module."""
    made = copy.deepcopy(module).to("cpu", torch.float64)
    for layer in made.modules():
        if getattr(layer, "inplace", False):
            layer.inplace = False  # type: ignore[assignment]
        if isinstance(layer, nn.Softplus):
            layer.threshold = 40.0  # where linear is within the last digit of float64; torch's 20 is 2e-9 off
    return made


def autograd_arrays(
    module: nn.Module,
    arrays: Mapping[str, Tensor],
    loss: ModuleLoss | None,
    grad: Tensor | None,
) -> dict[str, Tensor]:
    """Activations, loss and gradients by name.

    `arrays` are the walk's: its input x, its parameters, its target, and the masks of its dropouts.
    """
    own = copied(module)
    with torch.no_grad():
        for name, parameter in own.named_parameters():
            parameter.copy_(arrays[name])
            parameter.requires_grad_()
    x = arrays["x"].clone()
    if begins_with_tokens(own):
        x = x.long()
    found: dict[str, Tensor] = {}
    with torch.enable_grad():
        leaves = dict(own.named_parameters()) | ({"x": x.requires_grad_()} if x.is_floating_point() else {})
        out = go_through(own, "", x, found, arrays)
        start = None if loss is None else by_torch(loss, out, arrays["target"])
        if start is None and grad is None:
            return {name: value.detach() for name, value in found.items()}
        asked = {name: value for name, value in (leaves | found).items() if value.requires_grad}
        root = out if start is None else start
        grads = torch.autograd.grad(root, list(asked.values()), grad, allow_unused=True)
    gradients = {
        f"grad_{name}": torch.zeros_like(value) if each is None else each
        for (name, value), each in zip(asked.items(), grads, strict=True)
    }
    whole = found | gradients | ({} if start is None else {"loss": start})
    return {name: value.detach() for name, value in whole.items()}


def begins_with_tokens(module: nn.Module) -> bool:
    """Whether the first layer looks up rows of a table, so that x holds whole numbers."""
    leaf = next((layer for layer in module.modules() if not isinstance(layer, nn.Sequential)), None)
    return isinstance(leaf, nn.Embedding)
