"""The lesson's page: it opens, follows its settings, and answers hostile links and files in words."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import opened as opened_page
from visualizer.engine import Ref
from visualizer.lessons.one_hidden_layer.presets import PRESETS
from visualizer.lessons.one_hidden_layer.saved import to_json
from visualizer.lessons.one_hidden_layer.settings import settings_of
from visualizer.lessons.one_hidden_layer.state import NetLesson


def opened(**query: str | list[str]) -> AppTest:
    return opened_page("one_hidden_layer", **query)


def lesson(app: AppTest) -> NetLesson:
    assert not app.exception
    found: NetLesson = app.session_state["walk_lesson"]
    return found


def said(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def walk(app: AppTest) -> dict[str, object]:
    shown: list[dict[str, object]] = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return next(data for data in shown if "blob" in data)


def with_panel(app: AppTest, key: str) -> AppTest:
    """The same page with one of its panels open."""
    app.session_state[key] = True
    return app.run()


def test_opens_with_a_walk_and_nothing_to_say() -> None:
    app = opened()

    assert lesson(app).settings == settings_of({})
    assert said(app) == []
    assert walk(app)["iterations"] == {"losses": [lesson(app).history.losses[0]], "current": 0, "canUndo": False}
    assert walk(app)["editable"] == sorted(["x", "y", "W1", "b1", "W2", "b2"])


def test_a_link_sets_the_settings() -> None:
    app = opened(preset="xor", hidden="5", bias="false", learning_rate="0.25", activation="leaky_relu", batch="one")

    wanted = {"preset": "xor", "hidden": 5, "bias": False, "learning_rate": 0.25, "activation": "leaky_relu"}
    assert lesson(app).settings == settings_of({**wanted, "batch": "one"})
    assert said(app) == []


@pytest.mark.parametrize(
    ("name", "text", "label"),
    [
        ("hidden", "inf", "Hidden units"),
        ("hidden", "99", "Hidden units"),
        ("hidden", "3.7", "Hidden units"),
        ("hidden", "", "Hidden units"),
        ("hidden", "9" * 10_000, "Hidden units"),
        ("seed", "inf", "Seed"),
        ("seed", "nan", "Seed"),
        ("learning_rate", "1e999", "Learning rate η"),
        ("learning_rate", "-1", "Learning rate η"),
        ("activation", "<script>alert(1)</script>", "Activation"),
        ("preset", "**bold** $x$ :smile:", "Preset"),
        ("bias", "maybe", "Biases"),
        ("example", "2", "Which example"),
        ("step", "-1", "Step"),
        ("step", "45", "Step"),
        ("step", "9999999999", "Step"),
    ],
)
def test_a_broken_value_becomes_the_default_and_one_line(name: str, text: str, label: str) -> None:
    app = opened(**{name: text})

    assert lesson(app).settings == settings_of({})
    shown = text if len(text) <= 30 else text[:29] + "…"
    assert said(app) == [f"Not understood in the link, so the default stands: {label} “{shown}”."]
    assert name not in app.query_params
    app.button(key="answer-link").click().run()
    assert said(app) == []


def test_a_parameter_given_twice_becomes_the_default() -> None:
    app = opened(hidden=["4", "5"], inputs="3")

    assert lesson(app).settings == settings_of({"inputs": 3})
    assert said(app) == ["Not understood in the link, so the default stands: Hidden units “4, 5”."]


def test_the_browser_cannot_go_beyond_the_limits() -> None:
    app = opened()
    app.session_state["learning_rate"] = 1e9
    app.session_state["seed"] = -5.0
    app.run()

    assert lesson(app).settings == settings_of({})


@pytest.mark.parametrize("preset", [name for name in PRESETS if name != "training"])
def test_a_preset_can_be_chosen(preset: str) -> None:
    app = opened(hidden="6", activation="softplus", examples="7")
    app.selectbox(key="preset").select(preset).run()
    app.run()

    assert lesson(app).settings == settings_of({"preset": preset})
    assert lesson(app).numbers.x.tolist() == PRESETS[preset].numbers.x.tolist()


def test_cross_entropy_with_one_output_says_what_it_needs() -> None:
    app = opened()
    app.get_by_key("loss").set_value("cross_entropy").run()

    assert said(app) == [
        "Cross-entropy compares classes, one output each, so it needs at least 2 outputs. Set outputs to 2. "
        "Until then the walk stays as it was."
    ]
    assert lesson(app).settings.loss == "squared"
    app.get_by_key("outputs").set_value(2).run()
    assert said(app) == []
    assert lesson(app).settings.softmax


def test_an_overflow_is_said_above_the_walk_with_the_way_back() -> None:
    app = opened(preset="line", learning_rate="1000")
    while not said(app):
        lesson(app).iterate("apply")
        app.run()

    at = lesson(app).history.at
    assert said(app)[0].startswith("At step ")
    app.button(key="answer-overflow").click().run()
    assert lesson(app).history.at == at - 1
    assert said(app) == []


def test_an_edit_is_on_screen() -> None:
    app = opened()
    before = walk(app)["blob"]
    lesson(app).edit(Ref("W1", (0, 0)), 0.5)
    app.run()

    assert walk(app)["blob"] != before


def test_tables_hold_every_number() -> None:
    app = with_panel(opened(), "numbers")

    shown = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    tables = [data for data in shown if "values" in data]
    assert [(len(each["values"]), len(each["values"][0])) for each in tables] == [(1, 3), (3, 3), (1, 4)]
    assert tables[1]["rows"] == ["h¹", "h²", "h³"]
    assert tables[1]["columns"] == ["from x₁", "from x₂", "bias"]


def test_examples_can_be_pasted() -> None:
    app = with_panel(opened(), "numbers")
    app.get_by_key("numbers_view").set_value("Own examples").run()
    app.text_area(key="pasted_examples").set_value("x1 x2 y\n0,5 1 0\n1 0 1")
    app.button(key="use_pasted").click().run()

    assert lesson(app).numbers.x.tolist() == [[0.5, 1], [1, 0]]
    assert lesson(app).settings.examples == app.session_state["examples"] == 2
    assert said(app) == ["2 examples taken."]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("good.csv", b"x1,x2,y\n1,2,0\n", "1 example taken."),
        ("bad.csv", b"1,2,<b>", "Row 1, column 3 is “<b>”, not a number. The examples stay as they were."),
        ("empty.csv", b"", "There is nothing in it. Give one example a row. The examples stay as they were."),
        ("binary.csv", b"\xff\x00", "The file is not text in UTF-8. Save it as CSV, UTF-8."),
        ("large.csv", b"1" * 100_001, "The file has 100 kB; at most 100 kB are read."),
    ],
)
def test_examples_can_be_uploaded(name: str, data: bytes, message: str) -> None:
    app = with_panel(opened(), "numbers")
    app.get_by_key("numbers_view").set_value("Own examples").run()
    before = lesson(app).numbers.x.tolist()
    app.file_uploader(key="examples_file").upload(name, data).run()

    assert said(app) == [message]
    assert lesson(app).numbers.x.tolist() == ([[1, 2]] if name == "good.csv" else before)


def test_saved_numbers_come_back() -> None:
    trained = NetLesson(settings_of({"preset": "xor"}))
    trained.iterate("apply")
    app = with_panel(opened(), "numbers")
    app.get_by_key("numbers_view").set_value("File").run()
    data = to_json(trained.settings, trained.numbers).encode()
    app.file_uploader(key="numbers_file").upload("numbers.json", data).run()
    app.run()

    assert said(app) == ["The numbers of the file are on screen."]
    assert lesson(app).history.losses == (trained.history.losses[1],)
    assert lesson(app).settings.activation == "tanh"


def test_a_file_that_is_none_changes_nothing() -> None:
    app = with_panel(opened(), "numbers")
    app.get_by_key("numbers_view").set_value("File").run()
    app.file_uploader(key="numbers_file").upload("numbers.json", b"{").run()

    assert said(app) == ["The file is not JSON, or not all of it. The numbers stay as they were."]
    assert lesson(app).settings == settings_of({})


def test_the_gradient_check_says_that_all_agree() -> None:
    app = with_panel(opened(), "gradient_check")

    assert len(app.dataframe[0].value) == 13
    assert any(text.value.startswith("They agree: the largest difference is ") for text in app.markdown)


def test_a_link_to_this_very_step_can_be_copied() -> None:
    app = with_panel(opened(preset="xor", hidden="5"), "share")

    assert any("unrolled_link" in at.proto.component_name for at in app.get("bidi_component"))
    assert app.get("download_button")


def test_panels_that_are_closed_cost_nothing() -> None:
    app = opened()

    assert not app.dataframe
    assert not any("values" in json.loads(each.proto.json) for each in app.get("bidi_component"))
    assert not app.get("download_button")


def test_what_one_did_is_there_after_a_visit_to_another_page() -> None:
    app = opened(hidden="5")
    lesson(app).iterate("apply")
    app.switch_page("../../pages/home.py").run()
    app.switch_page("../../pages/one_hidden_layer.py").run()

    assert lesson(app).settings.hidden == 5
    assert lesson(app).history.at == 1
