"""The walk: complete, in order, adding up."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings

from tests.engine.nets import Arguments, net_of, nets
from visualizer.engine import Ref, Trace, trace_network
from visualizer.engine.trace.trace import (
    Apply,
    Difference,
    Dot,
    Product,
    Sum,
    reads,
)


def targets(trace: Trace) -> list[str]:
    return [str(step.target) for step in trace.steps]


@settings(max_examples=60)
@given(nets())
def test_replay_agrees_at_every_step(arguments: Arguments) -> None:
    assert trace_network(**arguments, learning_rate=0.5).replay() <= 1e-12


@settings(max_examples=40)
@given(nets())
def test_each_number_is_written_once_from_numbers_known_before(arguments: Arguments) -> None:
    trace = trace_network(**arguments, learning_rate=0.5)
    given_names = {"x", "y", "learning_rate"} | {name for name in trace.arrays if name[0] in "Wb"}
    known = {name: torch.full(array.shape, name in given_names) for name, array in trace.arrays.items()}
    for number, step in enumerate(trace.steps):
        for ref in (*reads(step.expression),):
            assert bool(known[ref.name][ref.index].all()), f"step {number} reads {ref} too early"
        assert not bool(known[step.target.name][step.target.index]), f"step {number} writes {step.target} again"
        known[step.target.name][step.target.index] = True
    assert all(bool(array.all()) for array in known.values())


def test_the_order_is_a_students() -> None:
    trace = trace_network(**net_of([1, 2, 1], 1, seed=0), learning_rate=0.5)
    assert targets(trace) == [
        *("a1[0,0]", "h1[0,0]", "a1[0,1]", "h1[0,1]", "a2[0,0]", "out[0,0]"),
        *("error[0,0]", "loss"),
        *("grad_out[0,0]", "grad_a2[0,0]", "grad_W2[0,0]", "grad_W2[0,1]", "grad_b2[0]"),
        *("grad_h1[0,0]", "grad_a1[0,0]", "grad_h1[0,1]", "grad_a1[0,1]"),
        *("grad_W1[0,0]", "grad_b1[0]", "grad_W1[1,0]", "grad_b1[1]"),
        *("new_W1[0,0]", "new_b1[0]", "new_W1[1,0]", "new_b1[1]", "new_W2[0,0]", "new_W2[0,1]", "new_b2[0]"),
    ]
    assert [(c.title, c.start, c.stop) for c in trace.chapters] == [
        ("Forward", 0, 6),
        ("Loss", 6, 8),
        ("Backward", 8, 21),
        ("Update", 21, 28),
    ]


def test_softmax_waits_for_all_sums_and_examples_come_one_after_the_other() -> None:
    trace = trace_network(**net_of([1, 2], 2, seed=0, loss="cross_entropy"), loss="cross_entropy")
    first = ["a1[0,0]", "a1[0,1]", "largest[0]", "exps[0,0]", "exps[0,1]", "total[0]", "out[0,0]", "out[0,1]"]
    assert targets(trace)[:16] == [*first, *(name.replace("[0", "[1") for name in first)]
    assert targets(trace)[16:23] == [
        *("log_sum_exp[0]", "losses[0,0]", "losses[0,1]"),
        *("log_sum_exp[1]", "losses[1,0]", "losses[1,1]", "loss"),
    ]
    assert [chapter.title for chapter in trace.chapters] == ["Forward", "Loss", "Backward"]


def test_expressions_say_where_a_number_comes_from() -> None:
    trace = trace_network(**net_of([2, 3, 1], 1, seed=0), learning_rate=0.5)
    every = slice(None)
    written = {str(step.target): step.expression for step in trace.steps}
    row = Dot(Ref("W1", (1, every)), Ref("x", (0, every)), Ref("b1", (1,)))
    assert written["a1[0,1]"] == row
    assert written["h1[0,1]"] == Apply("sigmoid", (Ref("a1", (0, 1)),))
    error = Ref("error", (0, 0))
    assert written["loss"] == Product((0.5, error, error))
    assert written["grad_out[0,0]"] == Apply("negative", (error,))
    assert written["grad_h1[0,1]"] == Dot(Ref("W2", (every, 1)), Ref("grad_a2", (0, every)))
    slope = Apply("sigmoid'", (Ref("h1", (0, 1)),))  # the cached output
    assert written["grad_a1[0,1]"] == Product((Ref("grad_h1", (0, 1)), slope))
    assert written["grad_W1[1,0]"] == Dot(Ref("grad_a1", (every, 1)), Ref("x", (every, 0)))
    assert written["grad_b1[1]"] == Sum((Ref("grad_a1", (every, 1)),))
    step = Product((Ref("learning_rate"), Ref("grad_W1", (1, 0))))
    assert written["new_W1[1,0]"] == Difference(Ref("W1", (1, 0)), step)


@pytest.mark.parametrize(
    ("activation", "cached"), [("sigmoid", "h1"), ("tanh", "h1"), ("relu", "a1"), ("softplus", "a1"), ("identity", "")]
)
def test_the_way_back_reads_what_the_derivative_is_worked_out_from(activation: str, cached: str) -> None:
    trace = trace_network(**net_of([1, 2, 1], 1, seed=0), activation=activation)
    at = trace.step_of(Ref("grad_a1", (0, 1)))
    assert at is not None
    assert [ref.name for ref in reads(trace.steps[at].expression)] == ["grad_h1", *([cached] if cached else [])]


@settings(max_examples=30)
@given(nets())
def test_matrix_notation_gives_the_same_numbers(arguments: Arguments) -> None:
    """Sums, gradients of weights and updates, computed from what stands in the matrix line."""
    trace = trace_network(**arguments, learning_rate=0.5)
    for step in trace.steps:
        target, equals, *parts = step.matrix
        assert equals == "=" and isinstance(target, Ref) and target.name == step.target.name
        block = [trace.value(part) if isinstance(part, Ref) else part for part in parts]
        if step.target.name.startswith("grad_W"):
            found = block[0].T @ block[2] if block[1] == "⊤" else torch.outer(block[0], block[1])
        elif step.target.name.startswith("grad_h"):
            found = block[0].T @ block[2]
        elif step.target.name.startswith("a"):
            found = block[0] @ block[1] + (block[3] if len(block) > 2 else 0)
        elif step.target.name.startswith("new_"):
            found = block[0] - block[2] * block[3]
        else:
            continue
        torch.testing.assert_close(trace.value(target), found, rtol=1e-10, atol=1e-12)


def test_longer_strides_have_names() -> None:
    trace = trace_network(**net_of([1, 2, 1], 1, seed=0), learning_rate=0.5)
    at = trace.step_of(Ref("h1", (0, 1)))
    assert at is not None
    assert (trace.steps[at].layer, trace.steps[at].unit) == ("hidden layer", "hidden unit 2")
    layers = list(dict.fromkeys((step.phase, step.layer) for step in trace.steps))
    assert layers == [
        *(("forward", "hidden layer"), ("forward", "output layer"), ("loss", "loss")),
        *(("backward", "output layer"), ("backward", "output weights")),
        *(("backward", "hidden layer"), ("backward", "hidden weights")),
        *(("update", "hidden weights"), ("update", "output weights")),
    ]
