"""Formulas break before an operator only, and no bracket or factor is left alone in a row."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.browser.bare_player import BarePlayer
from tests.browser.grid_lessons import CONVOLUTION, POOLING, walk_of
from tests.browser.test_recurrent import trace_of
from tests.player.test_payload import default_trace
from visualizer.engine import Trace

OPERATORS = set("=≈+−·")
WALKS = {
    "net": default_trace,
    "LSTM": lambda: trace_of(text="abbabaabbaba"),
    "RNN": lambda: trace_of(cell="rnn", units=4, sequence_of="numbers"),
    "convolution": lambda: walk_of(CONVOLUTION, {}),
    "pooling": lambda: walk_of(POOLING, {}),
}


def badly_broken(rows: list[list[str]]) -> bool:
    """Whether a row after the first begins without an operator, or is a lone factor."""
    for before, row in pairwise(rows):
        lone = row[0] == "·" and len(row) == 2
        if lone or not (row[0] in OPERATORS or before[-1] == ","):
            return True
    return False


@pytest.mark.parametrize("name", WALKS)
def test_formulas_break_before_operators(bare_player: BarePlayer, name: str) -> None:
    trace: Trace = WALKS[name]()
    steps = list(range(0, len(trace) + 1, max(1, len(trace) // 150)))
    for width, shown in bare_player.rows(trace, steps, [320, 390, 768, 1100, 1366, 1920]).items():
        assert [rows for rows in shown if badly_broken(rows)] == [], width


def test_a_bracket_that_fits_stays_whole(bare_player: BarePlayer) -> None:
    trace = trace_of(text="abbabaabbaba")
    for width, shown in bare_player.rows(trace, list(range(300, 400)), [390, 768, 1366]).items():
        lines = [rows for rows in shown if any("(" in row for row in rows)]
        assert len(lines) > 100, width
        assert [rows for rows in lines if any(row.count("(") != row.count(")") for row in rows)] == [], width


def test_a_row_that_is_badly_broken_is_noticed() -> None:
    assert badly_broken([["a", "=", "b", "·", "(", "1"], [")"]])
    assert badly_broken([["a", "=", "b"], ["·", "0.5"]])
    assert not badly_broken([["a", "=", "b"], ["·", "0.5", "·", "0.25"]])
