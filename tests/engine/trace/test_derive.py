"""Backward steps that follow from forward ones: by hand on a small graph, and how terms fold."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer import FOLDER
from visualizer.engine.trace.derive import derive
from visualizer.engine.trace.folding import _block
from visualizer.engine.trace.operations import (
    OPERATIONS,
    Apply,
    Difference,
    Dot,
    Expression,
    Maximum,
    Mean,
    Product,
    Ref,
    Sum,
)
from visualizer.engine.trace.trace import Step

ALL = slice(None)


def step(target: Ref, expression: Expression, layer: str = "") -> Step:
    return Step(target, expression, "forward", "?", "", layer)


def derived(steps: list[Step], arrays: dict[str, object], wanted: list[str], loss: str = "loss") -> dict[str, object]:
    """The expression of each gradient, and its value, by what it belongs to."""
    numbers = {name: np.asarray(value, dtype=float) for name, value in arrays.items()}
    found = derive(steps, numbers, wanted=wanted, start={loss: lambda _: 1.0}, words=lambda *_: ("?", ""))
    return {
        str(each.target): (each.expression, found.arrays[each.target.name][each.target.index]) for each in found.steps
    }


def test_a_product_by_hand() -> None:
    """ℓ = w · x with w = 3, x = 2: ∂ℓ/∂w = 2 and ∂ℓ/∂x = 3."""
    found = derived([step(Ref("loss"), Product((Ref("w"), Ref("x"))))], {"w": 3, "x": 2, "loss": 6}, ["w", "x"])
    assert found["grad_w"] == (Product((Ref("grad_loss"), Ref("x"))), 2.0)
    assert found["grad_x"] == (Product((Ref("grad_loss"), Ref("w"))), 3.0)


def test_two_paths_add_up() -> None:
    """a = x², b = 5x, ℓ = a − b with x = 4: 2 · 4 − 5 = 3."""
    steps = [
        step(Ref("a"), Product((Ref("x"), Ref("x"))), "1"),
        step(Ref("b"), Product((5.0, Ref("x"))), "2"),
        step(Ref("loss"), Difference(Ref("a"), Ref("b")), "3"),
    ]
    found = derived(steps, {"x": 4, "a": 16, "b": 20, "loss": -4}, ["x"])
    assert found["grad_b"] == (Apply("negative", (Ref("grad_loss"),)), -1.0)
    assert found["grad_x"] == (Sum((Product((2.0, Ref("grad_a"), Ref("x"))), Product((5.0, Ref("grad_b"))))), 3.0)


def test_products_over_a_block_are_a_dot() -> None:
    """y = W x: a row of gradients times a column of weights, and one product for each weight."""
    steps = [step(Ref("y", (i,)), Dot(Ref("W", (i, ALL)), Ref("x", (ALL,)))) for i in range(2)]
    steps.append(step(Ref("loss"), Sum((Ref("y", (ALL,)),)), "loss"))
    found = derived(steps, {"W": [[1, 2, 3], [4, 5, 6]], "x": [1, 0, -1], "y": [-2, -2], "loss": -4}, ["W", "x"])
    assert found["grad_x[1]"] == (Dot(Ref("grad_y", (ALL,)), Ref("W", (ALL, 1))), 7.0)
    assert found["grad_W[1,2]"] == (Product((Ref("grad_y", (1,)), Ref("x", (2,)))), -1.0)


def test_each_number_counts_its_own_terms() -> None:
    """2 x₁ + 2 x₂ + 2 x₂: terms of one form, once and twice."""
    terms = [Product((2.0, Ref("x", (place,)))) for place in (0, 1, 1)]
    found = derived([step(Ref("loss"), Sum(tuple(terms)))], {"x": [1, 1], "loss": 6}, ["x"])
    assert found["grad_x[0]"] == (Product((2.0, Ref("grad_loss"))), 2.0)
    assert found["grad_x[1]"] == (Product((4.0, Ref("grad_loss"))), 4.0)


def test_a_square_is_told_from_a_product_of_two_numbers() -> None:
    """y₁ = x₁ · x₁ and y₂ = x₁ · x₂ with x = 3, 5: ∂ℓ/∂x₁ = 6 + 5."""
    x = [Ref("x", (place,)) for place in (0, 1)]
    steps = [step(Ref("y", (place,)), Product((x[0], x[place]))) for place in (0, 1)]
    steps.append(step(Ref("loss"), Sum((Ref("y", (ALL,)),)), "loss"))
    found = derived(steps, {"x": [3, 5], "y": [9, 15], "loss": 24}, ["x"])
    square, other = Product((2.0, Ref("grad_y", (0,)), x[0])), Product((Ref("grad_y", (1,)), x[1]))
    assert found["grad_x[0]"] == (Sum((square, other)), 11.0)
    assert found["grad_x[1]"] == (Product((Ref("grad_y", (1,)), x[0])), 3.0)


def test_only_the_winner_of_a_maximum_has_a_gradient() -> None:
    steps = [step(Ref("loss"), Maximum(Ref("x", (ALL,))))]
    found = derived(steps, {"x": [1, 7, 7], "loss": 7}, ["x"])
    assert set(found) == {"grad_loss", "grad_x[1]"}
    assert found["grad_x[1]"] == (Ref("grad_loss"), 1.0)


def test_a_mean_gives_each_number_its_part() -> None:
    found = derived([step(Ref("loss"), Mean(Ref("x", (ALL,)), 4))], {"x": [1, 2, 3], "loss": 1.5}, ["x"])
    assert found["grad_x[0]"] == (Mean(Ref("grad_loss"), 4), 0.25)


def test_what_the_loss_does_not_depend_on_has_no_gradient() -> None:
    steps = [step(Ref("a"), Product((2.0, Ref("x")))), step(Ref("loss"), Product((3.0, Ref("x"))), "loss")]
    found = derived(steps, {"x": 1, "a": 2, "loss": 3}, ["x"])
    assert "grad_a" not in found
    assert found["grad_x"] == (Product((3.0, Ref("grad_loss"))), 3.0)


def test_a_function_without_a_derivative_is_refused() -> None:
    with pytest.raises(ValueError, match="'bin' has no derivative"):
        derived([step(Ref("loss"), Apply("bin", (Ref("x"), Ref("x"))))], {"x": 1, "loss": 1}, ["x"])


def part(size: int) -> st.SearchStrategy[int | slice]:
    """One place of an axis, or a slice of it that goes up or down."""
    places = st.integers(0, size - 1)
    return places | st.tuples(places, places, st.integers(1, 3)).map(
        lambda it: (
            slice(it[0], it[1] + 1, it[2]) if it[0] <= it[1] else slice(it[0], it[1] - 1 if it[1] else None, -it[2])
        )
    )


@given(st.tuples(part(4), part(5), part(3)))
def test_any_regular_block_is_found_by_its_places(index: tuple[int | slice, ...]) -> None:
    places = np.arange(60).reshape(4, 5, 3)
    wanted = places[index].ravel()
    found = _block("x", wanted, {"x": places})
    assert found is not None
    assert places[found.index].ravel().tolist() == wanted.tolist()


@pytest.mark.parametrize("places", [[0, 1, 5], [0, 2, 1], [0, 1, 6, 8], [3, 3]])
def test_other_places_are_no_block(places: list[int]) -> None:
    assert _block("x", np.array(places), {"x": np.arange(60).reshape(4, 5, 3)}) is None


def test_the_browser_knows_the_same_operations() -> None:
    twin = (FOLDER / "player/formula/operations.js").read_text(encoding="utf-8")
    table = twin[twin.index("OPERATIONS = {") : twin.index("\n}\n")]
    assert set(re.findall(r"^  (\w+): {", table, flags=re.MULTILINE)) == set(OPERATIONS)
