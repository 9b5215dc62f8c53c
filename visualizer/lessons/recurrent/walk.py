"""Settings -> the sequence and the weights that a walk starts from, and its trace; the walk of one unit of a large
net."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from visualizer.engine import Readout, Ref, Trace, trace_lstm, trace_rnn
from visualizer.engine.sequences.model import SequenceModel, run_model
from visualizer.lessons.recurrent.sequence.sequences import Sequence, read_sequence
from visualizer.lessons.recurrent.settings import (
    EVERY,
    MAX_INPUTS,
    MAX_STEPS,
    MAX_UNITS,
    NO_OUTPUT,
    ONE_BIAS,
    OWN,
    VECTORS,
    RecurrentSettings,
)
from visualizer.lessons.recurrent.train.trained import TRAINED
from visualizer.lessons.recurrent.weights.hand_set import HAND_SET, random_model
from visualizer.lessons.recurrent.weights.weight_set import OwnNet, WeightSet
from visualizer.ui.edits import Arrays
from visualizer.ui.shared_walks import shared

_BLANK = "␣"
"""A blank would not be seen."""
WEIGHT_SETS = {**HAND_SET, **TRAINED}


def set_of(settings: RecurrentSettings, own: OwnNet | None = None) -> WeightSet | None:
    """The task that the weights are for; None where they take the sequence as it is typed."""
    if settings.weights == OWN:
        return own.task if own else None
    return WEIGHT_SETS.get(settings.weights)


def model_of(settings: RecurrentSettings, sequence: Sequence, own: OwnNet | None = None) -> SequenceModel:
    """The weights that the settings name, the forget gate's bias set."""
    if settings.weights in WEIGHT_SETS:
        return WEIGHT_SETS[settings.weights].make(settings.cell)
    if settings.weights == OWN and own is not None:
        return own.model
    inputs, outputs = sequence.x.shape[1], sequence.targets.shape[1]
    model = random_model(settings.cell, inputs, outputs, settings.units, settings.scale, settings.seed)
    return with_forget_bias(model, settings.forget_bias) if settings.is_lstm else model


def with_forget_bias(model: SequenceModel, bias: float) -> SequenceModel:
    """The same LSTM with this bias in every forget gate."""
    bias_ih, units = model.bias_ih.clone(), model.units
    bias_ih[units : 2 * units] = bias
    return replace(model, bias_ih=bias_ih)


def start_arrays(settings: RecurrentSettings, own: OwnNet | None = None) -> tuple[Sequence, dict[str, Tensor]]:
    """The sequence, and what the walk starts from by the trace's names. Raises: ValueError in words."""
    sequence, model = read_and_model(settings, MAX_STEPS, own)
    if model.units > MAX_UNITS:
        raise ValueError(f"{model.units} units; number by number at most {MAX_UNITS} are shown. Maps shows more")
    if model.inputs > MAX_INPUTS:
        raise ValueError(f"{model.inputs} inputs; number by number at most {MAX_INPUTS} are shown. Maps shows more")
    return sequence, {"x": sequence.x} | _weights(model, settings) | _given(settings, len(sequence.x), model.units)


def _weights(model: SequenceModel, settings: RecurrentSettings) -> dict[str, Tensor]:
    """The model's weights; with one bias in place of two, it is their sum."""
    named = model.parameters()
    if settings.biases == ONE_BIAS:
        named["bias_ih"] = named["bias_ih"] + named.pop("bias_hh")
    return named


def _given(settings: RecurrentSettings, steps: int, units: int) -> dict[str, Tensor]:
    """The initial states; and where no loss gives them, ∂ℓ/∂h of every time step and ∂ℓ/∂c of the last from outside."""
    zeros = torch.zeros(units, dtype=torch.float64)
    named = {"h0": zeros, "c0": zeros} if settings.is_lstm else {"h0": zeros}
    if settings.readout == NO_OUTPUT:
        named["grad_h_above"] = torch.zeros(steps, units, dtype=torch.float64)
        named["grad_h_above"][-1] = 1.0
        if settings.is_lstm:
            named["grad_c_given"] = zeros
    return named


def read_and_model(settings: RecurrentSettings, most: int, own: OwnNet | None = None) -> tuple[Sequence, SequenceModel]:
    """The sequence, of at most so many time steps, and the weights that read it. Raises: ValueError in words."""
    if settings.weights == OWN and own is None:
        raise ValueError("upload a .safetensors file of an RNN or LSTM first, in Settings, or train one in Train")
    sequence = read_sequence(settings, most, set_of(settings, own))
    model = model_of(settings, sequence, own)
    if model.kind != settings.cell:
        raise ValueError(f"the weights that you uploaded are an {model.kind.upper()}'s: choose that cell")
    if sequence.targets.shape[1] != model.outputs and settings.weights == OWN:
        sequence = sequence.without_targets(model.outputs)
    if sequence.x.shape[1] != model.inputs:
        raise ValueError(f"these weights take {model.inputs} inputs; this sequence has {sequence.x.shape[1]}")
    return sequence, model


@shared
def trace_of(settings: RecurrentSettings, sequence: Sequence, arrays: Arrays) -> Trace:
    """The walk over these numbers, forward and backward."""
    steps = len(sequence.x)
    names = {"time": sequence.labels, "inputs": sequence.vocabulary, "outputs": sequence.outputs}
    shown = {axis: tuple(name.replace(" ", _BLANK) for name in each) for axis, each in names.items()}
    readout = None
    if settings.readout != NO_OUTPUT:
        readout = Readout(
            arrays["weight_out"],
            arrays["bias_out"],
            sequence.targets,
            None if settings.readout == EVERY else tuple(step == steps - 1 for step in range(steps)),
            "cross_entropy" if sequence.outputs else "squared",
            shown["outputs"],
        )
    weights = [arrays.get(name) for name in ("x", "weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    grad_h, cut = arrays.get("grad_h_above"), settings.truncate or None
    if settings.is_lstm:
        states = {"h0": arrays["h0"], "c0": arrays["c0"]}
        grad_c = arrays.get("grad_c_given")
        trace = trace_lstm(*weights, **states, grad_h=grad_h, grad_c=grad_c, readout=readout, truncate=cut)
    else:
        trace = trace_rnn(*weights, h0=arrays["h0"], grad_h=grad_h, readout=readout, truncate=cut)
    return replace(trace, names=shown, summary=f"{trace.summary}{_wanted(settings, sequence)}")


def gradient_step(trace: Trace) -> int:
    """The step that tells the most: a state's gradient, which also comes from later."""
    state = "grad_c" if trace.kind == "lstm" else "grad_h"
    if state not in trace.arrays:
        return len(trace)
    return (trace.step_of(Ref(state, (max(0, len(trace["x"]) - 2), 0))) or 0) + 1


def cell_step(trace: Trace) -> int:
    """In the walk of one unit: the step that writes its state at the time step that was asked for, the last."""
    state = "c" if trace.kind == "lstm" else "h"
    return (trace.step_of(Ref(state, (len(trace["x"]) - 1, 0))) or 0) + 1


def _wanted(settings: RecurrentSettings, sequence: Sequence) -> str:
    """What the outputs are to be, as a sentence."""
    if settings.readout == NO_OUTPUT:
        return " ∂ℓ/∂h of each time step is given, 1 at the last unless you change it."
    if settings.sequence_of == VECTORS:
        return " The output of each time step is to be the next vector, after the last 0."
    task = set_of(settings)
    if task and task.targets:
        return f" {task.about}"
    what = "symbol" if sequence.outputs else "number"
    when = "After each" if settings.readout == EVERY else "After the last"
    return f" {when} {what} it is to say the {what} that follows; the last one typed is only predicted."


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
