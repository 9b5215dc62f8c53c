"""The lesson's state: it follows its settings, keeps what was changed, and refuses in words."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine import Ref
from visualizer.lessons.recurrent.settings import SETTINGS
from visualizer.lessons.recurrent.state import RecurrentLesson

WEIGHT = Ref("weight_ih", (0, 0))


def lesson(**values: object) -> RecurrentLesson:
    return RecurrentLesson(SETTINGS.of(values))


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
@pytest.mark.parametrize("readout", ["every", "last", "none"])
def test_the_walk_agrees_with_torch_and_with_itself(cell: str, readout: str) -> None:
    trace = lesson(cell=cell, readout=readout, units=3).trace
    assert trace.replay() <= 1e-12
    for name, check in trace.checks.items():
        torch.testing.assert_close(trace[name], check, rtol=1e-10, atol=1e-12)


def test_both_cells_read_the_same_input() -> None:
    shown = lesson()
    x = shown.trace["x"]
    shown.follow(SETTINGS.of({"cell": "rnn"}))
    assert shown.trace.kind == "rnn"
    assert torch.equal(shown.trace["x"], x)


def test_a_changed_weight_stays_until_other_weights_come() -> None:
    shown = lesson()
    before = shown.trace["loss"].item()
    shown.edit(WEIGHT, 2.5)
    assert shown.trace["weight_ih"][0, 0] == 2.5
    assert shown.trace["loss"].item() != before
    shown.follow(SETTINGS.of({"readout": "last"}))
    assert shown.trace["weight_ih"][0, 0] == 2.5
    shown.follow(SETTINGS.of({"readout": "last", "recurrent_seed": 1}))
    assert shown.trace["weight_ih"][0, 0] != 2.5


def test_undo_takes_the_change_back() -> None:
    shown = lesson()
    before = shown.trace["weight_ih"].clone()
    shown.edit(WEIGHT, 2.5)
    shown.undo()
    assert torch.equal(shown.trace["weight_ih"], before)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": "a"}, "At least 2"),
        ({"units": 5}, "At most 4|at most 4"),
        ({"text": "abcdefghij"}, "10 inputs"),
        ({"recurrent_weights": "bit", "text": "12"}, "don't know “2”"),
        ({"recurrent_weights": "own"}, "safetensors"),
    ],
)
def test_what_makes_no_walk_is_said_and_the_walk_stays(values: dict[str, object], words: str) -> None:
    shown = lesson()
    before = shown.trace
    shown.follow(SETTINGS.of(values))
    assert shown.refusal is not None
    assert any(word.lower() in shown.refusal.text.lower() for word in words.split("|"))
    assert shown.trace is before
    assert lesson(**values).trace["x"].shape == before["x"].shape


def test_the_forget_bias_keeps_more_of_the_cell() -> None:
    shut, open_ = (lesson(forget_bias=bias).trace["f"].mean() for bias in (-3.0, 3.0))
    assert shut < 0.2 and open_ > 0.8


def test_truncation_cuts_the_gradient_and_nothing_else() -> None:
    whole, cut = lesson().trace, lesson(truncate="2").trace
    assert torch.equal(whole["h"], cut["h"])
    assert not torch.equal(whole["grad_h"][1], cut["grad_h"][1])
    assert torch.equal(whole["grad_h"][2:], cut["grad_h"][2:])


def test_a_homework_is_worked_out_as_torch_does() -> None:
    """One time step, vectors, h0 and c0, a gradient from outside at h and at c, one bias; torch's own LSTM agrees."""
    shown = lesson(sequence_of="vectors", input_steps=1, input_size=2, readout="none", biases="one")
    given = {"h0": [0.1, -0.2], "c0": [0.5, 1.5], "grad_c_given": [0.3, -0.7]}
    edits = {Ref(name, (unit,)): value for name, values in given.items() for unit, value in enumerate(values)}
    edits |= {Ref("grad_h_above", (0, 0)): 2.0, Ref("grad_h_above", (0, 1)): -1.0, Ref("bias_ih", (2,)): 0.4}
    shown.change(edits)
    trace = shown.trace
    assert "bias_hh" not in trace.arrays
    assert trace.replay() <= 1e-12
    weights = [trace[name].clone().requires_grad_() for name in ("weight_ih", "weight_hh", "bias_ih")]
    states = [torch.tensor([given[name]], dtype=torch.float64, requires_grad=True) for name in ("h0", "c0")]
    h, c = torch.lstm_cell(trace["x"], states, *weights, torch.zeros(8, dtype=torch.float64))
    (
        h @ torch.tensor([2.0, -1.0], dtype=torch.float64)
        + c @ torch.tensor(given["grad_c_given"], dtype=torch.float64)
    ).sum().backward()
    for name, leaf in zip(("weight_ih", "weight_hh", "bias_ih", "h0", "c0"), (*weights, *states), strict=True):
        torch.testing.assert_close(
            trace[f"grad_{name}"], leaf.grad.reshape(trace[f"grad_{name}"].shape), rtol=1e-10, atol=1e-12
        )


def test_what_was_entered_is_in_the_link() -> None:
    edits = {
        Ref("h0", (0,)): 0.25,
        Ref("c0", (1,)): -2.0,
        Ref("grad_h_above", (3, 1)): 0.5,
        Ref("grad_c_given", (0,)): 1.0,
    }
    linked = RecurrentLesson.address.edits
    assert linked is not None
    assert linked.parse(linked.text(edits)) == edits


def test_one_bias_is_the_sum_of_both() -> None:
    two, one = lesson(recurrent_weights="bit", text="1··0"), lesson(recurrent_weights="bit", text="1··0", biases="one")
    assert torch.allclose(two.trace["h"], one.trace["h"], atol=1e-15)
    assert torch.equal(one.model.bias_hh, torch.zeros(4, dtype=torch.float64))
