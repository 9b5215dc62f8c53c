"""Literals in pasted code: what they are, and that everything else is refused."""

from __future__ import annotations

import ast

import pytest

from visualizer.engine.stacks.code.literals import Refused, literal_of


def read(text: str) -> object:
    return literal_of(ast.parse(text, mode="eval").body)


@pytest.mark.parametrize("value", [3, -3, 0.5, -0.5, True, None, "same", (3, 5), ()])
def test_literals_are_read(value: object) -> None:
    assert read(repr(value)) == value
    assert type(read(repr(value))) is type(value)


@pytest.mark.parametrize(
    "text",
    ["n", "1 + 2", "f(3)", "[i for i in x]", "(3, 'a')", "((1, 2), 3)", "-True", "-'a'", "1j", "b'a'", "...", "f'{x}'"],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="line 1: arguments must be numbers"):
        read(text)
