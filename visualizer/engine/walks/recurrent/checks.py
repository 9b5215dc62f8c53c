"""The numbers of an RNN's or LSTM's walk as torch has them: its own cells, and gradients by autograd."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.walks.recurrent.layer import Recurrent
from visualizer.engine.walks.recurrent.readout import Output
from visualizer.engine.walks.softmax.steps import softmax_checks

Named = dict[str, Tensor]
_Cell = Callable[[Named, Tensor, Named], Named]
"""Leaves, the inputs of a time step and the states before it -> all that the cell computes, the new states too."""

_PARAMETERS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def autograd_arrays(layer: Recurrent) -> dict[str, Tensor]:
    """The arrays that steps write, by torch.

    torch's own cells do not hand out their gates: those, and their gradients, are autograd's of the cell written out.
    The rest is from torch.lstm_cell, torch.rnn_tanh_cell or torch.rnn_relu_cell.
    """
    with torch.enable_grad():
        found = _unrolled(layer, _written_out(layer)) | _unrolled(layer, _of_torch(layer))
    return {name: value.detach().clone() for name, value in found.items()}


def _written_out(layer: Recurrent) -> _Cell:
    def total(leaves: Named, x: Tensor, states: Named) -> Tensor:
        across = functional.linear(states["h"], leaves["weight_hh"], leaves.get("bias_hh"))
        return functional.linear(x, leaves["weight_ih"], leaves.get("bias_ih")) + across

    def rnn(leaves: Named, x: Tensor, states: Named) -> Named:
        a = total(leaves, x, states)
        return {"a": a, "h": torch.tanh(a) if layer.activation.name == "tanh" else functional.relu(a)}

    def lstm(leaves: Named, x: Tensor, states: Named) -> Named:
        a = total(leaves, x, states)
        i, f, g, o = a.chunk(4, dim=1)
        gates = {"i": torch.sigmoid(i), "f": torch.sigmoid(f), "g": torch.tanh(g), "o": torch.sigmoid(o)}
        c = gates["f"] * states["c"] + gates["i"] * gates["g"]
        tanh_c = torch.tanh(c)
        return {"a": a, **gates, "c": c, "tanh_c": tanh_c, "h": gates["o"] * tanh_c}

    return lstm if layer.kind == "lstm" else rnn


def _of_torch(layer: Recurrent) -> _Cell:
    def parameters(leaves: Named) -> tuple[Tensor | None, ...]:
        """torch's cells take both biases or none."""
        named = [leaves.get(name) for name in _PARAMETERS]
        zeros = torch.zeros(layer.rows, dtype=torch.float64)
        return (*named[:2], *(zeros if bias is None else bias for bias in named[2:]))

    def rnn(leaves: Named, x: Tensor, states: Named) -> Named:
        cell = torch.rnn_tanh_cell if layer.activation.name == "tanh" else torch.rnn_relu_cell
        return {"h": cell(x, states["h"], *parameters(leaves))}  # type: ignore[arg-type]

    def lstm(leaves: Named, x: Tensor, states: Named) -> Named:
        h, c = torch.lstm_cell(x, (states["h"], states["c"]), *parameters(leaves))  # type: ignore[arg-type]
        return {"h": h, "c": c}

    return lstm if layer.kind == "lstm" else rnn


def _unrolled(layer: Recurrent, cell: _Cell) -> Named:
    """The numbers of all time steps, and their gradients where there is a backward pass."""
    names = (*_PARAMETERS, "h0", "c0", "weight_out", "bias_out")
    leaves = {name: layer.given[name].clone().requires_grad_() for name in names if name in layer.given}
    inputs = [row.unsqueeze(0).clone().requires_grad_() for row in layer.x]
    states = {name: leaves[f"{name}0"].unsqueeze(0) for name in ("h", "c") if f"{name}0" in leaves}
    rows: dict[str, list[Tensor]] = {"x": inputs}
    for t, x in enumerate(inputs):
        written = cell(leaves, x, states)
        for name, value in written.items():
            rows.setdefault(name, []).append(value)
        states = {name: written[name].detach() if layer.cut_after(t) else written[name] for name in states}
    found: Named = {}
    if layer.output is not None:
        found |= _read_out(layer.output, leaves, rows)
    if layer.backward:
        found |= _gradients(_objective(layer, rows, found), leaves, rows)
    forward = {name: torch.cat(values) for name, values in rows.items() if name not in ("x", "h_above")}
    return forward | found


def _read_out(output: Output, leaves: Named, rows: dict[str, list[Tensor]]) -> Named:
    """The loss and its parts. Each output reads a copy of its hidden state, whose gradient is what comes from above."""
    rows["h_above"] = [rows["h"][t].clone() for t in output.times]
    rows["z"] = [functional.linear(h, leaves["weight_out"], leaves.get("bias_out")) for h in rows["h_above"]]
    z = torch.cat(rows["z"])
    if output.softmax:
        each = -(output.targets * functional.log_softmax(z, dim=1)).sum(dim=1)
        loss = functional.cross_entropy(z, output.targets, reduction="sum")
        return {"p": functional.softmax(z, dim=1), **softmax_checks(z), "losses": each, "loss": loss}
    each = 0.5 * functional.mse_loss(z, output.targets, reduction="none").sum(dim=1)
    return {"losses": each, "loss": 0.5 * functional.mse_loss(z, output.targets, reduction="sum")}


def _objective(layer: Recurrent, rows: dict[str, list[Tensor]], found: Named) -> Tensor:
    """The number whose gradients are wanted: the loss, or what has the given gradients."""
    if "loss" in found:
        return found["loss"]
    total = torch.zeros((), dtype=torch.float64)
    if layer.grad_h is not None:
        total = total + (torch.cat(rows["h"]) * layer.grad_h).sum()
    if layer.grad_c is not None:
        total = total + (rows["c"][-1] * layer.grad_c).sum()
    return total


def _gradients(objective: Tensor, leaves: Named, rows: dict[str, list[Tensor]]) -> Named:
    each = [*leaves.values(), *(value for values in rows.values() for value in values)]
    grads = iter(torch.autograd.grad(objective, each, allow_unused=True, materialize_grads=True))
    found = {f"grad_{name}": next(grads) for name in leaves}
    found |= {f"grad_{name}": torch.cat([next(grads) for _ in values]) for name, values in rows.items()}
    return {name: grad for name, grad in found.items() if name != "grad_tanh_c"}  # not an array of the walk
