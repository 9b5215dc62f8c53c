"""The view "Range test": its run, its verdict from results made by hand, and its figure."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from tests.labs.learning_rate.made import SETTINGS
from visualizer.engine.experiments.range_test import RangeTest, Suggestion
from visualizer.engine.experiments.rate_sweep import RateSweep
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.figure import inks
from visualizer.labs.learning_rate.range_test.run import STEPS, RangeResult, answer, run
from visualizer.labs.learning_rate.range_test.view import columns_of_test, figure_range_test
from visualizer.labs.learning_rate.settings import RATES

TEST = RangeTest(
    torch.tensor([0.01, 0.1, 1.0]).double(),
    torch.tensor([[1.0], [0.5], [math.nan]]).double(),
    torch.tensor([1.0]).double(),
)


def judged(steepest: float, loss: float) -> str:
    """The answer for a suggestion that ends at this loss, where the rates from 0.1 to 1 are good."""
    rates = torch.logspace(-2, 2, RATES, dtype=torch.float64)
    final = torch.where((rates > 0.09) & (rates < 1.1), 0.1, 0.8)
    losses = torch.cat([final, torch.tensor([loss]).double()])[None, :, None]
    losses = torch.cat([torch.ones_like(losses), losses])
    all_rates = torch.cat([rates, torch.tensor([steepest]).double()])
    never = torch.full((RATES + 1, 1), -1)
    sweep = RateSweep(all_rates, torch.tensor([0, 10]), 10, losses, losses * math.nan, losses, never)
    found = answer(SETTINGS, RangeResult(TEST, Suggestion(steepest / 10, steepest, steepest * 10), sweep))
    assert [figure.label for figure in found.figures] == ["Suggested", "Falls from – to", "Loss with it", "Best of 24"]
    return found.words


def test_the_run_is_the_test_and_then_the_sweep_with_the_suggestion() -> None:
    reports = list(run(SETTINGS))
    shares = [report.share for report in reports]
    assert shares == sorted(shares) and shares[-1] == 1
    first, last = reports[0].result, reports[-1].result
    assert first is not None and first.sweep is None and first.zones is None
    assert last is not None and last.sweep is not None and last.suggestion is not None
    assert len(last.test.rates) == STEPS
    assert float(last.sweep.rates[-1]) == last.suggestion.steepest
    assert len(last.sweep.rates) == RATES + 1


def test_where_the_loss_never_fell_the_sweep_has_no_suggestion() -> None:
    last = list(run(replace(SETTINGS, lowest=500.0, highest=1000.0, seeds=1)))[-1].result
    assert last is not None and last.suggestion is None and last.sweep is not None
    assert len(last.sweep.rates) == RATES
    assert answer(SETTINGS, last).words == "**No**: while the rate grew, the loss never fell."


@pytest.mark.parametrize(
    ("rate", "loss", "words"),
    [
        (0.5, 0.12, "**Yes**: the test suggests 0.5, and 0.11 to 0.82 is good. Training with it ends at 0.12"),
        (0.02, 0.7, "**Not here**: the test suggests 0.02, 5.5 times too small"),
        (9.1, 0.9, "**Not here**: the test suggests 9.1, 11 times too large"),
    ],
)
def test_the_sweep_says_whether_the_suggestion_was_right(rate: float, loss: float, words: str) -> None:
    assert words in judged(rate, loss)


def test_a_cancelled_test_has_no_answer_yet() -> None:
    assert answer(SETTINGS, RangeResult(TEST)).words == "The test is not at its end."


def test_the_figure_marks_what_is_read_off() -> None:
    plain = figure_range_test(TEST, None, (0.01, 1.0), inks(False), "loss")
    assert [trace.name for trace in plain.data] == ["each net", "median, smoothed"]
    assert list(plain.data[0].y) == [1.0, 0.5, None]
    assert not plain.layout.shapes
    marked = figure_range_test(TEST, Suggestion(0.01, 0.1, 0.2), (0.01, 1.0), inks(False), "loss")
    assert [shape.x0 for shape in marked.layout.shapes] == [0.01, 0.1, 0.2]
    assert [each.text for each in marked.layout.annotations] == ["falls", "steepest: 0.1", "lowest"]
    assert [each.x for each in marked.layout.annotations] == pytest.approx([-2, -1, math.log10(0.2)])


def test_the_table_holds_every_step() -> None:
    lines = csv_text(columns_of_test(TEST)).splitlines()
    assert lines[0] == "learning rate,net,training loss" and len(lines) == 4
