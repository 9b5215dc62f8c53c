"""The view "Rates": its run, its answer and its figures."""

from __future__ import annotations

import itertools
import math

import pytest
import torch

from tests.labs.learning_rate.made import SETTINGS, sweep_of
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.figure import inks
from visualizer.labs.learning_rate.rates.figures import (
    columns_of_curves,
    columns_of_final,
    figure_curves,
    figure_final,
    loss_limits,
)
from visualizer.labs.learning_rate.rates.run import answer, cost, run, zones_of

NAN = math.nan
INK = inks(False)
MADE = sweep_of(0.9, 0.3, 0.1, 0.15, 1.4, NAN, test=0.2)


def test_the_run_tells_how_far_it_is_and_ends_whole() -> None:
    reports = list(run(SETTINGS))
    assert reports[0].share == 0 and reports[-1].share == 1
    assert reports[-1].text == "Epoch 10 of 10"
    assert all(report.result is not None for report in reports)
    sweep = reports[-1].result
    assert sweep is not None and sweep.train_loss.shape == (11, 24, 2)
    again = list(run(SETTINGS))[-1].result
    assert again is not None and torch.equal(again.train_loss.nan_to_num(), sweep.train_loss.nan_to_num())
    assert cost(SETTINGS).seconds < 1


def test_the_answer_is_read_off_the_run() -> None:
    found = answer(SETTINGS, MADE)
    assert found.words.startswith("About **1**: there the logistic loss falls lowest, from 1.0 to 0.10. ")
    assert "Good is 1 to 10, a factor of 10: " in found.words
    assert [(figure.label, figure.value) for figure in found.figures] == [
        ("Best rate", "1"),
        ("Loss there", "0.10"),
        ("Good, from – to", "1 – 10"),
        ("Diverging from", "100"),
    ]
    assert "the lowest rate only gets to 0.90" in found.more
    assert (
        "Above, 2 rates are too large: with 2 at least half of the nets end above the loss they began with. In 1 net "
        "the loss is NaN, first at update 7."
    ) in found.more
    assert "On the test points 0.01 (the lowest tried) is best, with 0.20." in found.more


@pytest.mark.parametrize(
    ("losses", "words"),
    [
        ((0.1, 0.5, NAN), "No rate here is too small"),
        ((0.9, 0.5, 0.1), "No rate here is too large"),
        ((0.9, 0.1, 1.4), "Above, 1 rate is too large: with 1 at least half of the nets end above the loss they"),
        ((0.9, 0.1, 0.8), "Above, 1 rate is too large: 1 learns less well."),
        ((0.9, 0.1, 0.3, 0.7, 2.0), "3 rates are too large: 2 learn less well, and with 1 at least half of the nets"),
    ],
)
def test_each_side_is_told_as_it_is(losses: tuple[float, ...], words: str) -> None:
    assert words in answer(SETTINGS, sweep_of(*losses)).more


@pytest.mark.parametrize(
    ("losses", "words", "best"),
    [
        (
            (0.9, 0.5, 0.1),
            "**At least 1**: there the logistic loss falls lowest, from 1.0 to 0.10, and that is the highest"
            " rate tried. A higher one may be better",
            "at least 1",
        ),
        ((0.1, 0.5, NAN), "**At most 0.01**: there", "at most 0.01"),
    ],
)
def test_with_the_best_at_the_edge_nothing_is_called_good(losses: tuple[float, ...], words: str, best: str) -> None:
    sweep = sweep_of(*losses)
    found = answer(SETTINGS, sweep)
    assert words in found.words and "Good is" not in found.words
    assert [figure.value for figure in found.figures[::2]] == [best, "—"]
    figure = figure_final(sweep, zones_of(sweep), INK, "loss")
    assert "best" not in [trace.text[0] for trace in figure.data if trace.mode == "markers+text"]
    names = [each.text for each in figure.layout.annotations]
    assert "best tried" in names and "good" not in names


def test_good_rates_that_reach_the_edge_are_open_there() -> None:
    assert answer(SETTINGS, sweep_of(0.9, 0.1, 0.12)).figures[2].value == "from 0.1 on"
    assert answer(SETTINGS, sweep_of(0.12, 0.1, 0.9)).figures[2].value == "up to 0.1"


@pytest.mark.parametrize(
    ("losses", "words"), [((1.0, 1.0), "too small for so few epochs"), ((1.0, 2.0, NAN), "It diverges from 0.1 on")]
)
def test_where_nothing_works_the_answer_says_so(losses: tuple[float, ...], words: str) -> None:
    found = answer(SETTINGS, sweep_of(*losses))
    assert found.words.startswith("None of these rates lowers the loss from 1.")
    assert words in found.words


def test_the_curves_are_told_apart_by_zone_and_the_best_is_thick() -> None:
    figure = figure_curves(MADE, zones_of(MADE), INK, "loss")
    assert [trace.name for trace in figure.data] == ["too small"] * 2 + ["good"] * 2 + ["too large"] * 2
    assert [trace.line.width > 2 for trace in figure.data] == [False, False, True, False, False, False]
    assert [trace.line.dash for trace in figure.data] == ["dot"] * 2 + ["solid"] * 2 + ["dash"] * 2
    assert [trace.showlegend for trace in figure.data] == [True, False, True, False, True, False]
    assert list(figure.data[2].y) == [1.0, 0.1]
    assert list(figure.data[5].y) == [1.0, None]
    assert figure.data[2].hovertemplate.startswith("rate 1, good<br>")


def test_what_they_come_to_has_zones_and_crosses_for_what_is_lost() -> None:
    figure = figure_final(MADE, zones_of(MADE), INK, "loss", (0.5, 0.2, "suggested"))
    dots, crosses, median, best, suggested = figure.data
    assert list(dots.y) == [0.9, 0.3, 0.1, 0.15, 1.4]
    assert list(crosses.x) == [1000.0] and crosses.text == ("net 0: diverged from update 7 on",)
    assert list(median.y) == [0.9, 0.3, 0.1, 0.15, None, None]
    assert (best.x, best.y, best.text) == ((1.0,), (0.1,), ("best",))
    assert (suggested.x, suggested.text) == ((0.5,), ("suggested",))
    assert [each.text for each in figure.layout.annotations] == ["too small", "good", "too large"]
    ends = [(shape.x0, shape.x1) for shape in figure.layout.shapes]
    assert all(left[1] == right[0] for left, right in itertools.pairwise(ends))


def test_a_zone_without_rates_is_not_drawn() -> None:
    sweep = sweep_of(0.12, 0.1, 0.12)
    figure = figure_final(sweep, zones_of(sweep), INK, "loss")
    assert [each.text for each in figure.layout.annotations] == ["good"]
    nothing = sweep_of(1.0, 2.0)
    figure = figure_final(nothing, zones_of(nothing), INK, "loss")
    assert [each.text for each in figure.layout.annotations] == ["too small", "too large"]


def test_limits_hold_the_losses_and_some_room_above_the_start() -> None:
    low, high = loss_limits(torch.tensor([0.3, NAN, 0.0, 99.0]), torch.tensor([1.0, 2.0]))
    assert (low, high) == (pytest.approx(0.2), 8.0)
    assert loss_limits(torch.tensor([NAN]), torch.tensor([1.0])) == (0.4, 4.0)


def test_the_tables_hold_every_net() -> None:
    curves, final = columns_of_curves(MADE), columns_of_final(MADE, zones_of(MADE))
    assert len(csv_text(curves).splitlines()) == 1 + 2 * 6
    lines = csv_text(final).splitlines()
    assert lines[0] == "learning rate,net,training loss,test loss,diverged at update,zone"
    assert lines[3] == "1.0,0,0.1,0.2,-1,good"
    assert lines[6] == "1000.0,0,nan,0.2,7,too large"
