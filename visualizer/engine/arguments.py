"""What all engines ask of their arguments, and how a refused value is written."""

from __future__ import annotations

import torch
from torch import Tensor


def checked_tensor(name: str, value: object, axes: str) -> Tensor:
    """A finite float64 copy on the CPU, with as many axes as named. Adding 0 copies, and makes a −0 a 0."""
    wanted = axes.count(",") + 1
    if isinstance(value, Tensor) and value.is_complex():
        raise ValueError(f"{name} must hold real numbers, got {value.dtype}")
    try:
        source = value.detach() if isinstance(value, Tensor) else torch.tensor(value, dtype=torch.float64)
        tensor = source.to("cpu", torch.float64) + 0.0
    except (TypeError, ValueError, RuntimeError, OverflowError) as error:
        raise ValueError(f"{name} must be a tensor of shape ({axes}), got {short(value)}") from error
    if tensor.dim() != wanted:
        raise ValueError(f"{name} must have {wanted} axes ({axes}), got shape {tuple(tensor.shape)}")
    if tensor.numel() == 0:
        raise ValueError(f"{name} must not be empty, got shape {tuple(tensor.shape)}")
    if not bool(torch.isfinite(tensor).all()):
        index = torch.isfinite(tensor).logical_not().nonzero()[0].tolist()
        raise ValueError(f"{name} must be finite, got {float(tensor[tuple(index)])} at {index}")
    return tensor


def short(value: object) -> str:
    """A value in a message: never more than a line of it."""
    text = repr(value).replace("\n", " ")
    return text if len(text) <= 60 else f"{text[:59]}…"
