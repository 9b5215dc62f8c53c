"""Schedules and optimisers: their runs, their answers from results made by hand, and their figures."""

from __future__ import annotations

import inspect
import math
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from tests.labs.learning_rate.made import SETTINGS, sweep_of
from visualizer.engine.training.update.optimisers import OPTIMISERS as ENGINES
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.choices import OPTIMISER_NAMES
from visualizer.labs.kit.figure import inks
from visualizer.labs.learning_rate import optimisers, schedules
from visualizer.labs.learning_rate.comparison.run import Comparison, MethodResult, TrainingMethod, method_result
from visualizer.labs.learning_rate.comparison.view import (
    columns_at_own_rate,
    columns_over_rates,
    figure_at_own_rate,
    figure_over_rates,
)

NAN = math.nan
RECIPE = SETTINGS.recipe("sgd")


def result(name: str, *final: float, rate: float = 2.0) -> MethodResult:
    """A method whose rates 0.01, 0.1, … end at these losses; the last is its own rate."""
    sweep = sweep_of(*final)
    rates: Tensor = torch.cat([sweep.rates[:-1], torch.tensor([rate], dtype=torch.float64)])
    return method_result(TrainingMethod(name, RECIPE, rate), replace(sweep, rates=rates))


def test_the_schedules_run_one_after_the_other_over_all_rates_and_their_own() -> None:
    reports = list(schedules.run(SETTINGS))
    shares = [report.share for report in reports]
    assert shares == sorted(shares) and shares[-1] == 1
    last = reports[-1].result
    assert last is not None
    assert [each.method.name for each in last] == ["constant", "step", "cosine", "when learning slows"]
    assert [len(each.sweep.rates) for each in last] == [25] * 4
    assert [float(each.sweep.rates[-1]) for each in last] == [2.0] * 4
    constant, step, cosine, _ = (each.sweep.learning_rates[-1, -1, 0].item() for each in last)
    assert constant == 2.0 and step == pytest.approx(0.02) and cosine < 0.1


def test_the_optimisers_run_at_torchs_defaults() -> None:
    methods = optimisers.methods(SETTINGS)
    assert [method.recipe.optimiser for method in methods] == list(OPTIMISER_NAMES) == list(ENGINES)
    theirs = {
        "sgd": torch.optim.SGD,
        "momentum": torch.optim.SGD,
        "nesterov": torch.optim.SGD,
        "rmsprop": torch.optim.RMSprop,
        "adam": torch.optim.Adam,
        "adamw": torch.optim.AdamW,
    }
    for method in methods:
        defaults = inspect.signature(theirs[method.recipe.optimiser].__init__).parameters
        assert (method.rate, method.decay) == (defaults["lr"].default, defaults["weight_decay"].default)


@pytest.mark.parametrize(
    ("constant", "cosine", "words"),
    [
        ((0.5, 0.3, 0.4), (0.6, 0.2, 0.1), "**Yes**, at the rate 2: “cosine” ends at 0.10 instead of 0.40, 75 % less"),
        ((0.5, 0.3, 0.4), (0.6, 0.2, 0.4), "**No**, at the rate 2: kept constant it ends at 0.4"),
        ((0.5, 0.3, NAN), (0.6, 0.2, 0.1), "**Yes**, at the rate 2: kept constant it diverges"),
        ((0.5, 0.3, NAN), (0.6, 0.2, NAN), "At the rate 2 no: training diverges with every schedule."),
    ],
)
def test_whether_schedules_help_is_read_off_the_run(
    constant: tuple[float, ...], cosine: tuple[float, ...], words: str
) -> None:
    found = schedules.answer(SETTINGS, (result("constant", *constant), result("cosine", *cosine)))
    assert words in found.words


def test_schedules_are_also_compared_at_the_best_rate_of_each() -> None:
    helped = schedules.answer(SETTINGS, (result("constant", 0.5, 0.4, 0.9), result("step", 0.6, 0.1, 0.3)))
    assert "0.10 with “step” from 0.1 against 0.40 with a constant 0.1: 75 % less." in helped.words
    assert helped.figures[1].help == "Of one net."
    not_helped = schedules.answer(SETTINGS, (result("constant", 0.5, 0.1, 0.9), result("step", 0.6, 0.2, 0.3)))
    assert "At the best of all rates tried for each, it does not" in not_helped.words
    alone = schedules.answer(SETTINGS, (result("constant", 0.5, 0.1, 0.9),))
    assert alone.words == "There is nothing to compare yet."


def test_the_winner_among_optimisers_is_read_off_the_run() -> None:
    results = (
        result("SGD", 0.9, 0.2, 0.95, rate=0.001),
        result("RMSProp", 0.3, 0.4, 0.5, rate=0.01),
        result("Adam", 0.1, NAN, NAN, rate=0.001),
    )
    found = optimisers.answer(SETTINGS, results)
    assert found.words == (
        "At the defaults of torch.optim **RMSProp** ends lowest, at 0.50; last is Adam, which diverges, from 1.0 at "
        "the start. **Its default rate, 0.01, is 10 times those of the others**. With the best rate tried for each, "
        "Adam does best, as far as one net can tell: Adam 0.10, SGD 0.20, RMSProp 0.30."
    )
    assert [figure.value for figure in found.figures] == ["0.95", "0.50", "diverged"]
    assert found.more == "SGD's best rate, 0.1 (the highest tried), is 100 times its default."


@pytest.mark.parametrize(
    ("others", "words"),
    [([0.2, 0.3, 0.4], "**SGD** does best"), ([0.1, 0.3, 0.2], "SGD and Adam do best, within the spread")],
)
def test_a_winner_at_the_best_rates_is_named_only_beyond_the_spread(others: list[float], words: str) -> None:
    results = []
    for name, ends in (("SGD", [0.15, 0.1, 0.3]), ("Adam", others)):
        made = result(name, 0.9, 0.2, 0.95)
        final = torch.stack([torch.ones(3), torch.tensor(ends), torch.ones(3)]).double()
        losses = torch.stack([torch.ones_like(final), final])
        never = torch.full((3, 3), -1)
        sweep = replace(made.sweep, train_loss=losses, test_loss=losses, learning_rates=losses, diverged=never)
        results.append(method_result(made.method, sweep))
    results[0].sweep.train_loss[-1, -1] = 0.9
    assert words in optimisers.answer(SETTINGS, tuple(results)).words


def test_where_no_default_works_the_answer_says_so() -> None:
    found = optimisers.answer(SETTINGS, (result("SGD", 0.9, 0.2, 1.0), result("Adam", 0.9, 0.2, NAN)))
    assert found.words == "None: at its default rate no optimiser lowers the loss below 1.0."


COMPARED: Comparison = (result("one", 0.5, 0.3, 0.4), result("two", 0.6, 0.2, NAN))


def test_figures_have_a_line_for_each_and_a_mark_at_its_own_rate() -> None:
    curves = figure_at_own_rate(COMPARED, inks(False), "loss")
    lines = [trace for trace in curves.data if trace.name]
    assert [line.name for line in lines] == ["one, 2", "two, 2"]
    assert [list(line.y) for line in lines] == [[1.0, 0.4], [1.0, None]]
    assert len({line.line.dash for line in lines}) == 2
    final = figure_over_rates(COMPARED, inks(True), "loss")
    line, mark, _, lost = final.data
    assert list(line.y) == [0.5, 0.3] and (mark.x, mark.y) == ((2.0,), (0.4,))
    assert lost.y == (None,)


def test_tables_hold_every_way() -> None:
    assert len(csv_text(columns_at_own_rate(COMPARED)).splitlines()) == 1 + 2 * 2
    lines = csv_text(columns_over_rates(COMPARED)).splitlines()
    assert lines[1] == "one,0.01,0,0.5,nan" and lines[3] == "one,2.0,0,0.4,nan"
    assert len(lines) == 1 + 2 * 3
