"""The home page: every lesson and every lab, and a line for an address that no page has."""

from __future__ import annotations

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from visualizer import FOLDER
from visualizer.lessons.one_hidden_layer.settings import read_link, settings_of
from visualizer.lessons.one_hidden_layer.state import NetLesson
from visualizer.site import catalogue
from visualizer.site.home import BROUGHT, QUESTIONS, SLIDES

MAIN = FOLDER / "site" / "main.py"


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(MAIN), default_timeout=30)


def test_every_slide_leads_to_its_page_in_the_lecture_s_order() -> None:
    assert [way.number for way in SLIDES] == sorted((way.number for way in SLIDES), key=int)
    assert {way.number for way in SLIDES} == {str(n) for n in range(5, 31)} - {"9", "14", "15", "20"}
    assert len(SLIDES) == sum(len(page.slides) for page in catalogue.PAGES)


def test_the_first_page_has_every_page_and_every_way(app: AppTest) -> None:
    app.run()

    assert not app.exception
    home = next(at.proto for at in app.get("bidi_component") if "home" in at.proto.component_name)
    targets = [unescape(found) for found in re.findall(r'data-page="([^"]*)"', home.html_content)]
    for page in catalogue.PAGES:
        assert page.url_path in targets
        assert page.image() in home.html_content
    paths = {page.url_path for page in catalogue.PAGES}
    for way in (*SLIDES, *QUESTIONS, *(way for ways in BROUGHT.values() for way in ways)):
        assert way.target in targets
        assert way.page in paths


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nowhere", "nowhere"),
        ("home", "home"),
        ("One-Hidden-Layer", "One-Hidden-Layer"),
        ("%3Cscript%3Ealert(1)%3C", "<script>alert(1)<"),
        ("**x**%0A", "**x**·"),
        ("x" * 3000, "x" * 29 + "…"),
    ],
)
def test_says_that_an_address_has_no_page(app: AppTest, address: str, said: str) -> None:
    app.context = {"url": f"http://localhost:8501/{address}"}
    app.run()

    assert not app.exception
    assert app.text[0].value == f"There is no page “{said}”, so this is the first page."


@pytest.mark.parametrize("address", ["", "one-hidden-layer"])
def test_says_nothing_where_there_is_a_page(app: AppTest, address: str) -> None:
    app.context = {"url": f"http://localhost:8501/{address}"}
    app.run()

    assert not app.text


@pytest.mark.parametrize(("number", "target"), [("6", "a1"), ("7", "grad_W2"), ("8", "grad_W1")])
def test_a_slide_opens_at_the_step_that_it_teaches(number: str, target: str) -> None:
    (slide,) = [slide for slide in catalogue.LESSONS[0].slides if slide.number == number]
    reading = read_link({name: [text] for name, text in slide.link.items()})
    trace = NetLesson(settings_of(reading.values)).trace

    assert trace.steps[int(slide.link["step"]) - 1].target.name == target
