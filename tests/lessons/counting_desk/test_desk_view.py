"""The columns of the image: layers that change the shape or have weights, and nothing lost."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.presets import PRESETS
from visualizer.engine.stacks.text import parse_stack
from visualizer.lessons.counting_desk.desk_view import columns_of, draw_stack


@pytest.mark.parametrize("name", PRESETS)
def test_the_columns_hold_all_parameters_and_all_work(name: str) -> None:
    counts = count_stack(PRESETS[name].stack)
    columns = columns_of(counts)
    assert sum(each.parameters for each in columns) == counts.parameters
    assert sum(each.multiply_adds for each in columns) == counts.multiply_adds
    assert columns[-1].shape == counts.gives


def test_what_changes_nothing_has_no_column() -> None:
    columns = columns_of(count_stack(parse_stack("1x8x8 bn conv4k3b0 bn relu flatten dropout fc3 softmax")))
    assert [each.name for each in columns] == ["input", "conv 3×3", "full"]
    assert [each.parameters for each in columns] == [2, 36 + 8, 144 * 3 + 3]


def test_the_picture_is_said_in_words() -> None:
    figure, words = draw_stack(count_stack(parse_stack("1x8x8 conv4k3 flatten fc3")))
    assert words == "The stack to scale: input 1×8×8, conv 3×3 4×6×6, full 3"
    assert words in figure


def script() -> None:
    from visualizer.engine.stacks.counts import count_stack
    from visualizer.engine.stacks.text import parse_stack
    from visualizer.lessons.counting_desk.desk_view import layer_table
    from visualizer.lessons.counting_desk.rows import table_rows

    rows = table_rows(count_stack(parse_stack("1x9x9 conv8k3")))
    layer_table(rows, key="table", look=0, serial=7, note="Said.", on_change=lambda change: None)


def test_it_is_sent_rows_place_and_note() -> None:
    app = AppTest.from_function(script).run()
    assert not app.exception
    data = json.loads(app.get("bidi_component")[0].proto.json)
    assert (data["look"], data["serial"], data["note"]) == (0, 7, "Said.")
    assert [row["label"] for row in data["layers"]] == ["convolution"]
