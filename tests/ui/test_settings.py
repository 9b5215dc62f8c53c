"""Settings against everything that a URL or a browser may bring."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from visualizer.ui.address import read_query
from visualizer.ui.number_settings import Integer, Number
from visualizer.ui.settings import Choice, Setting, Switch, Text

COUNT = Integer("count", "Count", "How many.", 1, 8, default=3)
SEED = Integer("seed", "Seed", "Which.", 0, 9999, default=0)
RATE = Number("rate", "Rate", "How far.", minimum=0.0001, maximum=1000.0, step=0.1, default=0.5)
KIND = Choice("kind", "Kind", "Which.", {"leaky_relu": "leaky ReLU", "tanh": "tanh"}, default="leaky_relu")
BIAS = Switch("bias", "Bias", "On or off.", default=True)
TABLE: list[Setting[Any]] = [COUNT, SEED, RATE, KIND, BIAS]

HOSTILE = ["", " ", "abc", "nan", "inf", "-inf", "1e999", "9" * 10_000, "<script>alert(1)</script>", "0x10", "1_0", "٣"]


def is_allowed(setting: Setting[Any], value: object) -> bool:
    match setting:
        case Integer():
            return type(value) is int and setting.minimum <= value <= setting.maximum
        case Number():
            return type(value) is float and setting.minimum <= value <= setting.maximum
        case Choice():
            return value in setting.options
    return isinstance(value, bool)


@pytest.mark.parametrize("text", [*HOSTILE, "3.7", "0", "9", "\x00", "**3**"])
def test_refuses_what_is_no_count(text: str) -> None:
    reading = read_query([COUNT], {"count": [text]})

    assert reading.values == {}
    assert reading.mended == {}
    assert reading.refused == (("Count", text),)


def test_a_whole_number_is_read_as_streamlit_writes_it_for_the_app() -> None:
    assert SEED.parse("7.0") == SEED.parse("7") == 7


@pytest.mark.parametrize("text", [*HOSTILE, "-1", "0", "1001", "1,5", "1e", "--1"])
def test_refuses_what_is_no_rate(text: str) -> None:
    assert read_query([RATE], {"rate": [text]}).refused


def test_refuses_a_parameter_that_is_given_twice() -> None:
    reading = read_query([COUNT], {"count": ["3", "5"]})

    assert reading.refused == (("Count", "3, 5"),)
    assert "count" not in reading.mended


def test_leaves_other_parameters_alone() -> None:
    assert read_query(TABLE, {"embed": ["true"], "count": ["x"]}).mended == {"embed": ["true"]}


@pytest.mark.parametrize("text", ["leaky_relu", "leaky ReLU", "Leaky-ReLU", "LEAKY RELU"])
def test_understands_names_and_labels(text: str) -> None:
    reading = read_query([KIND], {"kind": [text]})

    assert reading.values == {"kind": "leaky_relu"}
    assert reading.mended == {"kind": ["leaky_relu"]}


@pytest.mark.parametrize(("text", "value"), [("true", True), ("off", False), ("0", False), ("Yes", True)])
def test_understands_a_switch(text: str, value: bool) -> None:
    assert read_query([BIAS], {"bias": [text]}).values == {"bias": value}


@given(st.dictionaries(st.sampled_from([setting.name for setting in TABLE]), st.lists(st.text(), max_size=3)))
def test_any_text_is_a_value_within_the_limits_or_refused(query: dict[str, list[str]]) -> None:
    reading = read_query(TABLE, query)

    for setting in TABLE:
        if setting.name in reading.values:
            assert is_allowed(setting, reading.values[setting.name])
            assert setting.parse(reading.mended[setting.name][0]) == reading.values[setting.name]
        else:
            assert setting.name not in reading.mended
    assert len(reading.values) + len(reading.refused) == len(query)


@given(
    st.sampled_from(TABLE),
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers()), st.binary()),
)
def test_any_value_from_the_browser_ends_within_the_limits(setting: Setting[Any], value: object) -> None:
    assert is_allowed(setting, setting.coerce(value))


def test_clamps_numbers_and_falls_back_for_the_rest() -> None:
    assert COUNT.coerce(99) == 8
    assert RATE.coerce(-1.0) == 0.0001
    assert RATE.coerce(math.nan) == 0.5
    assert KIND.coerce("<b>") == "leaky_relu"
    assert BIAS.coerce("false") is True


@given(st.floats(0.0001, 1000.0))
def test_a_number_comes_back_from_the_url_as_it_was(value: float) -> None:
    assert read_query([RATE], {"rate": [RATE.text(value)]}).values == {"rate": value}


def test_a_field_s_limits_are_in_its_label() -> None:
    app = AppTest.from_function(_fields).run()

    assert [field.label.replace("\N{NO-BREAK SPACE}", " ") for field in app.number_input] == [
        "Seed (0 to 9,999)",
        "Shift (−16 to 16)",
        "Rate (0.0001 to 1,000)",
    ]
    assert [row.label for row in app.get("button_group")] == ["Count"]


def _fields() -> None:
    from tests.ui.test_settings import COUNT, RATE, SEED
    from visualizer.ui.number_settings import Integer

    for setting in (COUNT, SEED, Integer("shift", "Shift", "In pixels.", -16, 16, default=0), RATE):
        setting.draw()


def test_an_empty_field_is_the_automatic_choice_and_old_links_that_say_0_still_open() -> None:
    pixel = Integer("pixel", "Pixel", "Which.", 0, 32, "the strongest", default=0)

    assert read_query([pixel], {"pixel": ["0"]}).values == read_query([pixel], {"pixel": [""]}).values == {"pixel": 0}
    assert pixel.text(0) == "" and pixel.stored(0) is None and pixel.coerce(None) == 0
    assert pixel.text(7) == "7" and pixel.stored(7) == 7.0


def _limited() -> None:
    import streamlit as st

    from visualizer.ui.number_settings import Integer

    st.text(Integer("map", "Map", "Which.", 1, 16, default=1).draw(most=int(st.session_state.get("most", 12))))


def test_a_field_ends_at_what_there_is() -> None:
    app = AppTest.from_function(_limited).run()
    app.number_input[0].set_value(12.0).run()
    app.session_state["most"] = 9
    app.run()

    assert not app.exception
    assert app.number_input[0].max == 9.0
    assert app.text[0].value == "9"
    assert app.caption[0].value == "There is no 12 here: 9 is taken."


@pytest.mark.parametrize(
    ("pasted", "counts"),
    [
        ("0.5\t0.25", "0.5 0.25"),
        ("a\r\nb", "a  b"),
        ("1\u202f234,5; 2\u00a0000", "1\u202f234,5; 2\u00a0000"),
        ("a\u202eb\x00", "ab"),
        ("x" * 50, "x" * 40),
    ],
)
def test_what_is_pasted_into_a_text_field_counts(pasted: str, counts: str) -> None:
    series = Text("series", "Numbers", "Which.", 40, default="1, 2")
    assert series.coerce(pasted) == counts
    assert len(pasted) > 40 or series.parse(pasted) == counts
