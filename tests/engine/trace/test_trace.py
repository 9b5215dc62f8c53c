"""The trace by itself, on a small sum that is no net."""

from __future__ import annotations

import math

import pytest
import torch

from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.trace.trace import (
    Apply,
    Chapter,
    Difference,
    Dot,
    Expression,
    Maximum,
    Mean,
    Phase,
    Product,
    Ref,
    Step,
    Sum,
    Trace,
    chapters_from,
    chapters_of,
    reads,
)

EVERY = slice(None)
U, V, S = Ref("u", (EVERY,)), Ref("v", (EVERY,)), Ref("s")


def step(target: Ref, expression: Expression, phase: Phase = "forward") -> Step:
    return Step(target, expression, phase, "Why?", "Because.")


def small(**changed: list[float]) -> Trace:
    """u and v are given; s = u · v, then w = u − s, one number at a time."""
    numbers: dict[str, list[float] | float] = {"u": [1, 2, 3], "v": [4, 5, 6], "s": 32, "w": [-31, -30, -29], **changed}
    subtractions = (step(Ref("w", (i,)), Difference(Ref("u", (i,)), S), "backward") for i in range(3))
    return Trace(
        kind="test",
        arrays={name: torch.tensor(value, dtype=torch.float64) for name, value in numbers.items()},
        steps=(step(S, Dot(U, V)), *subtractions),
        chapters=(),
        symbols={"u": Symbol("u", below=(0,)), "s": Symbol("s")},
    )


@pytest.mark.parametrize(
    ("ref", "text"),
    [
        (Ref("loss"), "loss"),
        (Ref("W1", (0, 2)), "W1[0,2]"),
        (Ref("a2", (0, EVERY)), "a2[0,:]"),
        (Ref("x", (0, slice(1, 5), slice(0, 6, 2))), "x[0,1:5,0:6:2]"),
        (Ref("x", (slice(None, 3), slice(2, None))), "x[:3,2:]"),
        (Ref("weight", (0, slice(2, None, -1), slice(5, 0, -2))), "weight[0,2::-1,5:0:-2]"),
    ],
)
def test_a_ref_as_text(ref: Ref, text: str) -> None:
    assert str(ref) == text


def test_items_length_and_values() -> None:
    trace = small()
    assert trace["u"].tolist() == [1, 2, 3] and len(trace) == 4
    assert trace.value(Ref("u", (slice(0, 3, 2),))).tolist() == [1, 3]


def test_a_slice_may_count_down() -> None:
    trace = small()
    down = Ref("u", (slice(2, None, -1),))
    assert trace.value(down).tolist() == [3, 2, 1]
    assert trace.value(Ref("u", (slice(2, 0, -1),))).tolist() == [3, 2]
    assert float(trace.evaluate(Dot(down, V))) == 3 * 4 + 2 * 5 + 1 * 6
    assert trace.evaluate(down).tolist() == [3, 2, 1]
    assert trace.step_of(Ref("w", (slice(1, None, -1),))) == 2
    assert trace.step_of(down) is None
    assert trace["u"].tolist() == [1, 2, 3]


def test_step_of_is_the_last_writer_and_none_for_what_is_given() -> None:
    trace = small()
    assert trace.step_of(S) == 0
    assert trace.step_of(Ref("w", (1,))) == 2
    assert trace.step_of(Ref("w", (EVERY,))) == 3
    assert trace.step_of(U) is None and trace.step_of(Ref("u", (0,))) is None


def test_step_of_an_array_that_is_written_in_part() -> None:
    whole = small()
    trace = Trace("test", whole.arrays, whole.steps[:2], (), whole.symbols)
    assert trace.step_of(Ref("w", (0,))) == 1
    assert trace.step_of(Ref("w", (2,))) is None


@pytest.mark.parametrize(
    ("expression", "value", "read"),
    [
        (2.5, 2.5, []),
        (Ref("u", (1,)), 2, ["u[1]"]),
        (Dot(U, V), 32, ["u[:]", "v[:]"]),
        (Dot(U, V, Ref("u", (0,))), 33, ["u[:]", "v[:]", "u[0]"]),
        (Sum((U, Ref("v", (0,)), 0.5)), 10.5, ["u[:]", "v[0]"]),
        (Product((0.5, Ref("u", (2,)), Ref("u", (2,)))), 4.5, ["u[2]", "u[2]"]),
        (Difference(S, Product((Ref("u", (1,)), Ref("v", (2,))))), 20, ["s", "u[1]", "v[2]"]),
        (Maximum(V), 6, ["v[:]"]),
        (Maximum(Ref("w", (slice(0, 2),)), Ref("s")), -30, ["w[0:2]"]),
        (Mean(U, 3), 2, ["u[:]"]),
        (Mean(Ref("v", (slice(2, 0, -1),)), 4), 2.75, ["v[2:0:-1]"]),
        (Apply("negative", (S,)), -32, ["s"]),
        (Apply("exp", (Ref("u", (0,)), Ref("u", (2,)))), math.exp(-2), ["u[0]", "u[2]"]),
        (Mean(Product((-2.0, Ref("u", (1,)))), 8), -0.5, ["u[1]"]),
    ],
)
def test_expressions(expression: Expression, value: float, read: list[str]) -> None:
    assert float(small().evaluate(expression)) == pytest.approx(value, rel=1e-15)
    assert [str(ref) for ref in reads(expression)] == read


def test_replay_finds_a_wrong_number() -> None:
    assert small().replay() == 0
    assert small(w=[-31, -30, -29.5]).replay() == pytest.approx(0.5 / 29.5)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_replay_does_not_pass_over_a_number_that_is_not_finite(wrong: float) -> None:
    assert small(w=[-31, wrong, -29]).replay() == math.inf


def test_replay_lets_overflow_agree_with_overflow() -> None:
    assert small(u=[math.inf, 2, 3], s=math.inf, w=[math.nan, -math.inf, -math.inf]).replay() == 0


def test_the_first_number_that_is_not_finite() -> None:
    assert small().first_not_finite is None
    assert small(w=[-31, math.nan, math.inf]).first_not_finite == 2
    assert small(u=[math.nan, 2, 3]).first_not_finite is None  # given, not written


@pytest.mark.parametrize(
    ("symbol", "index", "text"),
    [
        (Symbol("η"), (), "η"),
        (Symbol("w", below=(1,), above=(0,)), (1, 0), "w₁²"),
        (Symbol("w", below=("0",), above=(0,), prefix="∂ℓ/∂"), (11,), "∂ℓ/∂w₀¹²"),
        (Symbol("w", below=(0, 1), above=("2",)), (2, 9), "w₃,₁₀²"),
        (Symbol("a", above=("out",), example=0), (2, 0), "aᵒᵘᵗ⁽³⁾"),
        (Symbol("h", above=(1,), example=0), (EVERY, 1), "h²"),
        (Symbol("h", above=(1,), example=0), (), "h"),
        (Symbol("w", prefix="new "), (), "new w"),
    ],
)
def test_a_symbol_as_text(symbol: Symbol, index: tuple[int | slice, ...], text: str) -> None:
    assert symbol.text(index) == text


def test_chapters_follow_the_phases() -> None:
    titles: dict[Phase, str] = {"forward": "Forward", "loss": "Loss", "backward": "Backward"}
    assert chapters_of(small().steps, titles) == (Chapter("Forward", 0, 1), Chapter("Backward", 1, 4))


def test_chapters_of_parts_leave_out_what_is_empty() -> None:
    steps = small().steps
    parts = {"One": steps[:1], "None": [], "Rest": steps[1:]}
    assert chapters_from(parts) == (Chapter("One", 0, 1), Chapter("Rest", 1, 4))


def test_a_maximum_writes_its_switch_in_the_same_step() -> None:
    largest = step(Ref("y", (0,)), Maximum(V, Ref("switches", (0,))))
    assert largest.writes == (Ref("y", (0,)), Ref("switches", (0,)))
    assert step(S, Maximum(V)).writes == (S,) and step(S, Dot(U, V)).writes == (S,)
    arrays = {"v": small()["v"], "y": torch.tensor([6.0]).double(), "switches": torch.tensor([2])}
    trace = Trace("test", arrays, (largest,), (), {})
    assert trace.step_of(Ref("switches", (0,))) == 0 and trace.replay() == 0


def test_steps_and_refs_are_equal_by_what_they_hold() -> None:
    index = (0, slice(1, 3))
    assert Ref("x", index) == Ref(name="x", index=index) != Ref("x", (0, slice(1, 4)))
    assert Sum((U,)) != Product((U,)) and Dot(U, V) == Dot(left=U, right=V, bias=None)
    assert hash(Ref("x", (0, 1))) == hash(Ref("x", (0, 1))) and len({Ref("x"), Ref("x"), Ref("y")}) == 2
