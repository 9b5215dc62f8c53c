"""The lecture's table in words: nothing in it but what was counted."""

from __future__ import annotations

from visualizer.engine.stacks.imagenet_2012 import compare_2012
from visualizer.lessons.counting_desk.compare.text import comparison, differences, verdict

ROWS = compare_2012()


def test_the_verdict_names_the_kernel_that_the_label_must_be() -> None:
    said = verdict(ROWS)
    assert "6 of 8 rows do" in said
    assert "printed as 11×11, but only **5×5** gives 307K parameters" in said
    assert "those of 1 row." in said


def test_the_table_has_every_row_with_all_readings() -> None:
    lines = comparison(ROWS).splitlines()
    assert len(lines) == 2 + len(ROWS) + 1
    assert {line.count("|") for line in lines} == {10}
    assert "| 307K | 223M | ≠\N{NO-BREAK SPACE}2,973,696 |" in lines[3]
    assert "| ≠\N{NO-BREAK SPACE}663,552 |" in lines[5]
    assert sum("≠" in line for line in lines) == 3
    assert "**61,618,208**" in lines[-1]


def test_the_differences_are_worked_out() -> None:
    said = differences(ROWS)
    assert "only 5×5 in 2 groups fits: 5 · 5 · 96 / 2 · 256 = 307,200" in said[0]
    assert "9.68 times as many" in said[0]
    assert "The paper has 2 groups here: 3 · 3 · 384 / 2 · 384 = 663,552" in said[1]
    assert "only 3×3 in 2 groups fits" in said[2]
    assert "55 · 55 · 34,848 = 105,415,200" in said[3]
    assert "832M is the sum of the printed rows, 832 million" in said[4]
    assert "885,120 parameters, which is not 884K" in said[5]
