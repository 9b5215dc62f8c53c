"""Settings that a dataclass declares: what is drawn, what comes of it, and where a choice stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pytest
from streamlit.testing.v1 import AppTest

from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer
from visualizer.ui.settings import Choice

SIDES = tuple(Integer(f"pad_{side}", side, "Zeros.", 0, 9, default=at) for at, side in enumerate(("top", "left")))


@dataclass(frozen=True, kw_only=True)
class Made:
    name: str
    kind: Annotated[str, Choice("made_kind", "Kind", "Which.", {"relu": "ReLU", "tanh": "Tanh"})] = "relu"
    units: Annotated[int, Integer("made_units", "Units", "How many.", 1, 64)] = 8
    sides: Annotated[tuple[int, ...], SIDES]


SETTINGS = Declared(Made)


def test_the_settings_are_those_of_the_fields_with_their_defaults() -> None:
    assert [(each.name, each.default) for each in SETTINGS] == [
        *(("made_kind", "relu"), ("made_units", 8)),
        *(("pad_top", 0), ("pad_left", 1)),
    ]
    assert SETTINGS["units"].maximum == 64


def test_values_by_name_come_to_the_dataclass_within_the_limits() -> None:
    assert SETTINGS.of(name="a") == Made(name="a", sides=(0, 1))
    found = SETTINGS.of({"made_units": 99, "made_kind": "<b>", "pad_left": 4}, name="a")
    assert found == Made(name="a", units=64, sides=(0, 4))
    assert SETTINGS.of({"made_units": 3}, name="a", units=5).units == 5


def _page() -> None:
    import streamlit as st

    from tests.ui.test_declared import SETTINGS

    if st.button("Put"):
        SETTINGS.put(SETTINGS.of(name="b", kind="tanh", sides=(3, 3)))
    st.text(str(SETTINGS.of(**SETTINGS.draw("kind", "units"), **SETTINGS.draw_row("sides"), name="a")))


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(_page)


def test_what_is_drawn_is_what_comes_of_it(app: AppTest) -> None:
    app.run()
    assert len(app.columns) == 2
    assert app.text[0].value == str(Made(name="a", sides=(0, 1)))
    app.number_input[0].set_value(5.0).run()
    assert app.text[0].value == str(Made(name="a", units=5, sides=(0, 1)))
    app.button[0].click().run()
    assert app.text[0].value == str(Made(name="a", kind="tanh", sides=(3, 3)))


def test_a_choice_stands_in_the_address_by_its_key(app: AppTest) -> None:
    app.run()
    assert "made_kind" not in app.query_params
    app.selectbox[0].set_value("tanh").run()
    assert app.query_params["made_kind"] in ("tanh", ["tanh"])
    app.selectbox[0].set_value("relu").run()
    assert "made_kind" not in app.query_params


@pytest.mark.parametrize("text", ["tanh", "Tanh", "TANH"])
def test_a_link_may_say_the_label(app: AppTest, text: str) -> None:
    app.query_params["made_kind"] = text
    app.run()
    assert app.selectbox[0].value == "tanh"
    assert app.query_params["made_kind"] in ("tanh", ["tanh"])


@pytest.mark.parametrize("text", ["", "<b>", "sigmoid"])
def test_a_link_that_says_neither_opens_as_by_default(app: AppTest, text: str) -> None:
    app.query_params["made_kind"] = text
    app.run()
    assert app.selectbox[0].value == "relu"
    assert "made_kind" not in app.query_params
