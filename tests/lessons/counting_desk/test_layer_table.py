"""The table's component: it is sent its rows, and hands on what it is asked for."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest


def script() -> None:
    from visualizer.engine.stacks.counts import count_stack
    from visualizer.engine.stacks.text import parse_stack
    from visualizer.lessons.counting_desk.layer_table import layer_table
    from visualizer.lessons.counting_desk.rows import table_rows

    rows = table_rows(count_stack(parse_stack("1x9x9 conv8k3")))
    layer_table(rows, key="table", look=0, serial=7, note="Said.", on_change=lambda change: None)


def test_it_is_sent_rows_place_and_note() -> None:
    app = AppTest.from_function(script).run()
    assert not app.exception
    data = json.loads(app.get("bidi_component")[0].proto.json)
    assert (data["look"], data["serial"], data["note"]) == (0, 7, "Said.")
    assert [row["label"] for row in data["layers"]] == ["convolution"]
