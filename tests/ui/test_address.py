"""What the addresses of Convolution and Pooling may hold besides settings: the step, and numbers changed by hand."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import opened
from tests.pages.test_grid_lessons import said, walks
from visualizer.engine import Ref
from visualizer.lessons.convolution import session as convolution
from visualizer.lessons.convolution.settings import ADDRESS as CONVOLUTION
from visualizer.lessons.pooling import session as pooling
from visualizer.lessons.pooling.settings import ADDRESS as POOLING
from visualizer.ui.address import Address
from visualizer.ui.edits import Edits

LESSONS: dict[str, tuple[Address, str, str, Edits]] = {
    "convolution": (CONVOLUTION, convolution.LESSON, "w0.1.0.2~-2.5_b0~3", {Ref("weight", (0, 1, 0, 2)): -2.5}),
    "pooling": (POOLING, pooling.LESSON, "x0.1.1~-2.5_g0.0.1~3", {Ref("x", (0, 1, 1)): -2.5}),
}
PAGES = list(LESSONS)


def edits_of(app: AppTest, page: str) -> Edits:
    edits: Edits = app.session_state[LESSONS[page][1]].numbers.edits
    return edits


@pytest.mark.parametrize("page", PAGES)
def test_changed_numbers_come_with_the_link_and_can_be_taken_back(page: str) -> None:
    address, _, text, expected = LESSONS[page]
    app = opened(page, **{address.edits: text})
    assert not app.exception
    assert expected.items() <= edits_of(app, page).items()
    assert app.query_params[address.edits] == text
    assert said(app) == "2 numbers are as you set them."
    app.button(key="answer-edits").click().run()

    assert edits_of(app, page) == {}
    assert address.edits not in app.query_params
    assert walks(app)[0]["blob"] == walks(opened(page))[0]["blob"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("text", ["w0", "<b>", "x0.0.0~nan", "w0.0.0.0~1e9", "_".join(["b0~1"] * 401)])
def test_changed_numbers_that_are_broken_are_left_out_and_said_once(page: str, text: str) -> None:
    address = LESSONS[page][0]
    app = opened(page, **{address.edits: text})
    assert not app.exception
    assert edits_of(app, page) == {}
    assert address.edits not in app.query_params
    assert said(app).count("Changed numbers") == 1
    app.button(key="answer-link").click().run()
    assert said(app) == ""


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("value", [1e-300, -0.1, 1e6, 12345.675])
def test_a_number_that_was_typed_stays_in_the_address(page: str, value: float) -> None:
    app = opened(page)
    lesson = app.session_state[LESSONS[page][1]]
    lesson.edit(Ref("x", (0, 0, 0)), value)
    app.run()
    app.run()
    assert said(app) == "1 number is as you set it."
    again = opened(page, **{LESSONS[page][0].edits: app.query_params[LESSONS[page][0].edits]})
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
    address, _, text, _ = LESSONS[page]
    app = opened(page, **{address.edits: text})
    app.switch_page("../../pages/home.py").run()
    app.query_params.clear()
    app.query_params["sample"] = "Coins"
    app.switch_page(f"../../pages/{page}.py").run()
    assert not app.exception
    assert edits_of(app, page) == {}
    assert said(app) == ""
