"""RNN and LSTM against torch.nn.RNN and torch.nn.LSTM, autograd and central differences."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from tests.engine.layers import assert_sound, normal
from visualizer.engine import Readout, Trace, trace_lstm, trace_rnn

Arguments = dict[str, Any]
GIVEN = ("x", "weight_ih", "weight_hh", "bias_ih", "bias_hh", "h0", "c0", "weight_out", "bias_out", "targets")


def cell_of(kind: str, length: int, units: int, inputs: int, seed: int = 0, scale: float = 0.7) -> Arguments:
    """An RNN or LSTM with both biases and a sequence."""
    rows = 4 * units if kind == "lstm" else units
    return {
        "x": normal(seed, length, inputs),
        "weight_ih": scale * normal(seed + 1, rows, inputs),
        "weight_hh": scale * normal(seed + 2, rows, units),
        "bias_ih": normal(seed + 3, rows),
        "bias_hh": normal(seed + 4, rows),
    }


def readout_of(
    length: int, units: int, outputs: int, seed: int = 9, *, biased: bool = True, hot: bool = False, **options: Any
) -> Readout:
    targets = normal(seed + 2, length, outputs)
    if options.get("loss") != "squared":
        targets = torch.eye(outputs)[targets.argmax(dim=1)] if hot else torch.softmax(targets, dim=1)
    bias = normal(seed + 1, outputs) if biased else None
    return Readout(normal(seed, outputs, units), bias, targets, **options)


def trace_of(kind: str, arguments: Arguments) -> Trace:
    return (trace_lstm if kind == "lstm" else trace_rnn)(**arguments)


def given_of(trace: Trace, arguments: Arguments) -> list[str]:
    outside = ["grad_h_above"] if arguments.get("grad_h") is not None else []
    return [name for name in (*GIVEN, *outside, "grad_c_given") if name in trace.arrays]


@st.composite
def recurrents(draw: st.DrawFn, backward: bool = True) -> tuple[str, Arguments]:
    """Any sizes, with and without biases, initial states, given gradients, an output layer with a mask, truncation."""
    kind = draw(st.sampled_from(["rnn", "lstm"]))
    length, units, inputs = draw(st.integers(1, 5)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    seed = draw(st.integers(0, 2**32))
    arguments = cell_of(kind, length, units, inputs, seed)
    for name in ("bias_ih", "bias_hh"):
        if draw(st.booleans()):
            del arguments[name]
    for name in ("h0", "c0") if kind == "lstm" else ("h0",):
        if draw(st.booleans()):
            arguments[name] = normal(seed + ord(name[0]), units)
    if kind == "rnn":
        arguments["nonlinearity"] = draw(st.sampled_from(["tanh", "relu"]))
    if backward:
        arguments |= draw(_starts(kind, length, units, seed))
        arguments["truncate"] = draw(st.none() | st.integers(1, length))
    return kind, arguments


@st.composite
def _starts(draw: st.DrawFn, kind: str, length: int, units: int, seed: int) -> Arguments:
    start = draw(st.sampled_from(["grad_h", "readout", *(["grad_c", "both"] if kind == "lstm" else [])]))
    if start == "readout":
        loss = draw(st.sampled_from(["cross_entropy", "squared"]))
        outputs = draw(st.integers(2 if loss == "cross_entropy" else 1, 3))
        masks = st.lists(st.booleans(), min_size=length, max_size=length).filter(any)
        options = {"loss": loss, "mask": draw(st.none() | masks.map(tuple)), "biased": draw(st.booleans())}
        return {"readout": readout_of(length, units, outputs, seed + 20, hot=draw(st.booleans()), **options)}
    grads = {"grad_h": normal(seed + 30, length, units), "grad_c": normal(seed + 31, units)}
    return grads if start == "both" else {start: grads[start]}


def by_torch(kind: str, arguments: Arguments) -> dict[str, Tensor]:
    """The same by torch.nn.RNN or torch.nn.LSTM with a state_dict, a chunk of the sequence after the other."""
    weights = {name: arguments.get(name) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
    rows, units = weights["weight_hh"].shape
    length, inputs = arguments["x"].shape
    options = {"nonlinearity": arguments.get("nonlinearity", "tanh")} if kind == "rnn" else {}
    with torch.random.fork_rng():
        module = (torch.nn.LSTM if kind == "lstm" else torch.nn.RNN)(inputs, units, dtype=torch.float64, **options)
    zeros = torch.zeros(rows, dtype=torch.float64)
    module.load_state_dict({f"{name}_l0": zeros if value is None else value for name, value in weights.items()})
    leaves = {"x": arguments["x"].clone().requires_grad_()}
    for name in ("h0", "c0") if kind == "lstm" else ("h0",):
        start = arguments.get(name)
        leaves[name] = (torch.zeros(units, dtype=torch.float64) if start is None else start.clone()).requires_grad_()
    state = [leaves[name].unsqueeze(0) for name in ("h0", "c0") if name in leaves]
    outputs, chunk = [], arguments.get("truncate") or length
    for first in range(0, length, chunk):
        out, last = module(leaves["x"][first : first + chunk], tuple(state) if kind == "lstm" else state[0])
        outputs.append(out)
        states = last if kind == "lstm" else (last,)
        state = [part.detach() for part in states]
    found = {"h": torch.cat(outputs)} | ({"c_last": states[1][0]} if kind == "lstm" else {})
    leaves |= {name: getattr(module, f"{name}_l0") for name, value in weights.items() if value is not None}
    found |= _gradients(arguments, found, leaves)
    return {name: value.detach() for name, value in found.items()}


def _gradients(arguments: Arguments, found: dict[str, Tensor], leaves: dict[str, Tensor]) -> dict[str, Tensor]:
    readout, loss = arguments.get("readout"), torch.zeros((), dtype=torch.float64)
    if readout is not None:
        leaves["weight_out"] = readout.weight.clone().requires_grad_()
        if readout.bias is not None:
            leaves["bias_out"] = readout.bias.clone().requires_grad_()
        there = torch.tensor(readout.mask if readout.mask is not None else [True] * len(arguments["x"]))
        z = functional.linear(found["h"], leaves["weight_out"], leaves.get("bias_out"))[there]
        targets = readout.targets.double()[there]
        squared = 0.5 * (targets - z).square().sum()
        loss = squared if readout.loss == "squared" else -(targets * z.log_softmax(dim=1)).sum()
    if arguments.get("grad_h") is not None:
        loss = loss + (found["h"] * arguments["grad_h"]).sum()
    if arguments.get("grad_c") is not None:
        loss = loss + (found["c_last"] * arguments["grad_c"]).sum()
    if not loss.requires_grad:
        return {}
    grads = torch.autograd.grad(loss, list(leaves.values()), allow_unused=True, materialize_grads=True)
    return {"loss": loss} | {f"grad_{name}": grad for name, grad in zip(leaves, grads, strict=True)}


def assert_relative(found: Tensor, wanted: Tensor, name: str) -> None:
    assert found.shape == wanted.shape, name
    assert float((found - wanted).abs().max()) <= 1e-10 * max(1.0, float(wanted.abs().max())), name


@settings(max_examples=60)
@given(recurrents())
def test_agrees_with_torchs_modules_and_autograd(case: tuple[str, Arguments]) -> None:
    kind, arguments = case
    trace, wanted = trace_of(kind, arguments), by_torch(kind, arguments)
    if kind == "lstm":
        assert_relative(trace["c"][-1], wanted.pop("c_last"), "c")
    if arguments.get("readout") is None:
        del wanted["loss"]
    for name, value in wanted.items():
        assert_relative(trace[name], value, name)
    gradients = {name for name in trace.arrays if name.startswith("grad_")}
    assert {name for name in wanted if name.startswith("grad_")} <= gradients


@settings(max_examples=60)
@given(recurrents())
def test_adds_up_and_writes_each_number_once_from_known_ones(case: tuple[str, Arguments]) -> None:
    trace = trace_of(*case)
    assert_sound(trace, given_of(trace, case[1]))
    assert {name for name in trace.arrays if name not in trace.checks} == set(given_of(trace, case[1]))


@settings(max_examples=30)
@given(recurrents(backward=False))
def test_without_a_start_there_is_only_the_way_forward(case: tuple[str, Arguments]) -> None:
    trace = trace_of(*case)
    assert_sound(trace, given_of(trace, case[1]))
    assert {step.phase for step in trace.steps} == {"forward"}
    assert not any(name.startswith("grad_") for name in trace.arrays)
    assert_relative(trace["h"], by_torch(*case)["h"], "h")


@pytest.mark.parametrize("kind", ["rnn", "lstm"])
def test_gradients_are_what_central_differences_give(kind: str) -> None:
    readout = readout_of(4, 2, 3, mask=(False, True, True, False))
    arguments = cell_of(kind, 4, 2, 2) | {"h0": normal(5, 2), "readout": readout}
    if kind == "lstm":
        arguments["c0"] = normal(6, 2)
    trace, step = trace_of(kind, arguments), 1e-6
    names = {"weight_out": readout.weight, "bias_out": readout.bias}
    names |= {name: value for name, value in arguments.items() if name != "readout"}
    for name, tensor in names.items():
        assert isinstance(tensor, Tensor)
        for index in torch.cartesian_prod(*map(torch.arange, tensor.shape)).reshape(tensor.numel(), -1).tolist():
            losses = []
            for change in (step, -2 * step):
                tensor[tuple(index)] += change
                losses.append(float(trace_of(kind, arguments)["loss"]))
            tensor[tuple(index)] += step
            central = (losses[0] - losses[1]) / (2 * step)
            assert float(trace[f"grad_{name}"][tuple(index)]) == pytest.approx(central, rel=1e-5, abs=1e-7), name


@pytest.mark.parametrize("kind", ["rnn", "lstm"])
def test_arguments_and_torchs_own_state_stay_as_they_are(kind: str) -> None:
    arguments = cell_of(kind, 3, 2, 2) | {"readout": readout_of(3, 2, 2), "h0": normal(5, 2)}
    arguments["weight_hh"].requires_grad_()
    before, readout = copy.deepcopy(arguments), arguments["readout"]
    state, grads = torch.random.get_rng_state(), torch.is_grad_enabled()
    trace = trace_of(kind, arguments)
    assert torch.equal(torch.random.get_rng_state(), state) and torch.is_grad_enabled() == grads
    every = (*trace.arrays.values(), *trace.checks.values())
    assert not any(array.requires_grad for array in every) and all(array.dtype == torch.float64 for array in every)
    for array in every:
        array.fill_(7.0)
    for name in (name for name in arguments if name != "readout"):
        assert torch.equal(arguments[name], before[name]), name
    for field in ("weight", "bias", "targets"):
        assert torch.equal(getattr(readout, field), getattr(before["readout"], field)), field
    assert arguments["weight_hh"].grad is None


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_the_callers_grad_mode_does_not_matter(mode: type) -> None:
    with mode():
        trace = trace_lstm(**cell_of("lstm", 3, 2, 2), readout=readout_of(3, 2, 2))
    assert_relative(trace.checks["grad_weight_hh"], trace["grad_weight_hh"], "grad_weight_hh")


def test_lists_and_other_dtypes_are_taken() -> None:
    named = cell_of("rnn", 2, 2, 1)
    lists = trace_rnn(**{name: value.tolist() for name, value in named.items()})
    floats = trace_rnn(**{name: value.float() for name, value in named.items()})
    assert torch.equal(lists["h"], trace_rnn(**named)["h"]) and floats["h"].dtype == torch.float64


@pytest.mark.parametrize("mask", [[True, False, True], torch.tensor([True, False, True])])
def test_a_mask_may_be_a_list_or_a_tensor(mask: Any) -> None:
    trace = trace_rnn(**cell_of("rnn", 3, 2, 2), readout=readout_of(3, 2, 2, mask=mask))
    assert trace["z"].shape == (2, 2) and trace["losses"].shape == (2,) and trace["grad_h_above"].shape == (2, 2)
    assert trace["grad_h"].shape == (3, 2)


def test_overflow_is_kept_and_nothing_is_raised() -> None:
    named = cell_of("rnn", 4, 2, 2)
    named["weight_hh"] = named["weight_hh"] * 1e200
    trace = trace_rnn(**named, nonlinearity="relu", h0=[1e200, 1e200], grad_h=torch.ones(4, 2))
    assert trace.first_not_finite is not None


def test_no_number_is_a_negative_zero() -> None:
    named = {name: -value.abs() for name, value in cell_of("rnn", 3, 2, 2).items()}
    trace = trace_rnn(**named, nonlinearity="relu", grad_h=-torch.ones(3, 2))
    for name, array in trace.arrays.items():
        assert not bool((torch.signbit(array) & (array == 0)).any()), name
