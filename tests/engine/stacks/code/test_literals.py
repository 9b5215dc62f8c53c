"""Numbers in pasted code: literals and bounded arithmetic with them."""

from __future__ import annotations

import ast
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine.stacks.code.literals import MAX_NUMBER, Refused, dotted, literal_of

NAMES = {"hidden": 64, "self.kernel": (3, 5), "word": "same", "yes": True}


def read(text: str) -> object:
    return literal_of(ast.parse(text, mode="eval").body, NAMES)


@pytest.mark.parametrize("value", [3, -3, 0.5, -0.5, True, None, "same", (3, 5), ()])
def test_literals_are_read(value: object) -> None:
    assert read(repr(value)) == value
    assert type(read(repr(value))) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("16*5*5", 400),
        ("16 * 5 ** 2", 400),
        ("-1", -1),
        ("-(2 + 3) * +4", -20),
        ("120 // 2", 60),
        ("120 / 2", 60.0),
        ("7 % 4 - 1", 2),
        ("(28 - 5 + 2 * 2) // 2 + 1", 14),
        ("2 ** -1", 0.5),
        ("1 ** 999999999999", 1),
        ("10 ** 12", MAX_NUMBER),
        ("(2 * 3, hidden)", (6, 64)),
        ("[4 - 1, 3]", (3, 3)),
        ("hidden * 7 * 7", 3136),
        ("self.kernel", (3, 5)),
        ("word", "same"),
    ],
)
def test_arithmetic_and_names_are_worked_out(text: str, value: object) -> None:
    assert read(text) == value
    assert type(read(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        *("f(3)", "[i for i in x]", "(3, 'a')", "((1, 2), 3)", "-True", "-'a'", "1j", "b'a'", "...", "f'{x}'"),
        *("'a' * 10", "(1,) * 10", "True + 1", "yes + 1", "None + 1", "word * 2", "not 1", "~1", "1 << 3", "6 & 2"),
        *("3 @ 4", "1 < 2", "1 and 2", "1 if 2 else 3", "(lambda: 1)()", "x[0]", "(n := 3)", "{1: 2}", "(2.5, 3)"),
        *("__import__('os').getpid()", "(1).real", "''.join", "1 + (2).__class__"),
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="line 1: arguments must be numbers, arithmetic"):
        read(text)


@pytest.mark.parametrize("text", ["n", "self.n", "hidden.real", "__builtins__", "os.system", "self"])
def test_an_unknown_name_is_said(text: str) -> None:
    with pytest.raises(Refused, match=re.escape(f"line 1: {text} is not set to a number above: arguments must be")):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        *("10**10**10", "9**9**9**9", "2 ** 41", "(-3) ** 99999", "10.0 ** 400", "0.1 ** -400", "2 ** 10000000000"),
        *("10**12 + 1", "10**7 * 10**7", "1e12 * 2", "9" * 4000 + " * 1", "1e999 - 1", "10 ** 12 ** 1.5"),
    ],
)
def test_a_huge_result_is_refused_at_once(text: str) -> None:
    with pytest.raises(Refused, match="line 1: numbers must be at most 1,000,000,000,000"):
        read(text)


@pytest.mark.parametrize("text", ["1 / 0", "1 // 0", "1 % 0", "0 ** -1", "(-8) ** 0.5"])
def test_what_has_no_result_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"line 1: this (divides by 0|comes to no number)"):
        read(text)


_NUMBERS = st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6)
_TEXTS = st.recursive(
    _NUMBERS.map(lambda value: f"({value!r})"),
    lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%"]), inner).map(
        lambda parts: f"({' '.join(parts)})"
    ),
    max_leaves=6,
)


@given(_TEXTS)
def test_arithmetic_is_pythons(text: str) -> None:
    try:
        found = read(text)
    except Refused:
        return
    assert found == eval(text)


def test_a_dotted_name_is_taken_apart() -> None:
    assert dotted(ast.parse("torch.nn.ReLU", mode="eval").body) == ["torch", "nn", "ReLU"]
    assert dotted(ast.parse("f().nn", mode="eval").body) == []
