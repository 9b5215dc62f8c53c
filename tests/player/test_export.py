"""A walk as one file."""

import re

from tests.player.test_payload import default_trace
from visualizer.player.export import notebook_html, to_html
from visualizer.scenes import draw


def test_the_file_stands_alone_and_is_small() -> None:
    trace = default_trace()
    page = to_html(trace, draw(trace))
    assert len(page.encode()) < 300_000
    assert not re.search(r'(src|href)\s*=\s*"', page)
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page


def test_texts_of_a_trace_are_no_markup() -> None:
    page = to_html(default_trace())
    assert page.count("</script>") == 1


def test_a_trace_shows_itself_in_a_notebook() -> None:
    frame = default_trace()._repr_html_()
    assert frame.startswith("<iframe")
    assert 'sandbox="allow-scripts"' in frame
    assert frame == notebook_html(default_trace())
