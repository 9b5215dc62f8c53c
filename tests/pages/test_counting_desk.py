"""The page "Layer calculator": its views answer, links are checked, code goes both ways, nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.engine.stacks.code.snippets import SNIPPETS
from tests.pages.opening import opened as opened_page
from tests.pages.test_grid_lessons import said, walks
from visualizer.engine.stacks.presets import PRESETS
from visualizer.engine.stacks.text import stack_text

PRESET, VIEW = "desk_preset", "desk_view"


def opened(**query: str) -> AppTest:
    return opened_page("counting_desk", **query)


def table(app: AppTest) -> dict[str, Any]:
    assert not app.exception
    data: dict[str, Any] = json.loads(app.get("bidi_component")[1].proto.json)
    return data


def answer(app: AppTest) -> str:
    return next(each.value for each in app.markdown if each.value.startswith("**Answer"))


def code(app: AppTest) -> str:
    return next(each.value for each in app.code if each.value.startswith("import torch"))


def view(app: AppTest, name: str) -> AppTest:
    return app.segmented_control(key=VIEW).set_value(name).run()


def test_opens_with_the_slides_net_and_its_answer() -> None:
    app = opened()
    assert app.subheader[0].value == "Where are a net’s parameters, and where is its work?"
    assert said(app) == ""
    assert table(app)["totals"]["parameters"] == "61,618,208"
    assert "**95 % of the parameters** are in the fully connected layers" in answer(app)
    assert len(app.get("image")) == 1


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_opens_by_its_link_and_answers(name: str) -> None:
    app = opened(**{PRESET: PRESETS[name].label})
    assert said(app) == ""
    assert len(table(app)["layers"]) == len(PRESETS[name].stack.layers)
    assert answer(app).startswith("**Answer.** ")


def test_a_link_brings_a_stack_of_its_own() -> None:
    app = opened(stack="1x28x28 conv8k5 relu max2 flatten fc10")
    assert [row["label"] for row in table(app)["layers"]][-1] == "fully connected"
    assert table(app)["totals"]["parameters"] == "11,738"
    assert app.selectbox(key=PRESET).value == "imagenet2012_slide"


def test_an_impossible_stack_is_shown_up_to_its_fault() -> None:
    app = opened(stack="1x28x28 conv8k5 max2 conv8k30 flatten fc10")
    assert table(app)["fault"]["at"] == 2
    assert "covers 30, but the input has 12" in table(app)["fault"]["words"]
    assert len(table(app)["layers"]) == 5
    assert answer(app).startswith("**Answer so far.** All weights")
    view(app, "code")
    assert not app.exception
    assert "This stack is invalid, so there is no code for it. Layer 3" in said(app)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("stack", "<script>alert(1)</script>"),
        ("stack", "1x28x28 " + "relu " * 300),
        ("stack", "x" * 10_000),
        ("stack", "1x28x28 conv9999999k9999999"),
        (PRESET, "nan"),
        (VIEW, "<b>"),
    ],
)
def test_a_hostile_link_gives_the_default_and_words(name: str, text: str) -> None:
    app = opened(**{name: text})
    assert table(app)["totals"]["parameters"] == "61,618,208"
    assert "can’t be read" in said(app) or "Not understood in the link" in said(app)


def test_the_2012_table_is_worked_out_and_opens_its_readings() -> None:
    app = opened(**{VIEW: "2012 table"})
    assert not app.exception
    text = " ".join(each.value for each in app.markdown)
    assert "but only **5×5** gives 307K parameters" in text
    assert "**15.3 %** for seven" in text
    app.button(key="open_imagenet2012").click().run()
    assert table(app)["totals"]["parameters"] == "60,965,224"
    assert app.selectbox(key=PRESET).value == "imagenet2012"


def test_the_choice_is_kept_from_view_to_view() -> None:
    app = opened(**{PRESET: PRESETS["vgg16"].label, "stack": "5 fc3"})
    for name in ("table2012", "code", "layers"):
        view(app, name)
    assert table(app)["totals"]["parameters"] == "18"
    assert app.selectbox(key=PRESET).value == "vgg16"


def test_code_goes_out_and_comes_in() -> None:
    app = opened(**{VIEW: "Code"})
    exported = code(app)
    assert "nn.Conv2d(96, 256, kernel_size=5, padding=2, groups=2, bias=False)" in exported
    app.selectbox(key=PRESET).set_value("lesson").run()
    app.text_area[0].set_value(exported).run()
    app.button(key="desk_take").click().run()
    assert "21 layers lie on the desk." in said(app)
    assert app.text_input(key="stack").value == stack_text(PRESETS["imagenet2012_slide"].stack)


def test_a_class_is_read_by_its_forward() -> None:
    app = opened(**{VIEW: "Code"})
    app.text_area[0].set_value(SNIPPETS["mnist"].code).run()
    app.button(key="desk_take").click().run()
    assert "12 layers lie on the desk. The input is taken to be 1 × 28 × 28." in said(app)
    assert app.text_input(key="stack").value == SNIPPETS["mnist"].text
    assert "nn.LogSoftmax(dim=1)" in code(app)
    app.text_area[0].set_value(SNIPPETS["mnist"].code.replace("self.conv2(x)", "x + self.conv2(x)")).run()
    app.button(key="desk_take").click().run()
    assert "Line 24: a sum or product of tensors, such as a residual x + …, can't be read" in said(app)
    assert "The stack stays as it was." in said(app)
    view(app, "layers")
    assert table(app)["totals"]["parameters"] == "1,199,882"


def test_what_can_not_be_read_is_said_beside_it_and_nothing_is_lost() -> None:
    app = opened(**{VIEW: "Code"})
    before = code(app)
    app.text_area[0].set_value("nn.Sequential(\n  nn.ReLU(),\n  __import__('os').abort())").run()
    app.button(key="desk_take").click().run()
    assert not app.exception
    assert "Line 3: there is no layer of that kind here: layers are Conv2d" in said(app)
    assert "The stack stays as it was." in said(app)
    assert code(app) == before
    assert "abort" in str(app.text_area[0].value)


def test_code_that_is_too_long_for_a_link_is_refused() -> None:
    app = opened(**{VIEW: "Code"})
    before = code(app)
    layer = "nn.Conv2d(99999, 99999, (3, 5), padding=(1, 2), bias=False),"
    app.text_area[0].set_value(f"nn.Sequential({layer * 100})").run()
    app.button(key="desk_take").click().run()
    assert "A link holds a stack of at most 2,000 characters, and this one would have more." in said(app)
    assert code(app) == before


def test_a_text_that_can_not_be_read_is_taken_back() -> None:
    app = opened(stack="5 fc3")
    app.text_input(key="stack").set_value("5 fc").run()
    assert "'fc' isn't understood: after fc come units" in said(app)
    assert table(app)["totals"]["parameters"] == "18"
    app.button(key="desk_take_back").click().run()
    assert said(app) == ""
    assert app.text_input(key="stack").value == "5 fc3"


def test_the_link_holds_the_stack() -> None:
    app = opened(stack="5 fc3")
    assert app.query_params["stack"] == "5 fc3"


# ---- the walk ----------------------------------------------------------------------------------------------------


def test_a_small_net_opens_as_a_walk_over_the_sample() -> None:
    app = opened(desk_view="walk", desk_preset="small")
    assert not app.exception
    assert len(walks(app)) == 1
    assert said(app) == ""


def test_a_net_that_is_too_large_says_so_and_offers_a_small_one() -> None:
    app = opened(desk_view="walk")
    assert "at most 20,000 are played" in said(app)
    assert len(walks(app)) == 1
    next(button for button in app.button if button.label == "Take a small net").click().run()
    assert said(app) == ""
    assert app.selectbox(key=PRESET).value == "small"


def test_a_flat_net_is_walked_without_an_image() -> None:
    app = opened(desk_view="walk", stack="4 fc3 tanh fc2", desk_goal="score", desk_class="2")
    assert not app.exception
    assert len(walks(app)) == 1


def test_a_link_brings_changed_numbers_of_the_walk() -> None:
    plain, changed = (opened(desk_view="walk", stack="4 fc2", **more) for more in ({}, {"desk_numbers": "a0.0~5"}))
    assert walks(plain)[0]["blob"] != walks(changed)[0]["blob"]
    assert "1 number is as you set it" in said(changed)


def test_a_text_that_cannot_be_read_is_said_over_the_walk() -> None:
    app = opened(desk_view="walk", desk_preset="small", stack="hello")
    assert not app.exception
    assert len(walks(app)) == 1
    assert said(app).count("The stack as text can’t be read") == 2  # in the panel, and over the walk
