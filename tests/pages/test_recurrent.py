"""The page "Recurrent nets and LSTM": it opens, follows its settings, and answers hostile links in words."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import opened as opened_page
from tests.pages.test_grid_lessons import said, walks


def opened(**query: str) -> AppTest:
    return opened_page("recurrent", **query)


def test_opens_with_a_walk_and_nothing_to_say() -> None:
    app = opened()
    assert not app.exception
    assert len(walks(app)) == 1
    assert said(app) == ""


@pytest.mark.parametrize("view", ["flow", "importance", "maps", "train", "explore"])
@pytest.mark.parametrize("cell", ["RNN", "LSTM"])
def test_every_other_view_opens(view: str, cell: str) -> None:
    app = opened(recurrent_view=view, cell=cell)
    assert not app.exception
    assert walks(app) == []


@pytest.mark.parametrize("name", ["text", "units", "forget_bias", "recurrent_weights", "recurrent_numbers", "cell"])
@pytest.mark.parametrize("value", ["<script>alert(1)</script>" * 9, "\u202e" * 200])
def test_a_hostile_link_gives_the_default_and_one_line(name: str, value: str) -> None:
    app = opened(**{name: value})
    assert not app.exception
    assert walks(app)[0]["blob"] == walks(opened())[0]["blob"]
    assert "Not understood in the link" in said(app)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"text": "a"}, "at least 2 characters"),
        ({"text": "abababababababab"}, "at most 13"),
        ({"recurrent_weights": "bit", "text": "abc"}, "don't know “a”"),
        ({"sequence_of": "numbers", "series": "1, x"}, "“x”, not a number"),
    ],
)
def test_what_makes_no_walk_is_said_and_a_walk_stays(query: dict[str, str], words: str) -> None:
    app = opened(**query)
    assert not app.exception
    assert words in said(app).lower() or words in said(app)
    assert len(walks(app)) == 1


def test_typed_text_is_data() -> None:
    app = opened(text="<b>&lt;")
    assert not app.exception
    assert len(walks(app)) == 1


def test_a_csv_file_whose_marks_can_be_read_in_two_ways_says_how_and_lets_one_choose() -> None:
    app = opened(sequence_of="numbers")
    app.file_uploader(key="recurrent_csv").upload("prices.csv", b'price\n"1,234"\n"2,590"\n', "text/csv").run()
    assert app.text_input(key="series").value == "1234, 2590"
    control = next(each for each in app.get("button_group") if "1,234" in each.label)
    assert control.label == "“1,234” in “price”, is read as"
    assert [*control.options] == ["1234", "1.234"]
    control.set_value(",").run()
    assert app.text_input(key="series").value == "1.234, 2.59"
    assert "Taken from “price”: all 2 numbers." in [text.value for text in app.text]
    app.button(key="recurrent_sine").click().run()
    assert not any("1,234" in each.label for each in app.get("button_group"))
