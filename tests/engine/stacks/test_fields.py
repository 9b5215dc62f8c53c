"""The numbers of layers: what people may write, what they mean, and what is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine.stacks.fields import Field, FractionField, IntField, PaddingField, PairField, SwitchField

WHOLE, ODD = IntField("", "maps", 1, 64), IntField("k", "kernel", 1, 31, odd=True)
PAIR, ZEROS = PairField("k", "kernel", 1, 64), PaddingField("p", "padding", 0, 64)
SHARE, SWITCH = FractionField("", "share"), SwitchField("b", "bias")


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        (WHOLE, " 8 ", 8),
        (ODD, "5", 5),
        (PAIR, "3", (3, 3)),
        (PAIR, "3x5", (3, 5)),
        (PAIR, "3 × 5", (3, 5)),
        (ZEROS, "Same", "same"),
        (ZEROS, "2", (2, 2)),
        (SHARE, "0.5", 0.5),
        (SHARE, ",25", 0.25),
        (SWITCH, "1", True),
    ],
)
def test_what_people_write(form: Field[Any], text: str, value: object) -> None:
    assert form.parse(text) == value


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        (WHOLE, "abc", "maps must be a whole number from 1 to 64, got abc"),
        (WHOLE, "65", "got 65"),
        (WHOLE, "0", "got 0"),
        (WHOLE, "-1", "got -1"),
        (WHOLE, "٣", "got"),
        (WHOLE, "9" * 5000, "got 999"),
        (ODD, "4", "kernel must be an odd number from 1 to 31, got 4"),
        (PAIR, "3x", "or two such as 3x5"),
        (PAIR, "3x5x7", "or two such as 3x5"),
        (PAIR, "3x99", "got (3, 99)"),
        (ZEROS, "all", "padding must be “same”, or a whole number from 0 to 64"),
        (SHARE, "1", "share must be a number from 0 up to below 1, got 1"),
        (SHARE, "nan", "got nan"),
        (SWITCH, "yes", "bias must be 1 (yes) or 0 (no), got yes"),
    ],
)
def test_what_is_refused(form: Field[Any], text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as refusal:
        form.parse(text)
    assert len(str(refusal.value)) < 250


@given(st.integers(0, 64), st.integers(0, 64), st.integers(0, 999_999), st.booleans())
def test_what_is_written_is_read_again(rows: int, columns: int, millionths: int, on: bool) -> None:
    assert ZEROS.parse(ZEROS.text((rows, columns))) == (rows, columns)
    assert SHARE.parse(SHARE.text(millionths / 1e6)) == pytest.approx(millionths / 1e6)
    assert SWITCH.parse(SWITCH.text(on)) is on
    assert ZEROS.parse(ZEROS.text("same")) == "same"


@pytest.mark.parametrize("value", [True, 1.5, "3", None, (3,), (3, True), (0, 3)])
def test_a_pair_is_two_whole_numbers(value: object) -> None:
    with pytest.raises(ValueError, match="kernel must be"):
        PAIR.check(value)
