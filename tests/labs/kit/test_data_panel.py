"""The data panel on a page: settings in the address, a table of one's own, and what is said of one that can't be."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from streamlit.testing.v1 import AppTest

from visualizer.engine.data.data_sets import DATA_SETS
from visualizer.labs.kit.data_settings import (
    OWN,
    ChosenData,
    DataChoice,
    data_settings,
    drawn_data,
)

PAGE = Path(__file__).with_name("data_page.py")
TABLE = "x1,x2,kind\n1,2,cat\n2,3,dog\n3,5,cat\n4,1,dog\n5,0,cat\n6,9,dog"
HOUSES = "size;rooms;price\n1,5;2;100,5\n2,5;3;200\n3,5;3;250\n4,5;5;400"


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    for name, text in query.items():
        app.query_params[name] = text
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def chosen(app: AppTest) -> ChosenData:
    found: ChosenData = app.session_state["chosen"]
    return found


def said(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def pasted(app: AppTest, text: str) -> AppTest:
    app.text_area[0].set_value(text)
    app.button[0].click()
    return checked(app.run())


def uploaded(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader[0].upload(name, data)
    return checked(app.run())


def with_value(app: AppTest, key: str, value: object) -> AppTest:
    app.get_by_key(key).set_value(value)
    return checked(app.run())


PRICES = 'price,sqft,sold\n"250,000",950,0\n"310,000","1,200",1\n"450,000","2,590",1\n"200,000",800,0'


def test_where_a_mark_can_be_read_in_two_ways_one_can_say_which_is_meant() -> None:
    app = pasted(opened(data="Own table"), PRICES)
    control = next(each for each in app.get("button_group") if "250,000" in each.label)
    assert control.label == "“250,000” in “price”, and the like in 1 other column, is read as"
    assert [*control.options] == ["250000", "250"]
    before = chosen(app).choice

    with_value(app, control.key, ",")
    assert chosen(app).choice != before


def test_it_opens_with_the_defaults() -> None:
    found = chosen(opened())

    assert found.choice == DataChoice("circles", 0.05, 250, 0.5, 0)
    assert (found.name, found.inputs, found.classes, found.loss) == ("Circles", ("x₁", "x₂"), ("A", "B"), "logistic")
    assert found.data.train_x.shape == found.data.test_x.shape == (125, 2)
    assert not found.own


def test_a_link_names_the_data() -> None:
    app = opened(data="Ripple", noise="0.2", points="100", train_share="0.7", data_seed="5")

    assert chosen(app).choice == DataChoice("ripple", 0.2, 100, 0.7, 5)
    assert chosen(app).loss == "squared"
    assert chosen(app).data.train_x.shape == (70, 2)
    assert chosen(app).function is DATA_SETS["ripple"].function


@pytest.mark.parametrize(
    ("key", "value"), [("data", "spirals"), ("noise", 0.3), ("points", 80), ("train_share", 0.2), ("data_seed", 3)]
)
def test_every_setting_changes_the_data(key: str, value: object) -> None:
    app = opened()
    before = chosen(app)
    after = chosen(with_value(app, key, value))

    assert after != before
    assert before.data.train_x.shape != after.data.train_x.shape or not torch.equal(
        before.data.train_x, after.data.train_x
    )


def test_equal_choices_are_equal_and_give_the_same_data() -> None:
    choice = DataChoice("moons", 0.1, 60, 0.5, 2)
    one, two, other = drawn_data(choice), drawn_data(choice), drawn_data(choice, "softmax")

    assert one == two
    assert hash(one) == hash(two)
    assert torch.equal(one.data.test_x, two.data.test_x)
    assert one != other
    assert other.data.train_y.shape == (30, 2)


def test_more_digits_than_there_are_are_not_asked_for() -> None:
    app = opened(data="Digits", points="2000")

    assert chosen(app).choice.points == 1797
    assert chosen(app).loss == "softmax"
    assert len(chosen(app).data.train_x) + len(chosen(app).data.test_x) == 1797
    assert said(app) == ["There are 1,797; all are used."]


def test_a_pasted_table_is_learnt_from() -> None:
    app = with_value(opened(), "data", OWN)
    assert said(app) == ["In use: Circles."]
    pasted(app, TABLE)
    found = chosen(app)

    assert said(app)[0] == "Pasted table: 6 rows, 3 columns."
    assert said(app)[1].startswith("“kind” has the classes cat, dog. 6 rows and 2 inputs are used;")
    assert found.own
    assert (found.name, found.inputs, found.classes) == ("Pasted table", ("x1", "x2"), ("cat", "dog"))
    assert (found.choice.points, found.choice.noise) == (6, 0.0)
    assert found.data.train_x.mean(dim=0).tolist() == pytest.approx([0, 0])
    assert found.data.train_x.std(dim=0, correction=0).tolist() == pytest.approx([1, 1])
    assert app.get_by_key("noise").disabled
    assert app.get_by_key("points").disabled


def test_an_uploaded_table_of_numbers_is_learnt_from() -> None:
    app = uploaded(opened(data="Own table"), "houses.csv", HOUSES.encode())
    found = chosen(app)

    assert said(app)[0] == "houses.csv: 4 rows, 3 columns."
    assert (found.loss, found.classes, found.inputs) == ("squared", (), ("size", "rooms"))
    assert found.data.train_y.mean().item() == pytest.approx(0)


def test_another_column_is_the_label() -> None:
    app = pasted(opened(data="Own table"), TABLE)
    first = chosen(app)
    app.selectbox[1].select_index(0)
    found = chosen(checked(app.run()))

    assert found.inputs == ("x2",)
    assert found.classes == ("1", "2", "3", "4", "5", "6")
    assert found.choice.label == 0
    assert found != first
    assert any(text == "Columns left out, text: “kind” (“cat” in row 2)." for text in said(app))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "There is nothing in it."),
        (b"1,2\n1,2\n1\n1,2\n", "Row 3 has 1 column, but row 1 has 2."),
        (b"\xff\xff", "The file is not text in UTF-8."),
    ],
)
def test_a_file_that_cannot_be_used_is_answered_and_the_table_stays(data: bytes, words: str) -> None:
    app = pasted(opened(data="Own table"), TABLE)
    before = chosen(app)
    uploaded(app, "<b>bad</b>.csv", data)

    assert said(app)[0].startswith(words)
    assert said(app)[0].endswith("The data stay as they were.")
    assert chosen(app) == before
    uploaded(app, "houses.csv", HOUSES.encode())
    assert said(app)[0] == "houses.csv: 4 rows, 3 columns."


def test_a_pasted_text_that_is_no_table_is_answered() -> None:
    app = pasted(opened(data="Own table"), "hello")

    assert said(app)[0] == "It has 1 column; at least 2 are needed: an input and the label. The data stay as they were."
    assert chosen(app).name == "Circles"


def test_a_label_that_cannot_be_learnt_is_answered_and_the_data_stay() -> None:
    app = pasted(opened(data="Own table"), TABLE)
    before = chosen(app)
    pasted(app, "a,y\n1,2\n2,2\n3,2\n4,2")

    assert said(app)[1].startswith("The label “y” is “2” in every row;")
    assert chosen(app) == before
    app.selectbox[1].select_index(0)
    checked(app.run())
    assert any("No column of numbers is left" in text for text in said(app))
    assert chosen(with_value(app, "data_seed", 7)).choice.seed == 7
    assert chosen(app).name == "Pasted table"


def test_a_table_of_the_wrong_kind_is_refused_and_the_data_stay() -> None:
    app = pasted(opened(only="numbers", small_data="Own table"), TABLE)

    assert any("Here numbers are learned; “kind” has 2 classes." in text for text in said(app))
    assert chosen(app).name == "Sine"
    houses = pasted(opened(only="classes", small_data="Own table"), HOUSES)
    assert any("Here classes are distinguished; “price” has numbers" in text for text in said(houses))
    assert chosen(houses).name == "Circles"


def test_the_lab_may_refuse_a_table() -> None:
    app = pasted(opened(only="classes", small_data="Own table"), "a,b,c,y\n1,2,3,0\n2,4,5,1\n3,1,1,0\n4,2,1,1")

    assert any(text.startswith("At most 2 inputs are shown here; the table has 3.") for text in said(app))
    assert chosen(app).name == "Circles"


def test_one_s_own_table_is_there_when_one_comes_back_to_it() -> None:
    app = pasted(opened(data="Own table"), TABLE)
    own = chosen(app)

    assert chosen(with_value(app, "data", "xor")).name == "XOR"
    assert chosen(with_value(app, "data", OWN)) == own


def test_the_address_holds_the_settings_by_their_names() -> None:
    assert [each.name for each in data_settings().table] == ["data", "noise", "points", "train_share", "data_seed"]
    assert [each.name for each in data_settings(("sine",), default="sine", prefix="width_", own=False).table] == [
        "width_data",
        "width_noise",
        "width_points",
        "width_train_share",
        "width_data_seed",
    ]
    assert OWN not in data_settings(own=False).data.options
