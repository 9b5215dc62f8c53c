"""How much each input so far matters for one prediction of a recurrent layer."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.sequences.model import SequenceModel, run_model


@dataclass(frozen=True, eq=False)
class Saliency:
    """The strength of the inputs up to the prediction at `time`, counted from 0.

    Shapes: strength (time + 1,). `predicted` is the class whose log p was looked at, and `log_p` its value; with a
    single output, which has no classes, they are 0 and the output itself.
    """

    strength: Tensor
    time: int
    predicted: int
    log_p: float


def saliency(model: SequenceModel, x: Tensor, time: int | None = None, target: int | None = None) -> Saliency:
    """‖∂ log p(target)/∂x_t‖ for all t up to `time`; p is the softmax of the outputs at `time`.

    The last step and the class with the largest p unless given. Where the layer has a single output, the output itself
    stands in for log p.

    Shapes: x (T, inputs).
    Raises: ValueError naming the argument, its value and the limit.
    Source: Simonyan, Vedaldi, Zisserman 2013, section 3, who look at the class score before the softmax and take the
    largest |∂| of an input's channels; here it is log p and the root of the sum of squares.
    """
    if x.ndim != 2 or not len(x) or x.shape[1] != model.inputs:
        raise ValueError(f"x must have at least one step of {model.inputs} inputs, got {tuple(x.shape)}")
    time = len(x) - 1 if time is None else time
    if not 0 <= time < len(x):
        raise ValueError(f"time must be from 0 to {len(x) - 1}, got {time}")
    if target is not None and not 0 <= target < model.outputs:
        raise ValueError(f"target must be a class from 0 to {model.outputs - 1}, got {target}")
    with torch.enable_grad():
        seen = x[: time + 1].detach().clone().requires_grad_()
        z = run_model(model, seen)["z"][-1]
        predicted = int(z.argmax()) if target is None else target
        log_p = z[0] if model.outputs == 1 else torch.log_softmax(z, 0)[predicted]
        (grad_x,) = torch.autograd.grad(log_p, seen)
    return Saliency(grad_x.norm(dim=1), time, predicted, float(log_p.detach()))
