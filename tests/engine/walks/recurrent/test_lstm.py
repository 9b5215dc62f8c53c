"""An LSTM by hand, and the walk through it: its order and its expressions."""

from __future__ import annotations

import math

import pytest
import torch

from tests.engine.layers import normal
from tests.engine.walks.recurrent.test_recurrent import cell_of, readout_of
from visualizer.engine import Ref, Trace, trace_lstm
from visualizer.engine.trace.trace import (
    Apply,
    Dot,
    Product,
    Step,
    Sum,
)

ALL = slice(None)
LN2, LN3 = math.log(2), math.log(3)


def writer(trace: Trace, name: str, *index: int) -> Step:
    at = trace.step_of(Ref(name, index))
    assert at is not None
    return trace.steps[at]


def test_two_time_steps_of_one_unit_worked_out_by_hand() -> None:
    """σ(ln 3) = 3/4, σ(0) = 1/2, tanh(ln 2) = 3/5; c₀ is chosen so that c₁ = ln 2, and u so that h₁ = 0.45 cancels.

    From outside come ∂ℓ/∂h₁ = 1 and ∂ℓ/∂c₂ = 1.
    """
    c0 = 2 * (LN2 - 0.45)
    trace = trace_lstm(
        [[1], [0]],
        [[LN3], [0], [LN2], [LN3]],
        [[0], [LN3 / 0.45], [LN2 / 0.45], [0]],
        c0=[c0],
        grad_h=[[1], [0]],
        grad_c=[1],
    )
    c2 = 0.75 * LN2 + 0.3  # f₂ · c₁ + i₂ · g₂
    a2 = [0.15, 0.1875 * LN2, 0.32, 0]  # 0.6 · 0.25,  c₁ · 0.75 · 0.25,  0.5 · (1 − 0.36),  as ∂ℓ/∂h₂ = 0
    h1 = 1 + 0.1875 * LN2 * LN3 / 0.45 + 0.32 * LN2 / 0.45  # from above, and from f₂ and g₂
    c1 = h1 * 0.75 * 0.64 + 1 * 0.75  # ∂ℓ/∂h₁ · o₁ · (1 − 0.36) + ∂ℓ/∂c₂ · f₂
    a1 = [c1 * 0.6 * 0.1875, c1 * c0 * 0.25, c1 * 0.75 * 0.64, h1 * 0.6 * 0.1875]
    wanted = {
        "a": [[LN3, 0, LN2, LN3], [0, LN3, LN2, 0]],
        "i": [[0.75], [0.5]],
        "f": [[0.5], [0.75]],
        "g": [[0.6], [0.6]],
        "o": [[0.75], [0.5]],
        "c": [[LN2], [c2]],
        "tanh_c": [[0.6], [math.tanh(c2)]],
        "h": [[0.45], [0.5 * math.tanh(c2)]],
        "grad_h": [[h1], [0]],
        "grad_c": [[c1], [1]],
        "grad_o": [[h1 * 0.6], [0]],
        "grad_f": [[c1 * c0], [LN2]],
        "grad_i": [[c1 * 0.6], [0.6]],
        "grad_g": [[c1 * 0.75], [0.5]],
        "grad_a": [a1, a2],
        "grad_x": [[a1[0] * LN3 + a1[2] * LN2 + a1[3] * LN3], [0.15 * LN3 + 0.32 * LN2]],
        "grad_weight_ih": [[a] for a in a1],  # x₁ = 1, x₂ = 0
        "grad_weight_hh": [[0.45 * a] for a in a2],  # h₀ = 0
        "grad_h0": [a1[1] * LN3 / 0.45 + a1[2] * LN2 / 0.45],
        "grad_c0": [c1 * 0.5],
        "grad_c_given": [1],
        "h0": [0],
    }
    for name, numbers in wanted.items():
        torch.testing.assert_close(trace[name], torch.tensor(numbers, dtype=torch.float64), rtol=1e-14, atol=1e-15)


def test_the_order_is_through_time_the_loss_and_back_through_time() -> None:
    trace = trace_lstm(**cell_of("lstm", 3, 2, 2), readout=readout_of(3, 2, 3))
    assert [(chapter.title, chapter.stop - chapter.start) for chapter in trace.chapters] == [
        *((f"t = {t}", 8 + 8 + 2 + 2 + 2 + 3 + 1 + 3 + 1 + 3) for t in (1, 2, 3)),
        ("Loss", 7),
        *((f"← t = {t}", 3 + 2 + 2 + 8 + 2 + 8 + 2) for t in (3, 2)),
        ("← t = 1", 27 + 4),
        ("Weights", 16 + 16 + 8 + 8 + 6 + 3),
    ]
    arrays = [step.target.name for step in trace.steps]
    assert list(dict.fromkeys(arrays)) == [
        *("a", "i", "f", "g", "o", "c", "tanh_c", "h", "z", "largest", "exps", "total", "p"),
        *("log_sum_exp", "losses", "loss"),
        *("grad_z", "grad_h_above", "grad_h", "grad_o", "grad_c", "grad_f", "grad_i", "grad_g", "grad_a", "grad_x"),
        *("grad_h0", "grad_c0", "grad_weight_ih", "grad_weight_hh", "grad_bias_ih", "grad_bias_hh"),
        *("grad_weight_out", "grad_bias_out"),
    ]
    phases = {
        chapter.title: {trace.steps[s].phase for s in range(chapter.start, chapter.stop)} for chapter in trace.chapters
    }
    assert phases["t = 2"] == {"forward"} and phases["Loss"] == {"loss"}
    assert phases["← t = 2"] == phases["Weights"] == {"backward"}
    assert {step.layer for step in trace.steps[trace.chapters[5].start : trace.chapters[5].stop]} == {"t = 2"}


def test_forward_expressions() -> None:
    trace = trace_lstm(**cell_of("lstm", 2, 2, 3))
    over = Dot(Ref("weight_ih", (5, ALL)), Ref("x", (1, ALL)), Ref("bias_ih", (5,)))
    across = Dot(Ref("weight_hh", (5, ALL)), Ref("h", (0, ALL)), Ref("bias_hh", (5,)))
    assert writer(trace, "a", 1, 5).expression == Sum((over, across))
    assert writer(trace, "a", 0, 5).expression.terms[1].right == Ref("h0", (ALL,))
    assert writer(trace, "g", 1, 1).expression == Apply("tanh", (Ref("a", (1, 5)),))
    assert writer(trace, "o", 1, 1).expression == Apply("sigmoid", (Ref("a", (1, 7)),))
    kept, taken = Product((Ref("f", (0, 1)), Ref("c0", (1,)))), Product((Ref("i", (0, 1)), Ref("g", (0, 1))))
    assert writer(trace, "c", 0, 1).expression == Sum((kept, taken))
    assert writer(trace, "h", 1, 0).expression == Product((Ref("o", (1, 0)), Ref("tanh_c", (1, 0))))
    assert str(writer(trace, "c", 1, 0).expression.terms[0].factors[1]) == "c[0,0]"


def test_the_cell_state_is_reached_through_h_and_along_the_cell_line() -> None:
    trace = trace_lstm(**cell_of("lstm", 3, 2, 2), grad_h=normal(5, 3, 2), grad_c=normal(6, 2))
    through = Product((Ref("grad_h", (1, 0)), Ref("o", (1, 0)), Apply("tanh'", (Ref("tanh_c", (1, 0)),))))
    along = Product((Ref("grad_c", (2, 0)), Ref("f", (2, 0))))
    step = writer(trace, "grad_c", 1, 0)
    assert step.expression == Sum((through, along))
    assert step.title == "What gradient reaches the cell state c₂,₁ from later steps?" and "forget gate" in step.note
    last = writer(trace, "grad_c", 2, 1)
    assert last.expression.terms[1] == Ref("grad_c_given", (1,)) and "given for the last cell state" in last.note
    assert writer(trace, "grad_c0", 1).expression == Product((Ref("grad_c", (0, 1)), Ref("f", (0, 1))))


def test_a_given_cell_gradient_alone_leaves_the_last_hidden_state_without() -> None:
    trace = trace_lstm(**cell_of("lstm", 2, 2, 2), grad_c=normal(6, 2))
    assert writer(trace, "grad_h", 1, 0).expression == 0.0 and "no gradient" in writer(trace, "grad_h", 1, 0).note
    assert writer(trace, "grad_h", 0, 1).expression == Dot(Ref("grad_a", (1, ALL)), Ref("weight_hh", (ALL, 1)))
    assert "grad_h_above" not in trace.arrays


def test_each_gate_passes_back_what_it_was_multiplied_with() -> None:
    trace = trace_lstm(**cell_of("lstm", 2, 1, 1), grad_h=normal(5, 2, 1))
    beside = {"o": "tanh_c[1,0]", "f": "c[0,0]", "i": "g[1,0]", "g": "i[1,0]"}
    for gate, factor in beside.items():
        assert str(writer(trace, f"grad_{gate}", 1, 0).expression.factors[1]) == factor
    assert str(writer(trace, "grad_f", 0, 0).expression.factors[1]) == "c0[0]"
    slope = writer(trace, "grad_a", 0, 2).expression
    assert slope == Product((Ref("grad_g", (0, 0)), Apply("tanh'", (Ref("g", (0, 0)),))))


@pytest.mark.parametrize("truncate", [1, 2, 3])
def test_truncation_cuts_both_ways_back(truncate: int) -> None:
    trace = trace_lstm(**cell_of("lstm", 4, 1, 1), grad_h=normal(5, 4, 1), truncate=truncate)
    for t in range(3):
        cut = (t + 1) % truncate == 0
        for name in ("grad_h", "grad_c"):
            step = writer(trace, name, t, 0)
            assert isinstance(step.expression, Sum) != cut
            assert ("truncated here" in step.note) == cut
    assert len(writer(trace, "grad_weight_ih", 0, 0).expression.left.index) == 2  # the weights' sum runs on over all t
    assert f"truncated after every {truncate} step" in trace.summary
