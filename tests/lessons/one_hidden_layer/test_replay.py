"""Iterations in a link: what was done comes back, number for number."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine import Ref
from visualizer.lessons.one_hidden_layer.history import MAX_ITERATIONS
from visualizer.lessons.one_hidden_layer.replay import LINKED_EDITS, past_of, past_text, replayed
from visualizer.lessons.one_hidden_layer.settings import settings_of
from visualizer.lessons.one_hidden_layer.state import NetLesson

XOR_ONE = settings_of({"preset": "xor", "batch": "one"})
REFS = st.sampled_from([Ref("W1", (0, 1)), Ref("b2", (0,)), Ref("x", (0, 0)), Ref("y", (0, 0)), Ref("W2", (0, 0))])
ACTS = st.lists(
    st.one_of(
        st.just("apply"),
        st.tuples(REFS, st.floats(-3, 3)),
        st.floats(0.01, 2.0),
        st.integers(1, 4),
    ),
    max_size=12,
)


def reopened(lesson: NetLesson) -> NetLesson:
    """The lesson as a link with its numbers and iterations opens it."""
    again = NetLesson(lesson.settings)
    start = LINKED_EDITS.parse(LINKED_EDITS.text(lesson.history.iterations[0].changed))
    text = past_text(lesson.history, lesson.settings)
    again.resume(replayed(again.settings, start, past_of(text or "0")))
    return again


@given(acts=ACTS)
def test_whatever_was_done_comes_back(acts: list[object]) -> None:
    lesson = NetLesson(XOR_ONE)
    for act in acts:
        if act == "apply":
            lesson.iterate("apply")
        elif isinstance(act, float):
            lesson.follow(replace(lesson.settings, learning_rate=act))
        elif isinstance(act, int):
            lesson.follow(replace(lesson.settings, example=act))
        elif isinstance(act, tuple):
            lesson.edit(*act)
    again = reopened(lesson)

    assert again.history.at == lesson.history.at
    assert again.history.losses == lesson.history.losses
    assert again.history.current.example == lesson.history.current.example
    for name, array in lesson.numbers.arrays.items():
        assert torch.equal(again.numbers.arrays[name], array)
    assert again.edits == lesson.edits


def test_an_iteration_looked_at_again_keeps_those_after_it() -> None:
    lesson = NetLesson(settings_of({}))
    for _ in range(4):
        lesson.iterate("apply")
    lesson.iterate(1)

    assert past_text(lesson.history, lesson.settings) == "4at1"
    assert reopened(lesson).history.losses == lesson.history.losses
    assert reopened(lesson).history.at == 1


def test_the_start_needs_no_words() -> None:
    lesson = NetLesson(settings_of({}))
    assert past_text(lesson.history, lesson.settings) == ""


@pytest.mark.parametrize("text", ["", "x", "-1", "1at2", str(MAX_ITERATIONS), "2_3r0.1", "2_1r", "2_1rnan", "2_1e9",
                                  "2_1e0", "2_1z0~1", "2_1m0.1~", "1_", "２"])  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        past_of(text)
