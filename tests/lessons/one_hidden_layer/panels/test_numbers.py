"""The tables: which number a cell is."""

from __future__ import annotations

import torch

from visualizer.engine import Ref
from visualizer.lessons.one_hidden_layer.panels.numbers import sheets
from visualizer.lessons.one_hidden_layer.settings import settings_of
from visualizer.lessons.one_hidden_layer.state import NetLesson

NUMBERS = NetLesson(settings_of({"outputs": 2, "examples": 2})).numbers


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
    assert sheets(NetLesson(settings_of({"bias": False})).numbers)[2].rows == ("out",)


def test_a_table_shows_the_numbers_and_says_which_are_changed() -> None:
    hidden = sheets(NUMBERS)[1]
    matrix = hidden.matrix(NUMBERS)
    assert torch.equal(matrix[:, :2], NUMBERS.weights[0])

    matrix[2, 1], matrix[2, 2] = 1.0, -0.5
    assert hidden.changes(NUMBERS, matrix) == {Ref("W1", (2, 1)): 1.0, Ref("b1", (2,)): -0.5}
