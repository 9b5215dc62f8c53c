"""The home page: every lesson and every lab, and a line for an address that no page has."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from visualizer import frame
from visualizer.lessons.one_hidden_layer.lesson import Lesson
from visualizer.lessons.one_hidden_layer.table import read_link, settings_of

MAIN = Path(frame.__file__).parent / "main.py"


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(MAIN), default_timeout=30)


def test_lists_the_lessons_and_the_labs_by_slide(app: AppTest) -> None:
    app.run()

    assert not app.exception
    labels = [link.value for link in app.page_link]
    assert [label for label in labels if label.startswith("Slide")] == [
        f"Slide {slide.number}: {slide.teaches}" for page in frame.PAGES for slide in page.slides
    ]
    for kind, pages in (("lesson", (*frame.LESSONS, *frame.VISION)), ("lab", frame.LABS)):
        for page in pages:
            assert f"**Open the {kind} {page.title}**" in labels
            assert page.image().startswith("<svg")


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
    assert app.title[0].value == "Unrolled"
    assert app.text[0].value == f"There is no page “{said}”, so this is the first page."


@pytest.mark.parametrize("address", ["", "one-hidden-layer"])
def test_says_nothing_where_there_is_a_page(app: AppTest, address: str) -> None:
    app.context = {"url": f"http://localhost:8501/{address}"}
    app.run()

    assert not app.text


@pytest.mark.parametrize(("number", "target"), [("6", "a1"), ("7", "grad_W2"), ("8", "grad_W1")])
def test_a_slide_opens_at_the_step_that_it_teaches(number: str, target: str) -> None:
    (slide,) = [slide for slide in frame.LESSONS[0].slides if slide.number == number]
    reading = read_link({name: [text] for name, text in slide.link.items()})
    trace = Lesson(settings_of(reading.values)).trace

    assert trace.steps[int(slide.link["step"]) - 1].target.name == target
