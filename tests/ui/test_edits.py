"""Numbers changed by hand: what they lie on, how they are taken back, and how a link carries them."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine import Ref
from visualizer.ui.edits import (
    LARGEST,
    MOST_LINKED,
    MOST_UNDONE,
    EditedNumbers,
    edits_of,
    edits_text,
    fits,
)

START = {"x": torch.zeros(1, 2, 3, dtype=torch.float64), "bias": torch.ones(2, dtype=torch.float64)}
PIXEL, BIAS = Ref("x", (0, 1, 2)), Ref("bias", (1,))
REFS = st.builds(
    lambda name, index: Ref(name, tuple(index)),
    st.sampled_from(["weight", "bias", "x", "target", "grad_y", "grad_p"]),
    st.lists(st.integers(0, 999), min_size=1, max_size=4),
)


class TestChanges:
    def test_lie_on_copies_of_the_start(self) -> None:
        numbers = EditedNumbers(START, {PIXEL: 2.0})
        numbers.change({BIAS: -1.5})

        assert numbers.arrays["x"][0, 1, 2] == 2.0
        assert numbers.arrays["bias"].tolist() == [1.0, -1.5]
        assert not START["x"].any()
        assert START["bias"].tolist() == [1.0, 1.0]

    @pytest.mark.parametrize(
        "ref", [Ref("x", (0, 2, 0)), Ref("x", (0, 1)), Ref("x", (0, -1, 0)), Ref("y", (0,)), Ref("bias")]
    )
    def test_what_the_walk_does_not_have_is_passed_over(self, ref: Ref) -> None:
        numbers = EditedNumbers(START, {ref: 1.0})
        assert numbers.edits == {}
        numbers.change({ref: 1.0, PIXEL: 3.0})

        assert numbers.edits == {PIXEL: 3.0}
        assert not fits(ref, START)

    def test_are_undone_one_by_one(self) -> None:
        numbers = EditedNumbers(START)
        for value in (1.0, 2.0):
            numbers.change({PIXEL: value})
        numbers.undo()
        assert numbers.edits == {PIXEL: 1.0}
        numbers.undo()
        assert numbers.edits == {}
        assert not numbers.can_undo
        numbers.undo()
        assert numbers.edits == {}

    def test_many_are_undone(self) -> None:
        numbers = EditedNumbers(START)
        for value in range(3 * MOST_UNDONE):
            numbers.change({PIXEL: float(value)})
        undone = 0
        while numbers.can_undo:
            numbers.undo()
            undone += 1

        assert MOST_UNDONE <= undone <= MOST_UNDONE + 1

    def test_are_forgotten_together(self) -> None:
        numbers = EditedNumbers(START, {PIXEL: 2.0})
        numbers.change({BIAS: 0.0})
        numbers.forget()

        assert numbers.edits == {}
        assert not numbers.can_undo
        assert all(torch.equal(numbers.arrays[name], array) for name, array in START.items())


class TestLinks:
    def test_read_as_they_are_written(self) -> None:
        text = "w0.1.2.0~-0.5_b0~1_x2.11.0~1e-7_t0.0.0~0.25_g0.1.1~3_p0.0.0~1000000"
        edits = {
            Ref("weight", (0, 1, 2, 0)): -0.5,
            Ref("bias", (0,)): 1.0,
            Ref("x", (2, 11, 0)): 1e-7,
            Ref("target", (0, 0, 0)): 0.25,
            Ref("grad_y", (0, 1, 1)): 3.0,
            Ref("grad_p", (0, 0, 0)): 1e6,
        }
        assert edits_of(text) == edits
        assert edits_text(edits) == text
        assert edits_of("") == {}
        assert edits_text({}) == ""

    @given(edits=st.dictionaries(REFS, st.floats(-LARGEST, LARGEST), max_size=20))
    def test_carry_every_number_to_ten_digits(self, edits: dict[Ref, float]) -> None:
        found = edits_of(edits_text(edits))

        assert list(found) == list(edits)
        assert list(found.values()) == pytest.approx(list(edits.values()), rel=1e-9, abs=0.0)

    def test_hold_so_many_and_no_more(self) -> None:
        edits = {Ref("x", (0, row, column)): 1.0 for row in range(20) for column in range(20)}
        assert len(edits) == MOST_LINKED
        text = edits_text(edits)
        assert edits_of(text) == edits
        assert len(text) < 8000
        assert edits_text(edits | {BIAS: 1.0}) == ""
        with pytest.raises(ValueError, match="at most 400"):
            edits_of(f"{text}_b1~1")

    @pytest.mark.parametrize(
        "text",
        ["w0", "w0~", "~1", "z0~1", "w0~nan", "w0~inf", "w0~1e999", "w0~1000001", "w-1~1", "w0.0.0.0.0~1", "w0~1_", " ",
         "w0~１", "w0~1;b0~1", "w9999~1", "w0~1\n"],
    )  # fmt: skip
    def test_everything_else_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match="changed numbers are written as"):
            edits_of(text)
