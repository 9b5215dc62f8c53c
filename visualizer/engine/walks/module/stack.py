"""A module taken apart: its layers in order, checked, and what each gives in torch's own way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from visualizer.engine.walks.module.residual import Residual
from visualizer.engine.walks.module.tape import RULES, joined

Leaves = dict[str, nn.Module]
"""The layers by path, in order."""


def checked_layers(module: object) -> Leaves:
    """The layers of a stack by path, in the order of the forward pass.

    Raises: ValueError naming the layer that can't be walked, and what can.
    """
    if not isinstance(module, nn.Module):
        raise ValueError(f"module must be a torch.nn.Module, got {type(module).__name__}")
    leaves: Leaves = {}
    _collect(module, "", leaves)
    if not leaves:
        raise ValueError("module must hold at least one layer, got an empty Sequential")
    attention = [path for path, layer in leaves.items() if isinstance(layer, nn.MultiheadAttention)]
    if attention and len(leaves) > 1:
        raise ValueError(f"layer {attention[0]}: MultiheadAttention takes three inputs; trace it by itself")
    recurrent = [path for path, layer in leaves.items() if isinstance(layer, nn.RNNBase)]
    if recurrent and recurrent[0] != list(leaves)[-1]:
        raise ValueError(
            f"layer {recurrent[0]}: {type(leaves[recurrent[0]]).__name__} returns its states beside its output, so no "
            "layer can follow it in a Sequential"
        )
    return leaves


def _collect(module: nn.Module, path: str, leaves: Leaves) -> None:
    name = f"layer {path}" if path else "module"
    if any(isinstance(each, nn.parameter.UninitializedParameter) for each in module.parameters(recurse=False)):
        raise ValueError(f"{name} ({type(module).__name__}) is lazy: run it once, so that it knows its shape")
    if module._forward_hooks or module._forward_pre_hooks or module._backward_hooks:
        raise ValueError(f"{name} ({type(module).__name__}) has hooks, which could change its numbers: remove them")
    if type(module) in (nn.Sequential, Residual):
        for key, child in module._modules.items():  # in the order of the forward pass, a layer that stands twice, too
            assert child is not None
            _collect(child, joined(path, key), leaves)
        return
    if type(module) not in RULES:
        supported = ", ".join(sorted(kind.__name__ for kind in RULES))
        raise ValueError(
            f"{name} is a {type(module).__name__}, which can't be walked. Supported are Sequential, Residual, "
            f"{supported}"
        )
    if hasattr(module, "parametrizations"):
        raise ValueError(f"{name} ({type(module).__name__}) has parametrizations: remove them, leaving their weights")
    for key, parameter in module.named_parameters():
        if not bool(torch.isfinite(parameter).all()):
            raise ValueError(f"{joined(path, key)} must be finite")
    leaves[path] = module


_AXES_OF_ONE = dict.fromkeys((nn.Conv1d, nn.MaxPool1d, nn.AvgPool1d, nn.AdaptiveAvgPool1d), 2) | dict.fromkeys(
    (nn.Conv2d, nn.ConvTranspose2d, nn.MaxPool2d, nn.AvgPool2d, nn.AdaptiveAvgPool2d), 3
)
"""How many axes one example has in layers that take it in a batch or alone; in others it has one fewer than x."""


def axis_of_examples(layers: Sequence[nn.Module], x: Tensor) -> int | None:
    """The axis of x that counts examples, as the first layers take it; None where x is one example."""
    over_time = next((layer for layer in layers if isinstance(layer, nn.RNNBase | nn.MultiheadAttention)), None)
    if over_time is not None and layers.index(over_time) <= 1:
        tokens = isinstance(layers[0], nn.Embedding)
        if x.dim() < (2 if tokens else 3):
            return None
        return 0 if over_time.batch_first else 1
    alone = _AXES_OF_ONE.get(type(layers[0]), 1)
    return 0 if x.dim() > alone else None


def go_through(
    module: nn.Module,
    path: str,
    x: Tensor,
    found: dict[str, Tensor],
    masks: Mapping[str, Tensor],
) -> Tensor:
    """The forward pass by torch's own layers; what each gives is put into `found`, by the name of its output.

    Raises: ValueError naming the layer that can't take its input.
    """
    if isinstance(module, nn.Sequential):
        for key, child in module._modules.items():
            assert child is not None
            x = go_through(child, joined(path, key), x, found, masks)
        return x
    if isinstance(module, Residual):
        x = x + go_through(module.module, joined(path, "module"), x, found, masks)
    elif joined(path, "mask") in masks:
        x = x * masks[joined(path, "mask")]
    else:
        x = _output_of(module, path, x)
    found[joined(path, "out")] = x
    return x


def _output_of(module: nn.Module, path: str, x: Tensor) -> Tensor:
    name = f"layer {path} ({type(module).__name__})" if path else type(module).__name__
    try:
        given = module(x, x, x) if isinstance(module, nn.MultiheadAttention) else module(x)
    except (RuntimeError, IndexError, ValueError, AssertionError) as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"{name} can't take an input of shape {tuple(x.shape)}: {reason}") from error
    found: Tensor = given[0] if isinstance(given, tuple) else given
    return found
