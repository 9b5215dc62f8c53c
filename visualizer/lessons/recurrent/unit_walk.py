"""One unit of a large net, number by number: the other units' states count as inputs."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from visualizer.engine import Trace, trace_lstm, trace_rnn
from visualizer.engine.sequences.model import SequenceModel, run_model
from visualizer.lessons.recurrent.sequence.sequences import Sequence
from visualizer.lessons.recurrent.settings import MAX_STEPS

_SUMMARY = (
    "One unit of a larger net. What it reads is the input and the other units' states of the time step before; its own "
    "state comes back through its one recurrent weight. The numbers are the same as in the whole net."
)


def unit_trace(model: SequenceModel, sequence: Sequence, time: int, unit: int) -> Trace:
    """The walk of unit `unit` over the time steps that end at `time`, both counted from 0."""
    first = max(0, time + 1 - MAX_STEPS)
    with torch.no_grad():
        states = run_model(model, sequence.x)
    h_before, c_before = (_before(states[name]) if name in states else None for name in ("h", "c"))
    others = [each for each in range(model.units) if each != unit]
    rows = torch.arange(unit, len(model.weight_hh), model.units)
    steps = slice(first, time + 1)
    if h_before is None:
        raise ValueError("the model has no hidden state")
    grad_h = torch.zeros(time + 1 - first, 1, dtype=torch.float64)
    grad_h[-1] = 1.0
    given = (
        torch.cat([sequence.x[steps], h_before[steps][:, others]], dim=1),
        torch.cat([model.weight_ih[rows], model.weight_hh[rows][:, others]], dim=1),
        model.weight_hh[rows][:, [unit]],
        model.bias_ih[rows],
        model.bias_hh[rows],
    )
    start = h_before[first, [unit]]
    if c_before is None:
        trace = trace_rnn(*given, h0=start, grad_h=grad_h)
    else:
        trace = trace_lstm(*given, h0=start, c0=c_before[first, [unit]], grad_h=grad_h)
    names = {
        "time": sequence.labels[steps],
        "inputs": (*(sequence.vocabulary or ("x",)), *(f"h{other + 1}" for other in others)),
    }
    title = f"Unit {unit + 1} of {model.units}, up to time step {time + 1}"
    return replace(trace, names=names, title=title, summary=_SUMMARY)


def _before(states: Tensor) -> Tensor:
    """The states of the time step before, 0 before the first."""
    return torch.cat([torch.zeros_like(states[:1]), states[:-1]])
