"""The tables: which number a cell is, and what may be typed into it."""

from __future__ import annotations

import math

import pytest

from visualizer.engine import Ref
from visualizer.lessons.one_hidden_layer.lesson import Lesson
from visualizer.lessons.one_hidden_layer.numbers_panel import sheets, typed
from visualizer.lessons.one_hidden_layer.table import settings_of

NUMBERS = Lesson(settings_of({"outputs": 2, "examples": 2})).numbers


def test_every_number_has_one_cell() -> None:
    refs = [
        sheet.ref(row, column)
        for sheet in sheets(NUMBERS)
        for row in range(len(sheet.rows))
        for column in sheet.columns
    ]

    assert sorted(map(str, refs)) == sorted(map(str, NUMBERS.values()))


def test_cells_are_named_as_on_the_slide() -> None:
    data, hidden, output = sheets(NUMBERS)

    assert list(data.columns) == ["x₁", "x₂", "y₁", "y₂"]
    assert hidden.rows == ("h¹", "h²", "h³")
    assert list(output.columns) == ["from h¹", "from h²", "from h³", "bias"]
    assert sheets(Lesson(settings_of({"bias": False})).numbers)[2].rows == ("out",)


def test_reads_what_was_typed() -> None:
    hidden = sheets(NUMBERS)[1]

    assert dict(typed(hidden, {2: {"from x₂": 1, "bias": -0.5}})) == {Ref("W1", (2, 1)): 1.0, Ref("b1", (2,)): -0.5}


@pytest.mark.parametrize("value", [None, "1", True, math.nan, math.inf, 1e7, [1]])
def test_refuses_what_is_no_number_within_the_limit(value: object) -> None:
    with pytest.raises(ValueError, match="h², from x₁: a number from −1,000,000 to 1,000,000 is needed"):
        dict(typed(sheets(NUMBERS)[1], {1: {"from x₁": value}}))


@pytest.mark.parametrize("edited", [{9: {"from x₁": 1}}, {-1: {"from x₁": 1}}, {0: {"": 1}}, {0: {"from x₉": 1}}])
def test_refuses_cells_that_are_not_there(edited: dict[int, dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="not in the table any more"):
        dict(typed(sheets(NUMBERS)[1], edited))
