"""An RNN by hand, and the walk through it: its order and its expressions."""

from __future__ import annotations

import math

import torch

from tests.engine.layers import normal
from tests.engine.walks.recurrent.test_lstm import writer
from tests.engine.walks.recurrent.test_recurrent import cell_of, readout_of
from visualizer.engine import Readout, Ref, trace_rnn
from visualizer.engine.trace.trace import (
    Apply,
    Difference,
    Dot,
    Product,
    Sum,
)

ALL = slice(None)


def test_three_time_steps_worked_out_by_hand() -> None:
    """h is 1, 2, 4 with u = 2, and the backward pass multiplies by u, so that gradients double: 7, 3, 1."""
    trace = trace_rnn(
        [[1], [0], [0]],
        [[1]],
        [[2]],
        nonlinearity="relu",
        readout=Readout([[1]], None, [[0], [1], [3]], None, "squared"),
    )
    wanted = {
        "h": [[1], [2], [4]],
        "losses": [0.5, 0.5, 0.5],
        "loss": 1.5,
        "grad_z": [[1], [1], [1]],
        "grad_h": [[7], [3], [1]],
        "grad_x": [[7], [3], [1]],
        "grad_weight_ih": [[7]],
        "grad_weight_hh": [[1 * 2 + 3 * 1]],
        "grad_weight_out": [[1 + 2 + 4]],
        "grad_h0": [14],
    }
    for name, numbers in wanted.items():
        assert torch.equal(trace[name], torch.tensor(numbers, dtype=torch.float64)), name


def test_the_order_is_through_time_the_loss_and_back_through_time() -> None:
    trace = trace_rnn(**cell_of("rnn", 2, 2, 3), grad_h=normal(5, 2, 2))
    assert [(chapter.title, chapter.stop - chapter.start) for chapter in trace.chapters] == [
        *(("t = 1", 4), ("t = 2", 4), ("← t = 2", 7), ("← t = 1", 9), ("Weights", 6 + 4 + 2 + 2)),
    ]
    targets = [str(step.target) for step in trace.steps]
    assert targets[:8] == ["a[0,0]", "a[0,1]", "h[0,0]", "h[0,1]", "a[1,0]", "a[1,1]", "h[1,0]", "h[1,1]"]
    assert targets[8:12] == ["grad_h[1,0]", "grad_h[1,1]", "grad_a[1,0]", "grad_a[1,1]"]
    assert [step.unit for step in trace.steps[8:24:2]] == [
        *(
            "hidden state",
            "pre-activations",
            "input",
            "input",
            "hidden state",
            "pre-activations",
            "input",
            "initial state",
        )
    ]


def test_the_way_back_goes_through_the_next_steps_sums() -> None:
    trace = trace_rnn(**cell_of("rnn", 2, 2, 3), grad_h=normal(5, 2, 2))
    across = Dot(Ref("grad_a", (1, ALL)), Ref("weight_hh", (ALL, 1)))
    step = writer(trace, "grad_h", 0, 1)
    assert step.expression == Sum((Ref("grad_h_above", (0, 1)), across)) and "tanh′" in step.note
    assert writer(trace, "grad_h", 1, 1).expression == Ref("grad_h_above", (1, 1))
    slope = Apply("tanh'", (Ref("h", (0, 1)),))
    assert writer(trace, "grad_a", 0, 1).expression == Product((Ref("grad_h", (0, 1)), slope))
    assert "vanishes" in writer(trace, "grad_a", 0, 1).note
    relu = trace_rnn(**cell_of("rnn", 2, 2, 3), grad_h=normal(5, 2, 2), nonlinearity="relu")
    assert writer(relu, "grad_a", 0, 1).expression.factors[1] == Apply("relu'", (Ref("a", (0, 1)),))
    assert "explodes" in writer(relu, "grad_h", 0, 0).note


def test_weights_add_up_from_the_last_time_step_to_the_first() -> None:
    trace = trace_rnn(**cell_of("rnn", 3, 2, 2), grad_h=normal(5, 3, 2))
    down = slice(2, None, -1)
    assert writer(trace, "grad_weight_ih", 1, 0).expression == Dot(Ref("grad_a", (down, 1)), Ref("x", (down, 0)))
    assert writer(trace, "grad_bias_hh", 1).expression == Sum((Ref("grad_a", (down, 1)),))
    later = [Product((Ref("grad_a", (t, 1)), Ref("h", (t - 1, 0)))) for t in (2, 1)]
    first = Product((Ref("grad_a", (0, 1)), Ref("h0", (0,))))
    assert writer(trace, "grad_weight_hh", 1, 0).expression == Sum((*later, first))
    single = trace_rnn(**cell_of("rnn", 1, 2, 2), grad_h=normal(5, 1, 2))
    assert writer(single, "grad_weight_hh", 1, 0).expression == first


def test_a_readout_with_a_mask_has_rows_for_its_time_steps_only() -> None:
    mask = (False, True, False, True)
    trace = trace_rnn(**cell_of("rnn", 4, 2, 2), readout=readout_of(4, 2, 3, mask=mask))
    assert writer(trace, "z", 1, 2).expression == Dot(
        Ref("weight_out", (2, ALL)), Ref("h", (3, ALL)), Ref("bias_out", (2,))
    )
    assert writer(trace, "z", 1, 2).layer == "t = 4" and writer(trace, "losses", 0).layer == "t = 2"
    assert writer(trace, "p", 0, 1).expression == Apply("ratio", (Ref("exps", (0, 1)), Ref("total", (0,))))
    assert writer(trace, "grad_z", 1, 0).expression == Difference(Ref("p", (1, 0)), Ref("targets", (1, 0)))
    assert writer(trace, "grad_h_above", 0, 1).expression == Dot(Ref("grad_z", (0, ALL)), Ref("weight_out", (ALL, 1)))
    assert writer(trace, "grad_h", 3, 1).expression == Ref("grad_h_above", (1, 1))
    assert isinstance(writer(trace, "grad_h", 2, 1).expression, Dot)
    pairs = (Product((Ref("grad_z", (m, 2)), Ref("h", (t, 1)))) for m, t in ((1, 3), (0, 1)))
    assert writer(trace, "grad_weight_out", 2, 1).expression == Sum(tuple(pairs))


def test_outputs_without_a_gap_are_read_as_blocks() -> None:
    trace = trace_rnn(**cell_of("rnn", 4, 2, 2), readout=readout_of(4, 2, 3, mask=(False, True, True, False)))
    grads, states = Ref("grad_z", (slice(1, None, -1), 2)), Ref("h", (slice(2, 0, -1), 1))
    assert writer(trace, "grad_weight_out", 2, 1).expression == Dot(grads, states)
    assert writer(trace, "grad_h", 3, 0).expression == 0.0


def test_a_target_of_0_costs_nothing_and_is_not_written() -> None:
    hot = Readout(normal(1, 3, 2), None, [[0, 1, 0], [0.5, 0, 0.5]])
    trace = trace_rnn(**cell_of("rnn", 2, 2, 2), readout=hot)
    surprise = Difference(Ref("log_sum_exp", (0,)), Ref("z", (0, 1)))
    assert writer(trace, "losses", 0).expression == Product((Ref("targets", (0, 1)), surprise))
    assert len(writer(trace, "losses", 1).expression.terms) == 2
    assert math.isclose(float(trace["losses"][0]), -math.log(float(trace["p"][0, 1])))


def test_squared_losses_add_up_each_output() -> None:
    trace = trace_rnn(**cell_of("rnn", 2, 2, 2), readout=readout_of(2, 2, 2, loss="squared"))
    error = Difference(Ref("targets", (1, 0)), Ref("z", (1, 0)))
    assert writer(trace, "losses", 1).expression.terms[0] == Product((0.5, error, error))
    assert "p" not in trace.arrays
    assert writer(trace, "grad_z", 1, 0).expression == Difference(Ref("z", (1, 0)), Ref("targets", (1, 0)))
