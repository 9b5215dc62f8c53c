"""The answer: computed from the stack, for every kind of stack."""

from __future__ import annotations

import pytest

from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.presets import PRESETS
from visualizer.engine.stacks.text import parse_stack
from visualizer.lessons.counting_desk.answer import answer


def words(text: str) -> str:
    return answer(count_stack(parse_stack(text))).words


def test_the_2012_net_has_its_parameters_where_its_work_is_not() -> None:
    found = answer(count_stack(PRESETS["imagenet2012_slide"].stack))
    assert found.words == (
        "**95 % of the parameters** are in the fully connected layers, but **93 % of the work** is done by the "
        "convolutions. For one example, a weight of the convolutions is used 260 times on average, one of the fully "
        "connected layers once."
    )
    assert [each.value for each in found.figures] == ["61.6 million", "837 million", "8.29 MB"]
    assert found.more == ""


def test_both_may_be_in_one_place() -> None:
    assert words("1x9x9 conv50k9 flatten fc2").startswith(
        "**98 % of the parameters** are in the convolutions, and so is **98 % of the work**."
    )
    assert words("8 fc3").startswith("All weights and all the work are in the fully connected layers.")


@pytest.mark.parametrize("text", ["1x9x9", "1x9x9 relu max2", "1x9x9 conv8k20"])
def test_a_stack_without_weights_has_nothing_to_count(text: str) -> None:
    assert words(text) == "Nothing in this stack has weights: it has no parameters, and no work is counted."


def test_normalisation_alone_has_parameters_but_no_counted_work() -> None:
    assert words("3x9x9 bn") == "**100 % of the parameters** are in the batch normalisations; no work is counted."


def test_slide_21_is_told_whole() -> None:
    more = answer(count_stack(PRESETS["slide21_local"].stack)).more
    assert "16 billion weights" in more
    assert "40 million, 400 times fewer" in more
    assert "1,000, 40,000 times fewer again" in more
