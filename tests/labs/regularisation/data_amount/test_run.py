"""The view "How much data?": its run, its answer and its figures."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from tests.labs.regularisation.made import SETTINGS, amount, table
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.figure import inks
from visualizer.labs.regularisation.data_amount.answer import answer, worth
from visualizer.labs.regularisation.data_amount.reading import enough, halved, helps_up_to, reached
from visualizer.labs.regularisation.data_amount.run import Amount, cost, refusal_of, run, sizes_of
from visualizer.labs.regularisation.data_amount.view import amount_columns, figure_amount, figure_gap
from visualizer.labs.regularisation.shown import Shown, shown_of

INK = inks(False)
LOSS = Shown("loss")
MADE = amount([[8.0, 4.0, 2.0, 1.0], [8.2, 4.2, 2.2, 1.24]], [[3.0, 2.0, 1.5, 1.5], [3.2, 2.1, 1.7, 1.8]])
"""Without regularisation every doubling halves the test loss; with it it is lower up to 40 points, then higher."""


def test_the_run_grows_size_by_size() -> None:
    results = [report.result for report in run(SETTINGS) if report.result]
    sizes = sizes_of(SETTINGS)
    assert sizes[-1] == SETTINGS.trained == 18 and sizes[0] == 5
    assert [each.sizes for each in results] == [sizes[: count + 1] for count in range(len(sizes))]
    last = results[-1]
    assert last.curve("test_loss").shape == (2, 2, len(sizes))
    again = [report.result for report in run(SETTINGS) if report.result][-1]
    assert torch.equal(again.curve("test_loss"), last.curve("test_loss"))
    assert cost(SETTINGS).seconds < 1
    assert f"{4 * len(sizes)} nets 2-4-1" in cost(SETTINGS).what


def test_at_strength_0_both_nets_are_the_same() -> None:
    *_, last = run(replace(SETTINGS, strength=0.0))
    assert last.result is not None
    without, regularised = last.result.curve("test_loss")
    torch.testing.assert_close(without, regularised)


@pytest.mark.parametrize(("trained", "first"), [(500, 10), (18, 5), (8, 2)])
def test_sizes_rise_to_the_whole_training_set(trained: int, first: int) -> None:
    data = SETTINGS.data
    x, y = data.train_x[:1].repeat(trained, 1), data.train_y[:1].repeat(trained, 1)
    chosen = replace(SETTINGS.chosen, data=replace(data, train_x=x, train_y=y))
    sizes = sizes_of(replace(SETTINGS, chosen=chosen))
    assert (sizes[0], sizes[-1]) == (first, trained)
    assert list(sizes) == sorted(set(sizes))


def test_too_few_points_are_refused_in_words() -> None:
    assert refusal_of(SETTINGS) == ""
    data = SETTINGS.data
    few = replace(data, train_x=data.train_x[:5], train_y=data.train_y[:5])
    small = replace(SETTINGS, chosen=replace(SETTINGS.chosen, data=few))
    assert refusal_of(small).startswith("With at most 5 points to train on there is no curve; at least 8 are needed.")


def test_readings_by_hand() -> None:
    assert reached([10, 20, 40], [8.0, 4.0, 2.0], 4.0) == 20
    assert reached([10, 20], [8.0, 4.0], 6.0) == pytest.approx(10 * 2**0.5)
    assert reached([10, 20], [8.0, 4.0], 1.0) is None
    assert halved((10, 20, 40), table([[1.0, 6.0, 3.0]])) == (1, 40)
    assert halved((10, 20), table([[2.0, 1.5]])) == (0, None)
    assert enough((10, 20, 40), table([[2.0, 1.05, 1.0]])) == pytest.approx(10 * 2 ** (0.9 / 0.95))
    assert enough((10, 20), table([[1.0, 1.0]])) == 10
    assert enough((10, 20, 40), table([[1.0, 2.0, 1.0]])) == pytest.approx(20 * 2**0.9)
    assert helps_up_to(MADE.curve("test_loss")) == (2, 3)
    assert worth(MADE)[0] == 0 and 20 < (worth(MADE)[1] or 0) < 40


def test_the_answer_is_read_off_the_curves() -> None:
    found = answer(SETTINGS, MADE)
    assert found.words.startswith(
        "Without regularisation **about 74 points** lower the test loss to within 10 % of what 80 do"
    )
    assert "is largest at 10 points, 8.10; **2.0 times as much data**, 20 points, halves it." in found.words
    assert (
        "The last step, from 40 to 80 points without regularisation, still lowers the test loss, by 0.98 ± 0.02."
        in found.more
    )
    assert "L2 with λ = 0.01 clearly lowers the test loss up to 40 points." in found.more
    assert "With 80 points it raises it: there it is too strong." in found.more
    assert [figure.label for figure in found.figures] == [
        "Enough without",
        "Enough with L2",
        "Halves the gap",
        "With L2, 10 are worth",
    ]
    assert found.figures[2].value == "× 2.0"


def test_the_answer_changes_where_the_run_does() -> None:
    flat = amount([[2.0, 1.0, 1.0], [2.0, 1.1, 1.0]], [[2.0, 1.2, 1.1], [2.1, 1.0, 1.0]])
    found = answer(SETTINGS, flat)
    assert "no longer clearly lowers the test loss" in found.more
    assert "clearly lowers the test loss at no size" in found.more
    one = amount([[2.0, 1.0]], [[1.0, 0.5]])
    assert answer(replace(SETTINGS, repeats=1), one).more.startswith("One repeat has no spread")
    slow = amount([[2.0, 1.9], [2.0, 1.9]], [[2.0, 1.9], [2.0, 1.9]])
    assert "is never halved here" in answer(SETTINGS, slow).words
    lost = amount([[math.nan, 1.9]], [[2.0, 1.9]])
    assert answer(SETTINGS, lost).words.startswith("It can't be said: training diverges.")
    assert answer(SETTINGS, Amount((10,), MADE.fits[:1])).words == "There is nothing to compare yet."


def test_the_figures_have_both_nets_and_half_of_the_gap() -> None:
    figure = figure_amount(MADE, 80, "L2", LOSS, INK)
    lines = {trace.name: trace for trace in figure.data if trace.name}
    assert list(lines) == ["test, none", "training, none", "test, L2", "training, L2"]
    assert list(lines["test, none"].y) == pytest.approx([8.1, 4.1, 2.1, 1.12])
    assert lines["test, none"].line.dash != lines["training, none"].line.dash
    gap = figure_gap(MADE, 80, "L2", LOSS, INK)
    half = gap.data[-1]
    assert half.name == "half the gap: 2.0 × the data"
    assert list(half.y) == pytest.approx([4.05, 4.05, 0])
    errors = figure_gap(MADE, 80, "L2", shown_of(SETTINGS, True), INK)
    assert errors.layout.yaxis.title.text == "test − training error"


def test_a_run_that_has_just_begun_is_drawn() -> None:
    begun = Amount(MADE.sizes[:1], MADE.fits[:1])
    assert len(figure_amount(begun, 80, "L2", LOSS, INK).data) == 6
    assert len(figure_gap(begun, 80, "L2", LOSS, INK).data) == 4


def test_the_table_holds_every_net() -> None:
    lines = csv_text(amount_columns(MADE, "L2")).splitlines()
    assert len(lines) == 1 + 4 * 2 * 2
    assert lines[1].startswith("10,none,0,0.0,8.0,") and lines[4].startswith("10,L2,1,0.0,3.2,")
