"""Numbers changed by hand as a link carries them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine import Ref
from visualizer.ui.edits import LARGEST, MAX_LINKED, LinkedEdits

LINKED = LinkedEdits("numbers", {"w": "weight", "b": "bias", "x": "x", "t": "target", "g": "grad_y", "p": "grad_p"})
REFS = st.builds(
    lambda name, index: Ref(name, tuple(index)),
    st.sampled_from(["weight", "bias", "x", "target", "grad_y", "grad_p"]),
    st.lists(st.integers(0, 999), min_size=1, max_size=4),
)


def test_changed_numbers_read_as_they_are_written() -> None:
    text = "w0.1.2.0~-0.5_b0~1_x2.11.0~1e-7_t0.0.0~0.25_g0.1.1~3_p0.0.0~1000000"
    edits = {
        Ref("weight", (0, 1, 2, 0)): -0.5,
        Ref("bias", (0,)): 1.0,
        Ref("x", (2, 11, 0)): 1e-7,
        Ref("target", (0, 0, 0)): 0.25,
        Ref("grad_y", (0, 1, 1)): 3.0,
        Ref("grad_p", (0, 0, 0)): 1e6,
    }
    assert LINKED.parse(text) == edits
    assert LINKED.text(edits) == text
    assert LINKED.parse("") == {}
    assert LINKED.text({}) == ""


@given(edits=st.dictionaries(REFS, st.floats(-LARGEST, LARGEST), max_size=20))
def test_links_carry_every_number_to_ten_digits(edits: dict[Ref, float]) -> None:
    found = LINKED.parse(LINKED.text(edits))

    assert list(found) == list(edits)
    assert list(found.values()) == pytest.approx(list(edits.values()), rel=1e-9, abs=0.0)


def test_links_hold_so_many_and_no_more() -> None:
    edits = {Ref("x", (0, row, column)): 1.0 for row in range(20) for column in range(20)}
    assert len(edits) == MAX_LINKED
    text = LINKED.text(edits)
    assert LINKED.parse(text) == edits
    assert len(text) < 8000
    assert LINKED.text(edits | {Ref("bias", (1,)): 1.0}) == ""
    with pytest.raises(ValueError, match="at most 400"):
        LINKED.parse(f"{text}_b1~1")


@pytest.mark.parametrize(
    "text",
    ["w0", "w0~", "~1", "z0~1", "w0~nan", "w0~inf", "w0~1e999", "w0~1000001", "w-1~1", "w0.0.0.0.0~1", "w0~1_", " ",
     "w0~１", "w0~1;b0~1", "w9999~1", "w0~1\n"],
)  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="changed numbers are written as"):
        LINKED.parse(text)
