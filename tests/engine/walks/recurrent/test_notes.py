"""Symbols, titles and notes of an RNN and an LSTM: the words of the walk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.engine.layers import normal
from tests.engine.walks.recurrent.test_lstm import writer
from tests.engine.walks.recurrent.test_recurrent import Arguments, cell_of, readout_of, recurrents, trace_of
from visualizer.engine import Ref, Trace, trace_lstm, trace_rnn
from visualizer.engine.trace.symbol import Symbol


def written(trace: Trace, wanted: dict[Ref, str]) -> None:
    assert {ref: trace.symbol(ref) for ref in wanted} == wanted


def test_an_lstms_letters_say_the_gate_above() -> None:
    trace = trace_lstm(**cell_of("lstm", 3, 2, 2), grad_h=normal(5, 3, 2), grad_c=normal(6, 2))
    written(
        trace,
        {
            Ref("x", (1, 0)): "x₂,₁",
            Ref("weight_ih", (3, 0)): "w₂,₁ᶠ",
            Ref("weight_hh", (4, 1)): "u₁,₂ᵍ",
            Ref("bias_ih", (1,)): "b₂ⁱ",
            Ref("bias_hh", (6,)): "b′₁ᵒ",
            Ref("a", (2, 7)): "a₃,₂ᵒ",
            Ref("i", (0, 1)): "i₁,₂",
            Ref("tanh_c", (2, 0)): "tanh c₃,₁",
            Ref("h0", (1,)): "h₀,₂",
            Ref("c0", (0,)): "c₀,₁",
            Ref("grad_a", (0, 2)): "∂ℓ/∂a₁,₁ᶠ",
            Ref("grad_c", (0, 1)): "∂ℓ/∂c₁,₂",
            Ref("grad_c_given", (1,)): "∂ℓ/∂c₃,₂ᵒᵘᵗ",
            Ref("grad_h_above", (2, 1)): "∂ℓ/∂h₃,₂ᵒᵘᵗ",
            Ref("grad_weight_hh", (7, 0)): "∂ℓ/∂u₂,₁ᵒ",
            Ref("grad_h0", (1,)): "∂ℓ/∂h₀,₂",
        },
    )


def test_one_unit_and_one_input_are_not_counted() -> None:
    trace = trace_lstm(**cell_of("lstm", 3, 1, 1), grad_h=normal(5, 3, 1), grad_c=[1])
    written(
        trace,
        {
            Ref("x", (1, 0)): "x₂",
            Ref("weight_ih", (1, 0)): "wᶠ",
            Ref("weight_hh", (3, 0)): "uᵒ",
            Ref("bias_hh", (0,)): "b′ⁱ",
            Ref("a", (2, 2)): "a₃ᵍ",
            Ref("c", (2, 0)): "c₃",
            Ref("h0", (0,)): "h₀",
            Ref("grad_c_given", (0,)): "∂ℓ/∂c₃ᵒᵘᵗ",
        },
    )
    rnn = trace_rnn(**cell_of("rnn", 2, 1, 2))
    written(rnn, {Ref("weight_ih", (0, 1)): "w₂", Ref("weight_hh", (0, 0)): "u", Ref("a", (1, 0)): "a₂"})
    wide = trace_rnn(**cell_of("rnn", 2, 3, 1))
    written(wide, {Ref("weight_ih", (2, 0)): "w₃", Ref("weight_hh", (2, 0)): "u₃,₁", Ref("bias_ih", (2,)): "b₃"})


def test_outputs_are_counted_by_their_time_step_also_under_a_mask() -> None:
    trace = trace_rnn(**cell_of("rnn", 3, 2, 2), readout=readout_of(3, 2, 2, mask=(False, True, True)))
    written(
        trace,
        {
            Ref("z", (1, 0)): "z₃,₁",
            Ref("p", (0, 1)): "p₂,₂",
            Ref("targets", (0, 0)): "y₂,₁",
            Ref("losses", (1,)): "ℓ₃",
            Ref("loss"): "ℓ",
            Ref("weight_out", (1, 0)): "v₂,₁",
            Ref("bias_out", (1,)): "b₂ᵒᵘᵗ",
            Ref("grad_z", (0, 0)): "∂ℓ/∂z₂,₁",
            Ref("grad_h_above", (1, 1)): "∂ℓ/∂h₃,₂ᵒᵘᵗ",
        },
    )
    single = trace_rnn(**cell_of("rnn", 3, 1, 2), readout=readout_of(3, 1, 1, loss="squared"))
    written(single, {Ref("z", (1, 0)): "z₂", Ref("weight_out", (0, 0)): "v", Ref("bias_out", (0,)): "bᵒᵘᵗ"})


@pytest.mark.parametrize(
    ("symbol", "index", "text"),
    [
        (Symbol("a", below=(0, 1), blocks=(1, 3, "ifgo")), (0, 5), "a₁,₃ᶠ"),
        (Symbol("a", below=(0, 1), blocks=(1, 3, "ifgo")), (0, slice(None)), "a₁"),
        (Symbol("a", below=(0, 1), blocks=(1, 3, "ifgo")), (), "a"),
        (Symbol("w", below=(1,), above=("2",), blocks=(0, 1, "ifgo")), (3, 0), "w₁ᵒ²"),
        (Symbol("z", below=(0, 1), numbers=(0, (4, 12))), (1, 0), "z₁₂,₁"),
        (Symbol("z", below=(0, 1), numbers=(0, (4, 12))), (slice(None), 0), "z₁"),
    ],
)
def test_blocks_and_numbers_of_a_symbol(symbol: Symbol, index: tuple[int | slice, ...], text: str) -> None:
    assert symbol.text(index) == text


@settings(max_examples=40)
@given(recurrents())
def test_no_two_numbers_are_written_alike(case: tuple[str, Arguments]) -> None:
    trace = trace_of(*case)
    symbols = [trace.symbol(step.target) for step in trace.steps]
    assert len(set(symbols)) == len(symbols)


@settings(max_examples=40)
@given(recurrents())
def test_every_step_says_what_it_means_and_few_notes_say_it(case: tuple[str, Arguments]) -> None:
    trace = trace_of(*case)
    for step in trace.steps:
        assert step.title.endswith("?") and len(step.title) <= 70
        assert step.note.endswith(".") and 30 <= len(step.note) <= 260, step.note
    assert len({step.note for step in trace.steps}) <= 40
    assert trace.title and trace.legend and trace.overview[0] == ("lines" if trace.kind == "lstm" else "row")
    assert trace.summary.count(".") == 3 and trace.summary.endswith(".")


def test_classes_are_called_by_their_names() -> None:
    readout = replace(readout_of(3, 2, 2), classes=("a", "b"))
    trace = trace_lstm(**cell_of("lstm", 3, 2, 2), readout=readout)
    assert writer(trace, "p", 1, 0).title == "What probability does the net assign to “a” at t = 2?"
    assert writer(trace, "z", 1, 1).title == "What is the score of “b” at t = 2?"


def test_titles_are_questions_that_a_person_would_ask() -> None:
    trace = trace_lstm(**cell_of("lstm", 3, 2, 2), readout=readout_of(3, 2, 2))
    titles = {
        ("a", 1, 3): "What goes into the forget gate of unit 2 at t = 2?",
        ("f", 0, 1): "How much of the old cell state c₀,₂ is kept?",
        ("i", 2, 0): "How much of the candidate g₃,₁ is written into the cell?",
        ("c", 1, 0): "What does the cell of unit 1 remember after t = 2?",
        ("h", 1, 0): "What does unit 1 output at t = 2?",
        ("p", 1, 0): "What probability does the net assign to class 1 at t = 2?",
        ("losses", 1): "How wrong is the net at t = 2?",
        ("grad_h", 1, 1): "What gradient reaches h₂,₂ from above and from later steps?",
        ("grad_h", 2, 1): "How much does the loss change with the hidden state h₃,₂?",
        ("grad_f", 2, 1): "How much does the loss change with the forget gate f₃,₂?",
        ("grad_weight_hh", 2, 1): "How much does the loss change with u₁,₂ᶠ?",
    }
    found = {at: writer(trace, *at).title for at in titles}
    assert found == titles
    assert writer(trace, "grad_weight_hh", 2, 1).unit == "forget gate of unit 1"


def test_the_whole_has_a_title() -> None:
    assert trace_rnn(**cell_of("rnn", 1, 1, 2)).title == "An RNN over 1 time step, with 1 hidden unit"
    assert trace_lstm(**cell_of("lstm", 3, 2, 2)).title == "An LSTM over 3 time steps, with 2 hidden units"


@pytest.mark.parametrize(("missing", "words"), [((), "both biases"), (("bias_ih",), "plus the bias")])
def test_the_note_of_a_sum_names_the_biases(missing: tuple[str, ...], words: str) -> None:
    named = {name: value for name, value in cell_of("rnn", 2, 2, 2).items() if name not in missing}
    trace = trace_rnn(**named)
    assert words in writer(trace, "a", 1, 0).note and "initial" in writer(trace, "a", 0, 0).note


def test_the_overview_is_one_time_step() -> None:
    def plain(part: object) -> str:
        if isinstance(part, str):
            return part
        assert isinstance(part, tuple)
        kind, *parts = part
        return {"row": "", "sub": "_", "sup": "^", "lines": "\n"}[kind].join(map(plain, parts))

    named = cell_of("rnn", 2, 2, 2)
    assert plain(trace_rnn(**named).overview) == "h_t=tanh(Wx_t+Uh_t−1+b+b′)"
    assert plain(trace_lstm(**cell_of("lstm", 2, 1, 1)).overview).split("\n") == [
        *(f"{gate}_t=σ(W^{gate}x_t+U^{gate}h_t−1+b^{gate}+b′^{gate})" for gate in "fi"),
        "g_t=tanh(W^gx_t+U^gh_t−1+b^g+b′^g)",
        "o_t=σ(W^ox_t+U^oh_t−1+b^o+b′^o)",
        "c_t=f_t·c_t−1+i_t·g_t",
        "h_t=o_t·tanh(c_t)",
    ]
