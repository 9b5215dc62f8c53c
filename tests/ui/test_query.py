"""What a link got wrong is said in one line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from visualizer.ui.query import notice


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
