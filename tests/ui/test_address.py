"""What the addresses of Convolution and Pooling may hold besides settings: the step, and numbers changed by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.pages.opening import opened
from tests.pages.test_grid_lessons import said, walks
from visualizer.engine import Ref
from visualizer.ui.address import notice
from visualizer.ui.edits import Edits

LESSONS: dict[str, tuple[str, str, Edits]] = {
    "convolution": ("numbers", "w0.1.0.2~-2.5_b0~3", {Ref("weight", (0, 1, 0, 2)): -2.5}),
    "pooling": ("pool_numbers", "x0.1.1~-2.5_g0.0.1~3", {Ref("x", (0, 1, 1)): -2.5}),
}
PAGES = list(LESSONS)


def edits_of(app: AppTest, page: str) -> Edits:
    edits: Edits = app.session_state[f"{page}_lesson"].edits
    return edits


@pytest.mark.parametrize("page", PAGES)
def test_changed_numbers_come_with_the_link_and_can_be_taken_back(page: str) -> None:
    parameter, text, expected = LESSONS[page]
    app = opened(page, **{parameter: text})
    assert not app.exception
    assert expected.items() <= edits_of(app, page).items()
    assert app.query_params[parameter] == text
    assert said(app) == "2 numbers are as you set them."
    app.button(key="answer-edits").click().run()

    assert edits_of(app, page) == {}
    assert parameter not in app.query_params
    assert walks(app)[0]["blob"] == walks(opened(page))[0]["blob"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("text", ["w0", "<b>", "x0.0.0~nan", "w0.0.0.0~1e9", "_".join(["b0~1"] * 401)])
def test_changed_numbers_that_are_broken_are_left_out_and_said_once(page: str, text: str) -> None:
    parameter = LESSONS[page][0]
    app = opened(page, **{parameter: text})
    assert not app.exception
    assert edits_of(app, page) == {}
    assert parameter not in app.query_params
    assert said(app).count("Changed numbers") == 1
    app.button(key="answer-link").click().run()
    assert said(app) == ""


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("value", [1e-300, -0.1, 1e6, 12345.675])
def test_a_number_that_was_typed_stays_in_the_address(page: str, value: float) -> None:
    app = opened(page)
    lesson = app.session_state[f"{page}_lesson"]
    lesson.edit(Ref("x", (0, 0, 0)), value)
    app.run()
    app.run()
    assert said(app) == "1 number is as you set it."
    parameter = LESSONS[page][0]
    again = opened(page, **{parameter: app.query_params[parameter]})
    assert edits_of(again, page) == {Ref("x", (0, 0, 0)): value}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("step", "stays"), [("7", True), ("99999", False), ("-1", False), ("1e3", False)])
def test_a_step_that_the_walk_does_not_have_is_said(page: str, step: str, stays: bool) -> None:
    app = opened(page, step=step)
    assert not app.exception
    assert ("step" in app.query_params) == stays
    assert ("Step" in said(app)) != stays


@pytest.mark.parametrize("page", PAGES)
def test_a_link_with_settings_forgets_what_was_changed_before(page: str) -> None:
    parameter, text, _ = LESSONS[page]
    app = opened(page, **{parameter: text})
    app.switch_page("../../pages/home.py").run()
    app.query_params.clear()
    app.query_params["sample"] = "Coins"
    app.switch_page(f"../../pages/{page}.py").run()
    assert not app.exception
    assert edits_of(app, page) == {}
    assert said(app) == ""


def test_says_in_one_line_what_was_refused() -> None:
    text = notice([("Count", "9" * 10_000), ("Kind", "<b>\n‮**x**")])

    assert text == (
        "Not understood in the link, so the default stands: Count “99999999999999999999999999999…”, Kind “<b>··**x**”."
    )
    assert notice([]) == ""


@given(st.lists(st.tuples(st.just("Count"), st.text()), min_size=1, max_size=4))
def test_a_notice_is_one_short_printable_line(refused: list[tuple[str, str]]) -> None:
    text = notice(refused)

    assert text.isprintable()
    assert len(text) < 60 + 45 * len(refused)
