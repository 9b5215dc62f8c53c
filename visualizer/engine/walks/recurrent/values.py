"""Every number of an RNN's or LSTM's forward and backward pass by the formulas that the steps show."""

from __future__ import annotations

import torch
from torch import Tensor

from visualizer.engine.trace.functions import FUNCTIONS
from visualizer.engine.walks.recurrent.layer import GATES, Recurrent
from visualizer.engine.walks.recurrent.readout import output_arrays, output_gradients

_FUNCTION_OF = {"i": "sigmoid", "f": "sigmoid", "g": "tanh", "o": "sigmoid"}


def recurrent_arrays(layer: Recurrent) -> dict[str, Tensor]:
    """All arrays of the walk.

    Shapes: as at Recurrent; h (T, n); a (T, n), in an LSTM (T, 4n) in the order i, f, g, o, each (T, n), with c and
    tanh_c (T, n). With an output layer: weight_out, bias_out, targets, z, p, losses, loss as at `output_arrays`.
    A grad_… has the shape of what it belongs to; grad_h and grad_c are totals at each time step, grad_h_above is the
    part of grad_h from outside (T, n) or from the output layer (M, n), and grad_c_given (n,) is the given one.
    Source: Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber & Cummins 2000; Werbos 1990 for
    the way back through time.
    """
    with torch.no_grad():
        arrays = dict(layer.given)
        arrays |= _lstm_forward(layer) if layer.kind == "lstm" else _rnn_forward(layer)
        if layer.output is not None:
            arrays |= output_arrays(layer.output, arrays["h"])
            arrays |= output_gradients(layer.output, arrays)
        if layer.backward:
            above = _above(layer, arrays)
            arrays |= (
                _lstm_backward(layer, arrays, above) if layer.kind == "lstm" else _rnn_backward(layer, arrays, above)
            )
            arrays |= _parameter_gradients(layer, arrays)
        return {name: array.clone() + 0.0 for name, array in arrays.items()}  # + 0 makes a −0 a 0


def _sum(layer: Recurrent, t: int, h: Tensor) -> Tensor:
    """W x_t + U h, with the biases that there are."""
    total = layer.weight_ih @ layer.x[t] + layer.weight_hh @ h
    return total + sum(bias for bias in (layer.bias_ih, layer.bias_hh) if bias is not None)


# ---- RNN ---------------------------------------------------------------------------------------------------------


def _rnn_forward(layer: Recurrent) -> dict[str, Tensor]:
    sums, states = [], [layer.h0]
    for t in range(layer.length):
        sums.append(_sum(layer, t, states[-1]))
        states.append(FUNCTIONS[layer.activation.function].value(sums[-1]))
    return {"a": torch.stack(sums), "h": torch.stack(states[1:])}


def _rnn_backward(layer: Recurrent, arrays: dict[str, Tensor], above: Tensor) -> dict[str, Tensor]:
    activation = layer.activation
    slope = FUNCTIONS[activation.derivative].value(arrays[activation.cached])
    grad_h, grad_a = above.clone(), torch.zeros_like(above)
    for t in reversed(range(layer.length)):
        if layer.reached_from_later(t):
            grad_h[t] += grad_a[t + 1] @ layer.weight_hh
        grad_a[t] = grad_h[t] * slope[t]
    return {"grad_h": grad_h, "grad_a": grad_a, "grad_h0": grad_a[0] @ layer.weight_hh}


# ---- LSTM --------------------------------------------------------------------------------------------------------


def _lstm_forward(layer: Recurrent) -> dict[str, Tensor]:
    rows: dict[str, list[Tensor]] = {name: [] for name in ("a", *GATES, "c", "tanh_c", "h")}
    assert layer.c0 is not None
    h, c = layer.h0, layer.c0
    for t in range(layer.length):
        a = _sum(layer, t, h)
        gate = {
            name: FUNCTIONS[_FUNCTION_OF[name]].value(part)
            for name, part in zip(GATES, a.chunk(len(GATES)), strict=True)
        }
        c = gate["f"] * c + gate["i"] * gate["g"]
        tanh_c = torch.tanh(c)
        h = gate["o"] * tanh_c
        for name, value in {"a": a, **gate, "c": c, "tanh_c": tanh_c, "h": h}.items():
            rows[name].append(value)
    return {name: torch.stack(values) for name, values in rows.items()}


def _lstm_backward(layer: Recurrent, arrays: dict[str, Tensor], above: Tensor) -> dict[str, Tensor]:
    assert layer.c0 is not None
    before = _before(layer.c0, arrays["c"])
    slopes = torch.cat([FUNCTIONS[f"{_FUNCTION_OF[name]}'"].value(arrays[name]) for name in GATES], dim=1)
    reaching = arrays["o"] * FUNCTIONS["tanh'"].value(arrays["tanh_c"])  # ∂h/∂c
    beside = torch.cat([arrays["g"], before, arrays["i"]], dim=1)  # what i, f and g are multiplied with in c
    grads = {name: torch.zeros_like(above) for name in ("h", "c")} | {"a": torch.zeros_like(arrays["a"])}
    gates = torch.zeros_like(arrays["a"])
    for t in reversed(range(layer.length)):
        later = layer.reached_from_later(t)
        grads["h"][t] = above[t] + (grads["a"][t + 1] @ layer.weight_hh if later else 0.0)
        grads["c"][t] = grads["h"][t] * reaching[t]
        if later:
            grads["c"][t] += grads["c"][t + 1] * arrays["f"][t + 1]
        if t == layer.length - 1 and layer.grad_c is not None:
            grads["c"][t] += layer.grad_c
        gates[t] = torch.cat([grads["c"][t].repeat(3) * beside[t], grads["h"][t] * arrays["tanh_c"][t]])
        grads["a"][t] = gates[t] * slopes[t]
    named = zip(GATES, gates.chunk(len(GATES), dim=1), strict=True)
    return {
        **{f"grad_{name}": grad for name, grad in (*grads.items(), *named)},
        "grad_h0": grads["a"][0] @ layer.weight_hh,
        "grad_c0": grads["c"][0] * arrays["f"][0],
    }


# ---- both --------------------------------------------------------------------------------------------------------


def _before(first: Tensor, states: Tensor) -> Tensor:
    """The state that each time step starts from."""
    return torch.cat([first.unsqueeze(0), states[:-1]])


def _above(layer: Recurrent, arrays: dict[str, Tensor]) -> Tensor:
    """∂ℓ/∂h from outside or from the output layer, for all time steps."""
    rows = torch.zeros_like(arrays["h"])
    if "grad_h_above" in arrays:
        rows[list(layer.output.times) if layer.output else slice(None)] = arrays["grad_h_above"]
    return rows


def _parameter_gradients(layer: Recurrent, arrays: dict[str, Tensor]) -> dict[str, Tensor]:
    grad_a = arrays["grad_a"]
    biases = {f"grad_{name}": grad_a.sum(dim=0) for name in ("bias_ih", "bias_hh") if name in arrays}
    return {
        "grad_x": grad_a @ layer.weight_ih,
        "grad_weight_ih": grad_a.T @ layer.x,
        "grad_weight_hh": grad_a.T @ _before(layer.h0, arrays["h"]),
        **biases,
    }
