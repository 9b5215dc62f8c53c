"""The frame of a lab: the run starts by itself, is cancelled, taken up, refused; the result before stays."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.labs.lab_script import FOR_EVER, TOO_LONG, UNLUCKY


def script() -> None:
    from tests.labs.lab_script import page

    page()


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(script, default_timeout=30)
    for name, text in query.items():
        app.query_params[name] = text
    return app.run()


def counted_to(app: AppTest, number: int) -> AppTest:
    return app.number_input[0].set_value(number).run()


def answered(app: AppTest) -> str:
    return " ".join(each.value for each in app.markdown)


def captions(app: AppTest) -> str:
    return " ".join(each.value for each in app.caption)


def figures(app: AppTest) -> list[str]:
    return [each.value for each in app.text]


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_the_run_starts_by_itself_and_is_answered_from_its_result() -> None:
    app = opened()
    assert not app.exception
    assert app.subheader[0].value == "How far does it count?"
    assert figures(app) == ["figure of 3"]
    assert answered(app) == "**Answer.** It got to 3. So."
    assert (app.metric[0].label, app.metric[0].value) == ("Reached", "3")
    assert buttons(app) == []
    assert [each.value for each in app.code] == ["below the answer 3"]


def test_the_settings_are_in_the_address() -> None:
    assert "It got to 5." in answered(opened(count_to="5"))
    app = counted_to(opened(), 7)
    assert "It got to 7." in answered(app)


def test_a_bad_link_is_said_and_the_default_runs() -> None:
    app = opened(count_to="1e9")
    assert "Not understood in the link" in " ".join(figures(app))
    assert "It got to 3." in answered(app)


def test_a_run_under_way_shows_what_there_is_and_can_be_cancelled_and_taken_up() -> None:
    app = counted_to(opened(), FOR_EVER)
    assert buttons(app) == ["Cancel"]
    assert figures(app) == ["figure of 0"]
    assert "The answer follows when the run is done." in app.get("progress")[0].proto.text
    app.button[0].click().run()
    assert "Cancelled at 0 %" in captions(app)
    assert answered(app).startswith("**Answer so far.** It got to far.")
    assert buttons(app) == ["Go on"]
    app.button[0].click().run()
    assert buttons(app) == ["Cancel"]


def test_what_takes_too_long_is_refused_and_the_result_before_stays() -> None:
    app = counted_to(opened(), TOO_LONG)
    assert app.warning[0].value == (
        "Counting to 99 would take about 60 minutes; the limit is 30 seconds. Try smaller numbers. "
        "The previous result stays on screen until then."
    )
    assert captions(app) == "Result for the previous settings:"
    assert figures(app) == [app.warning[0].value, "figure of 3"]
    assert answered(app) == ""
    assert "It got to 4." in answered(counted_to(app, 4))


def test_a_failure_is_said_in_words_and_the_result_before_stays() -> None:
    app = counted_to(opened(), UNLUCKY)
    assert not app.exception
    assert app.warning[0].value == "Must not be 13. The previous result stays on screen until then."
    assert figures(app) == [app.warning[0].value, "figure of 3"]


@pytest.mark.parametrize("number", [UNLUCKY, TOO_LONG])
def test_a_first_visit_with_settings_that_make_no_run_only_says_why(number: int) -> None:
    app = opened(count_to=str(number))
    assert not app.exception
    assert "stays" not in app.warning[0].value
    assert figures(app) == [app.warning[0].value]
