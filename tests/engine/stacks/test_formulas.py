"""The formulas with numbers come to the counts that they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.engine.stacks.drawn import stacks
from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.formulas import Worked, summed
from visualizer.engine.stacks.presets import PRESETS
from visualizer.engine.stacks.stack import Stack


def evaluated(formula: str) -> int:
    """The sum of products in a formula; brackets hold products alone."""
    plain = formula.replace(",", "").replace("(", "").replace(")", "")
    total = 0
    for term in plain.split(" + "):
        product = 1.0
        for factor in term.split(" · "):
            over, _, under = factor.partition(" / ")
            product *= int(over) / int(under or 1)
        total += round(product)
    return total


def assert_adds_up(worked: Worked) -> None:
    formula, _, result = worked.numbers.rpartition(" = ")
    assert int(result.replace(",", "")) == worked.value
    if formula:
        assert evaluated(formula) == worked.value


@settings(max_examples=50)
@given(stacks())
def test_every_formula_comes_to_its_count(stack: Stack) -> None:
    for count in count_stack(stack).layers:
        for each in (count, *count.parts):
            for worked in (each.parameters, each.multiply_adds, each.memory):
                assert_adds_up(worked)


@pytest.mark.parametrize("name", PRESETS)
def test_every_formula_of_the_presets_comes_to_its_count(name: str) -> None:
    for count in count_stack(PRESETS[name].stack).layers:
        for worked in (count.parameters, count.multiply_adds, count.memory):
            assert_adds_up(worked)


def test_formulas_are_written_as_on_a_board() -> None:
    first, second = count_stack(PRESETS["imagenet2012"].stack).layers[0::4][:2]
    assert first.parameters.numbers == "11 · 11 · 3 · 96 + 96 = 34,944"
    assert first.shape == "96 maps; rows and columns: ⌊(227 − 11) / 4⌋ + 1 = 55"
    assert second.parameters.numbers == "5 · 5 · 96 / 2 · 256 + 256 = 307,456"
    assert second.multiply_adds.numbers == "256 · 27 · 27 · (5 · 5 · 96 / 2) = 223,948,800"


def test_equal_terms_of_a_sum_are_written_once() -> None:
    parts = [Worked(value, "", "") for value in (5, 5, 0, 7, 5)]
    assert summed(parts).numbers == "2 · 5 + 7 + 5 = 22"
    assert summed([Worked(0, "", "")]).numbers == "0 = 0"
