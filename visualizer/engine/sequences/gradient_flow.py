"""How much of the gradient of the last loss reaches each earlier step, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from visualizer.engine.sequences.model import SequenceModel, run_model

_NO_RADIUS = 1e-7
"""Up to this share of a matrix's norm an eigenvalue is rounding, and no scale makes a radius of it."""


@dataclass(frozen=True, eq=False)
class Flow:
    """The gradient of the loss of the last step, T, at every step t.

    Shapes: h and, for an LSTM, c (T,): ‖∂ℓ_T/∂h_t‖ and ‖∂ℓ_T/∂c_t‖; kept (T, units), for an LSTM: the forget gates of
    the steps t + 1 to T multiplied, 1 at T. `weights` is the norm of the gradient of all weights and biases of the
    layer together, without the output layer's. float64.
    """

    h: Tensor
    c: Tensor | None
    kept: Tensor | None
    weights: float


def gradient_flow(
    model: SequenceModel, x: Tensor, target: int | Tensor | None = None, direction: Tensor | None = None
) -> Flow:
    """The gradient of the last loss, passed back by hand from step to step.

    ℓ_T is the cross-entropy where `target` is the number of a class, ½ Σ (z − target)² where it is numbers; without a
    target it is direction · h_T, so that the gradient starts with the size 1.

    Shapes: x (T, inputs); target (outputs,); direction (units,), 1/√units each unless given.
    Raises: ValueError naming the argument, its value and the limit.
    Source: slide 30; Hochreiter 1991; Bengio, Simard, Frasconi 1994.
    """
    if x.ndim != 2 or not len(x) or x.shape[1] != model.inputs:
        raise ValueError(f"x must have at least one step of {model.inputs} inputs, got {tuple(x.shape)}")
    with torch.no_grad():
        x = x.double()
        model = SequenceModel(model.kind, *(value.double() for value in model.parameters().values()))
        states = run_model(model, x)
        last = _last_gradient(model, states["z"][-1], target, direction)
        if model.kind == "rnn":
            grad_h, grad_a = _through_rnn(model, states, last)
            return Flow(grad_h.norm(dim=1), None, None, _weights_norm(x, states["h"], grad_a))
        grad_h, grad_c, grad_a = _through_lstm(model, states, last)
        kept = kept_by_gates(states["f"])
        return Flow(grad_h.norm(dim=1), grad_c.norm(dim=1), kept, _weights_norm(x, states["h"], grad_a))


def kept_by_gates(f: Tensor) -> Tensor:
    """The part of a cell's gradient that its forget gates let through: f_{t+1} · … · f_T, 1 at T.

    Shapes: f and the result (T, units).
    """
    later = torch.cat([f[1:], torch.ones_like(f[:1])])
    return later.flip(0).cumprod(0).flip(0)


def spectral_radius(weight: Tensor) -> float:
    """The largest |eigenvalue| of a square matrix.

    Raises: ValueError where it is not square or holds a number that is not finite.
    """
    if weight.ndim != 2 or weight.shape[0] != weight.shape[1] or not bool(weight.isfinite().all()):
        raise ValueError(f"weight must be square and finite, got the shape {tuple(weight.shape)}")
    return float(torch.linalg.eigvals(weight.detach().double()).abs().max())


def with_spectral_radius(weight_hh: Tensor, radius: float) -> Tensor:
    """The matrix times the number that makes `radius` its largest |eigenvalue|.

    A matrix that is all 0, or has no eigenvalue but 0, stays as it is. Shapes: weight_hh (units, units).
    """
    if not radius >= 0:
        raise ValueError(f"radius must be at least 0, got {radius}")
    found = spectral_radius(weight_hh)
    return weight_hh.clone() if found <= _NO_RADIUS * float(weight_hh.norm()) else weight_hh * (radius / found)


def with_forget_bias(model: SequenceModel, bias: float) -> SequenceModel:
    """The LSTM with `bias` as the sum of both biases of every forget gate."""
    if model.kind != "lstm":
        raise ValueError(f"model must be an LSTM, got {model.kind!r}")
    forget = slice(model.units, 2 * model.units)
    bias_ih, bias_hh = model.bias_ih.clone(), model.bias_hh.clone()
    bias_ih[forget], bias_hh[forget] = bias, 0.0
    return replace(model, bias_ih=bias_ih, bias_hh=bias_hh)


def clipped(gradient: Tensor, most: float) -> Tensor:
    """The gradient, made shorter where its norm is above `most`; its direction stays.

    Raises: ValueError where `most` is not above 0.
    Source: Pascanu, Mikolov, Bengio 2013, algorithm 1.
    """
    if not most > 0:
        raise ValueError(f"most must be above 0, got {most}")
    norm = float(gradient.norm())
    return gradient * (most / norm) if norm > most else gradient.clone()


def _last_gradient(model: SequenceModel, z: Tensor, target: int | Tensor | None, direction: Tensor | None) -> Tensor:
    """∂ℓ_T/∂h_T, (units,)."""
    if target is None:
        if direction is None:
            return torch.full((model.units,), model.units**-0.5, dtype=torch.float64)
        if direction.shape != (model.units,):
            raise ValueError(f"direction must have {model.units} numbers, got {tuple(direction.shape)}")
        return direction.double()
    if isinstance(target, int):
        if not 0 <= target < model.outputs:
            raise ValueError(f"target must be a class from 0 to {model.outputs - 1}, got {target}")
        grad_z = torch.softmax(z, 0)
        grad_z[target] -= 1
    else:
        if target.shape != (model.outputs,):
            raise ValueError(f"target must have {model.outputs} numbers, got {tuple(target.shape)}")
        grad_z = z - target.double()
    return grad_z @ model.weight_out


def _through_rnn(model: SequenceModel, states: dict[str, Tensor], last: Tensor) -> tuple[Tensor, Tensor]:
    """The gradients of h and of the pre-activations, each (T, units)."""
    slope = 1 - states["h"] ** 2
    grad_h, grad_a = torch.empty_like(slope), torch.empty_like(slope)
    for t in reversed(range(len(slope))):
        grad_h[t] = last
        grad_a[t] = last * slope[t]
        last = grad_a[t] @ model.weight_hh
    return grad_h, grad_a


def _through_lstm(model: SequenceModel, states: dict[str, Tensor], last: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The gradients of h and c, each (T, units), and of the pre-activations (T, 4 · units)."""
    i, f, g, o, c = (states[name] for name in "ifgoc")
    squashed = torch.tanh(c)
    before = torch.cat([torch.zeros_like(c[:1]), c[:-1]])
    grad_h, grad_c = torch.empty_like(c), torch.empty_like(c)
    grad_a = c.new_empty(len(c), 4 * model.units)
    carried = torch.zeros_like(last)
    for t in reversed(range(len(c))):
        grad_h[t] = last
        grad_c[t] = carried + last * o[t] * (1 - squashed[t] ** 2)
        at_i = grad_c[t] * g[t] * i[t] * (1 - i[t])
        at_f = grad_c[t] * before[t] * f[t] * (1 - f[t])
        at_g = grad_c[t] * i[t] * (1 - g[t] ** 2)
        at_o = last * squashed[t] * o[t] * (1 - o[t])
        grad_a[t] = torch.cat([at_i, at_f, at_g, at_o])
        carried = grad_c[t] * f[t]
        last = grad_a[t] @ model.weight_hh
    return grad_h, grad_c, grad_a


def _weights_norm(x: Tensor, h: Tensor, grad_a: Tensor) -> float:
    """The norm of the gradients of weight_ih, weight_hh, bias_ih and bias_hh; the two biases have the same one."""
    grad_ih, grad_hh, grad_bias = grad_a.T @ x, grad_a[1:].T @ h[:-1], grad_a.sum(0)
    return float(torch.cat([grad_ih.flatten(), grad_hh.flatten(), grad_bias, grad_bias]).norm())
