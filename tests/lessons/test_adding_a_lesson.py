"""The lesson that docs/adding-a-lesson.md builds works as it stands there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from visualizer import FOLDER, lessons

DOCUMENT = (FOLDER.parent / "docs" / "adding-a-lesson.md").read_text(encoding="utf-8")
MAIN = """
import streamlit as st
from visualizer.ui import frame
page = st.navigation([st.Page("perceptron.py", url_path="perceptron", default=True)], position="hidden")
frame.enter(page)
with frame.bar():
    pass
page.run()
"""


@pytest.fixture
def main(tmp_path: Path) -> Iterator[Path]:
    """An app of that one page, in files where the document says."""
    files = re.findall(r"(?ms)^## [^\n]*`([\w/]+\.py)`$.*?^```python\n(.*?)^```$", DOCUMENT)
    assert [Path(name).name for name, _ in files] == ["settings.py", "state.py", "perceptron.py"]
    for name, code in files:
        path = tmp_path / Path(name).relative_to(Path(name).parts[0])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code, encoding="utf-8")
    (tmp_path / "main.py").write_text(MAIN, encoding="utf-8")
    lessons.__path__.append(str(tmp_path / "lessons"))
    yield tmp_path / "main.py"
    lessons.__path__.remove(str(tmp_path / "lessons"))
    for name in [name for name in sys.modules if name.startswith("visualizer.lessons.perceptron")]:
        del sys.modules[name]


def opened(main: Path, **query: str) -> AppTest:
    app = AppTest.from_file(str(main), default_timeout=60)
    for name, text in query.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return app


def test_it_opens_with_its_walk(main: Path) -> None:
    lesson = opened(main).session_state["perceptron_lesson"]
    assert lesson.trace.replay() < 1e-12
    assert lesson.trace["a1"].tolist() == [[0.75]]


def test_a_link_brings_settings_and_changed_numbers(main: Path) -> None:
    app = opened(main, perceptron_activation="tanh", perceptron_numbers="w0.1~2", step="3")
    lesson = app.session_state["perceptron_lesson"]
    assert lesson.settings.activation == "tanh"
    assert lesson.trace["W1"].tolist() == [[0.5, 2.0]]


def test_what_a_link_gets_wrong_is_said(main: Path) -> None:
    app = opened(main, perceptron_activation="none", perceptron_numbers="q0~1")
    assert "Not understood in the link" in " ".join(each.value for each in app.text)
