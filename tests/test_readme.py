"""What the README shows works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from visualizer.engine import Trace

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
LESSON, NOTEBOOK = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)


def test_the_ten_line_lesson_plays() -> None:
    app = AppTest.from_string(LESSON, default_timeout=30).run()
    assert not app.exception
    assert len(app.get("bidi_component")) == 1
    assert len([line for line in LESSON.splitlines() if line]) <= 10


def test_the_notebook_prints_and_plays(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    exec(NOTEBOOK, names)
    assert "steps, loss" in capsys.readouterr().out
    trace = names["trace"]
    assert isinstance(trace, Trace)
    assert "srcdoc" in trace._repr_html_()
