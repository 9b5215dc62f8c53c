"""The lesson's state: it follows its settings, keeps what was changed, and refuses in words."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine import Ref
from visualizer.lessons.recurrent.lesson import Lesson
from visualizer.lessons.recurrent.table import settings_of

WEIGHT = Ref("weight_ih", (0, 0))


def lesson(**values: object) -> Lesson:
    return Lesson(settings_of(values))


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
    shown.follow(settings_of({"cell": "rnn"}))
    assert shown.trace.kind == "rnn"
    assert torch.equal(shown.trace["x"], x)


def test_a_changed_weight_stays_until_other_weights_come() -> None:
    shown = lesson()
    before = shown.trace["loss"].item()
    shown.edit(WEIGHT, 2.5)
    assert shown.trace["weight_ih"][0, 0] == 2.5
    assert shown.trace["loss"].item() != before
    shown.follow(settings_of({"readout": "last"}))
    assert shown.trace["weight_ih"][0, 0] == 2.5
    shown.follow(settings_of({"readout": "last", "recurrent_seed": 1}))
    assert shown.trace["weight_ih"][0, 0] != 2.5


def test_undo_takes_the_change_back() -> None:
    shown = lesson()
    before = shown.trace["weight_ih"].clone()
    shown.edit(WEIGHT, 2.5)
    shown.numbers.undo()
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
    shown.follow(settings_of(values))
    assert shown.refusal is not None
    assert any(word.lower() in shown.refusal.text.lower() for word in words.split("|"))
    assert shown.trace is before
    assert lesson(**values).trace["x"].shape == before["x"].shape


def test_the_forget_bias_keeps_more_of_the_cell() -> None:
    shut, open_ = (lesson(forget_bias=bias).trace["f"].mean() for bias in (-3.0, 3.0))
    assert shut < 0.2 and open_ > 0.8


def test_truncation_cuts_the_gradient_and_nothing_else() -> None:
    whole, cut = lesson().trace, lesson(truncate=2).trace
    assert torch.equal(whole["h"], cut["h"])
    assert not torch.equal(whole["grad_h"][1], cut["grad_h"][1])
    assert torch.equal(whole["grad_h"][2:], cut["grad_h"][2:])
