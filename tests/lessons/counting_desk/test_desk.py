"""The desk in a session: presets, changes, undo, a text that can't be read; nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from visualizer.engine.stacks.presets import PRESETS
from visualizer.engine.stacks.text import stack_text

SCRIPT = Path(__file__).parent / "desk_script.py"
LESSON = stack_text(PRESETS["lesson"].stack)


@pytest.fixture
def app() -> AppTest:
    """The desk with the app's own net on it."""
    opened = AppTest.from_file(str(SCRIPT), default_timeout=30).run()
    return opened.selectbox[0].set_value("lesson").run()


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def shown(app: AppTest) -> str:
    assert not app.exception
    return next(each.value for each in app.text if ": " in each.value and each.value.split(":")[0] in PRESETS)


def state(app: AppTest) -> str:
    return next(each.value for each in app.text if each.value.startswith("look"))


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.button if not each.disabled]


def test_a_preset_comes_as_it_stands(app: AppTest) -> None:
    assert shown(app) == f"lesson: {LESSON}"
    assert app.text_input[0].value == ""
    assert "Back to the net as it was" not in labels(app)
    assert PRESETS["lesson"].about in [each.value for each in app.caption]


def test_a_change_is_in_the_text_and_can_be_taken_back(app: AppTest) -> None:
    press(app, "wider")
    assert app.text_input[0].value == LESSON.replace("conv8", "conv12") == shown(app).removeprefix("lesson: ")
    assert any("in place of “the app's net for digits”" in each.value for each in app.caption)
    press(app, "Undo")
    assert (shown(app), app.text_input[0].value) == (f"lesson: {LESSON}", "")
    press(app, "wider")
    press(app, "Back to the net as it was")
    assert shown(app) == f"lesson: {LESSON}"
    press(app, "Undo")
    assert "conv12" in shown(app)


def test_two_changes_before_the_page_comes_back_are_both_kept(app: AppTest) -> None:
    press(app, "twice")
    assert "conv12k3p2" in shown(app)
    press(app, "Undo")
    assert "conv12k5p2" in shown(app)


def test_a_refused_change_is_said_and_nothing_changes(app: AppTest) -> None:
    press(app, "wrong")
    assert shown(app) == f"lesson: {LESSON}"
    assert "note Maps must be a whole number from 1 to 1,000,000, got many. The stack stays as it was." in state(app)
    press(app, "gone")
    assert "This layer is no longer there." in state(app)
    press(app, "wider")
    assert state(app).endswith("note")


def test_a_new_layer_is_looked_at(app: AppTest) -> None:
    press(app, "last")
    assert state(app).startswith("look 7 ")
    press(app, "Undo")
    assert shown(app) == f"lesson: {LESSON}"


def test_another_preset_takes_the_place_of_changes_and_undo_brings_them_back(app: AppTest) -> None:
    press(app, "wider")
    app.selectbox[0].set_value("lenet5").run()
    assert shown(app) == f"lenet5: {stack_text(PRESETS['lenet5'].stack)}"
    press(app, "Undo")
    assert shown(app) == f"lesson: {LESSON.replace('conv8', 'conv12')}"
    press(app, "Undo")
    press(app, "Undo")
    assert shown(app).startswith("imagenet2012_slide: ")
    assert "Undo" not in labels(app)


def test_a_text_is_a_stack_and_can_be_taken_back(app: AppTest) -> None:
    app.text_input[0].set_value("5 fc3 relu").run()
    assert shown(app) == "lesson: 5 fc3 relu"
    press(app, "Undo")
    assert shown(app) == f"lesson: {LESSON}"


def test_a_text_that_can_not_be_read_leaves_the_stack(app: AppTest) -> None:
    press(app, "wider")
    app.text_input[0].set_value("1x28x28 nonsense7").run()
    assert "conv12" in shown(app)
    said = " ".join(each.value for each in app.text)
    assert "The stack as text can’t be read: There is no layer 'nonsense7': layers are conv, local" in said
    press(app, "Discard the text")
    assert "can’t be read" not in " ".join(each.value for each in app.text)
    assert "conv12" in app.text_input[0].value


def test_pasted_layers_are_laid_on_the_desk(app: AppTest) -> None:
    press(app, "put")
    assert shown(app) == "lesson: 5 fc2"
    press(app, "Undo")
    assert shown(app) == f"lesson: {LESSON}"
