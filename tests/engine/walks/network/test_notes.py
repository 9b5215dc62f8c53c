"""Symbols, titles and notes: the words of the walk."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.engine.nets import Arguments, net_of, nets
from visualizer.engine import Ref, Trace, trace_network
from visualizer.engine.trace.trace import Step


def writer(trace: Trace, name: str, *index: int) -> Step:
    at = trace.step_of(Ref(name, index))
    assert at is not None
    return trace.steps[at]


def test_one_output_has_the_slides_notation() -> None:
    trace = trace_network(**net_of([2, 3, 1], 1, seed=0), learning_rate=0.5)
    written = {
        Ref("x", (0, 1)): "x₂",
        Ref("W1", (1, 0)): "w₁²",
        Ref("b1", (1,)): "w₀²",
        Ref("a1", (0, 1)): "a²",
        Ref("h1", (0, 1)): "h²",
        Ref("W2", (0, 2)): "w₃",
        Ref("b2", (0,)): "w₀",
        Ref("a2", (0, 0)): "aᵒᵘᵗ",
        Ref("out", (0, 0)): "out",
        Ref("error", (0, 0)): "e",
        Ref("loss"): "ℓ",
        Ref("grad_W1", (1, 0)): "∂ℓ/∂w₁²",
        Ref("new_W1", (1, 0)): "new w₁²",
        Ref("learning_rate"): "η",
    }
    assert {ref: trace.symbol(ref) for ref in written} == written
    assert [trace.symbols[name].matrix for name in ("W1", "b1", "a1", "h1", "W2", "x")] == [
        "W^[1]",
        "b^[1]",
        "a",
        "h",
        "W^[2]",
        "x",
    ]


def test_examples_are_counted_in_brackets_and_outputs_below() -> None:
    trace = trace_network(**net_of([2, 3, 2], 4, seed=0))
    assert trace.symbol(Ref("h1", (3, 1))) == "h²⁽⁴⁾"
    assert trace.symbol(Ref("out", (0, 1))) == "out₂⁽¹⁾"
    assert trace.symbol(Ref("losses", (0, 1))) == "ℓ₂⁽¹⁾"
    assert trace.symbol(Ref("W2", (1, 2))) == "v₃²"
    assert trace.symbol(Ref("b2", (1,))) == "v₀²"
    assert "v" in trace.summary


def test_deeper_nets_number_their_layers() -> None:
    trace = trace_network(**net_of([2, 3, 12, 1], 1, seed=0))
    assert trace.symbol(Ref("W2", (10, 2))) == "w₁₁,₃²"
    assert trace.symbol(Ref("b3", (0,))) == "b₁³"
    assert trace.symbol(Ref("grad_h1", (0, 2))) == "∂ℓ/∂h₃¹"


@settings(max_examples=40)
@given(nets())
def test_no_two_numbers_are_written_alike(arguments: Arguments) -> None:
    trace = trace_network(**arguments, learning_rate=0.5)
    symbols = [trace.symbol(step.target) for step in trace.steps]
    assert len(set(symbols)) == len(symbols)


@settings(max_examples=40)
@given(nets())
def test_every_step_says_what_it_means(arguments: Arguments) -> None:
    for step in trace_network(**arguments, learning_rate=0.5).steps:
        assert step.title.endswith("?") and len(step.title) <= 75
        assert step.note.endswith(".") and 30 <= len(step.note) <= 260
        assert step.layer and step.unit


def test_titles_are_questions_that_a_person_would_ask() -> None:
    trace = trace_network(**net_of([2, 3, 1], 1, seed=0), learning_rate=0.5)
    assert writer(trace, "a1", 0, 1).title == "What goes into hidden unit 2?"
    assert writer(trace, "out", 0, 0).title == "What is the output of the net?"
    assert writer(trace, "grad_W1", 1, 0).title == "How much does the loss change with w₁²?"
    assert writer(trace, "grad_W1", 1, 0).note.endswith("the weight multiplies: the input x₁.")
    assert "h², cached in the forward pass" in writer(trace, "grad_W2", 0, 1).note


@pytest.mark.parametrize(
    ("activation", "word"), [("relu", "off"), ("sigmoid", "saturated"), ("identity", "1 everywhere")]
)
def test_the_derivative_of_the_activation_is_explained(activation: str, word: str) -> None:
    trace = trace_network(**net_of([2, 3, 1], 1, seed=0), activation=activation)
    assert word in writer(trace, "grad_a1", 0, 1).note


def test_a_learning_rate_of_0_is_not_said_to_move_anything() -> None:
    trace = trace_network(**net_of([2, 3, 1], 1, seed=0), learning_rate=0)
    assert "does not change" in writer(trace, "new_W1", 0, 0).note


@pytest.mark.parametrize(
    ("sizes", "title"),
    [
        ([2, 1], "A net with no hidden layers"),
        ([2, 3, 1], "A net with one hidden layer"),
        ([2, 3, 3, 1], "A net with two hidden layers"),
    ],
)
def test_the_whole_net_has_a_title_and_three_sentences(sizes: list[int], title: str) -> None:
    trace = trace_network(**net_of(sizes, 1, seed=0))
    assert trace.title == title
    assert trace.summary.count(".") == 3 and trace.summary.endswith(".")


def test_the_overview_is_the_slides_formula() -> None:
    def plain(part: object) -> str:
        if isinstance(part, str):
            return part
        assert isinstance(part, tuple)
        kind, *parts = part
        return {"row": "", "sub": "_", "sup": "^"}[kind].join(map(plain, parts))

    net = net_of([2, 3, 1], 1, seed=0)
    assert plain(trace_network(**net).overview) == "out(x)=g(w_0+Σ_kw_kg(w_0^k+Σ_iw_i^kx_i))"
    without = net | {"biases": None}
    assert (
        plain(trace_network(**without, output_activation="identity").overview) == "out(x)=g_out(Σ_kw_kg(Σ_iw_i^kx_i))"
    )
    deep = net_of([2, 3, 3, 2], 1, seed=0, loss="cross_entropy")
    assert plain(trace_network(**deep, loss="cross_entropy").overview) == (
        "out_o(x)=softmax(W^[3]g(W^[2]g(W^[1]x+b^[1])+b^[2])+b^[3])"
    )
