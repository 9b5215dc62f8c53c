"""The view "Dropout ≈ L2": its run, its answer and its figures."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from tests.labs.regularisation.made import NUMBERS, SETTINGS, sweep, sweeps, table
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.data_settings import DataChoice, drawn_data
from visualizer.labs.kit.figure import inks
from visualizer.labs.regularisation.dropout_l2.answer import answer, chance_limit, largest_errors
from visualizer.labs.regularisation.dropout_l2.exact import GRID, MAX_COLUMNS, Exact, degree_of, regression_of
from visualizer.labs.regularisation.dropout_l2.exact_figures import (
    expected_columns,
    figure_expected,
    figure_weights_over_p,
    largest_weights,
    weight_names,
    weights_over_p_columns,
)
from visualizer.labs.regularisation.dropout_l2.run import Alike, cost, known, matched, run
from visualizer.labs.regularisation.dropout_l2.view import figure_norms, figure_test_losses, matched_columns
from visualizer.labs.regularisation.settings import RegSettings
from visualizer.labs.regularisation.sweeps import Sweeps

INK = inks(False)
DIGITS = replace(SETTINGS, chosen=drawn_data(DataChoice("digits", 0.0, 60, 0.5, 0)), powers=3)


@pytest.fixture(scope="module")
def results() -> list[Alike]:
    return [report.result for report in run(SETTINGS) if report.result]


@pytest.fixture(scope="module")
def digits() -> Exact:
    return next(report.result for report in run(DIGITS) if report.result).exact


def nets(l2: list[list[float]], dropout: list[list[float]], ratio: float = 2.0) -> Sweeps:
    """L2 at 0.001, 0.01, 0.1 with training losses 0.1, 0.2, 0.3, and dropout of 0.2 and 0.4 with 0.15 and 0.25."""
    repeats = len(l2)
    return sweeps(
        sweep("l2", l2, train_loss=table([[0.1, 0.2, 0.3]] * repeats)),
        sweep(
            "dropout",
            dropout,
            train_loss=table([[0.15, 0.25]] * repeats),
            norm=torch.full((repeats, 2), ratio, dtype=torch.float64),
        ),
    )


def test_the_run_goes_from_the_regression_to_the_nets(results: list[Alike]) -> None:
    first, last = results[0], results[-1]
    assert first.exact.sampled is None and first.sweeps is None
    assert first.exact.names == ("x₁", "x₁²", "x₂", "x₂²")
    assert last.sweeps is not None and list(last.sweeps.kinds) == ["l2", "dropout"]
    assert last.exact.gap is not None and last.exact.gap < 1e-12
    assert largest_errors(last.exact) < 4.5
    assert last.exact.descended is not None and last.exact.descended_error is not None
    off = (last.exact.descended - last.exact.ridge_there) / last.exact.descended_error
    assert float(off.square().mean().sqrt()) < 2.5
    assert cost(SETTINGS).what.startswith("A linear regression, 52 nets 2-4-1")


def test_the_share_that_is_done_never_falls() -> None:
    shares = [report.share for report in run(replace(SETTINGS, chosen=NUMBERS.chosen, repeats=1))]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


def test_the_answer_of_a_run_is_worked_out_from_it(results: list[Alike]) -> None:
    found = answer(SETTINGS, results[-1])
    assert found.words.startswith("**For linear regression, yes**: on average dropout adds a ridge")
    assert "over all 16 masks the two differ by" in found.words
    assert f"by at most {largest_errors(results[-1].exact):.1f} standard errors" in found.words
    assert found.figures[0].label == "Off over all masks"
    assert "The regression learns from 18 points with 4 inputs, and drops these" in found.more
    assert answer(SETTINGS, results[0]).words == "There is nothing to compare yet."


def test_l2_of_the_same_training_loss_stands_between_two_strengths() -> None:
    found = matched(nets([[1.0, 2.0, 4.0]], [[1.5, 3.0]]))
    assert found is not None
    assert found.test_loss.tolist() == [[pytest.approx(1.5), pytest.approx(3.0)]]
    assert found.strength[0].tolist() == pytest.approx([10**-2.5, 10**-1.5])
    assert known(found) == [0, 1]
    assert matched(None) is None
    assert matched(sweeps(sweep("l2", [[1.0, 2.0]]))) is None


def exact_by_hand() -> Exact:
    two = torch.tensor([0.2, 0.4], dtype=torch.float64)
    return Exact(
        names=("x", "x²"),
        outputs=1,
        probabilities=two,
        plain=0.5,
        curve=0.5 + GRID,
        expected=0.5 + two,
        ridge=torch.stack([1 - GRID, GRID], dim=1),
        ridge_there=torch.stack([1 - two, two], dim=1),
        gap=2e-16,
        draws=100,
        sampled=0.5 + two + torch.tensor([0.01, -0.03]),
        sampled_error=torch.full((2,), 0.02, dtype=torch.float64),
    )


def verdict(made: Sweeps, settings: RegSettings = SETTINGS) -> str:
    return answer(settings, Alike(exact_by_hand(), made)).words


def test_nets_are_alike_or_not_beyond_the_spread() -> None:
    assert largest_errors(exact_by_hand()) == pytest.approx(1.5)
    same = nets([[1.0, 2.0, 4.0], [1.0, 2.0, 4.0]], [[1.4, 3.1], [1.6, 2.9]])
    assert "is that of L2, as far as 2 repeats can tell; its weights are 2.0 times as long" in verdict(same)
    other = nets([[1.0, 2.0, 4.0], [1.0, 2.0, 4.0]], [[1.4, 3.51], [1.6, 3.49]], ratio=1.0)
    words = verdict(other)
    assert "clearly differs from that of L2 at 1 of 2 probabilities, by at most 0.5 (higher)" in words
    assert "the weights are as long" in words


def test_where_no_strength_fits_as_closely_the_answer_says_so() -> None:
    made = nets([[1.0, 2.0, 4.0]], [[1.5, 3.0]])
    l2 = made.kinds["l2"]
    far = replace(
        made, kinds=made.kinds | {"l2": replace(l2, fits=replace(l2.fits, train_loss=l2.fits.train_loss + 1))}
    )
    assert "For nets it can't be said" in verdict(far)


def test_chance_alone() -> None:
    assert chance_limit(1) == pytest.approx(1.96, abs=0.001)
    assert chance_limit(10) == pytest.approx(2.80, abs=0.01)


def test_as_many_columns_as_all_masks_can_be_tried_of(digits: Exact) -> None:
    assert degree_of(DIGITS) == 1 and degree_of(replace(SETTINGS, powers=6)) == 6
    assert regression_of(DIGITS).x.shape == (30, MAX_COLUMNS)
    assert len(digits.names) == MAX_COLUMNS and digits.outputs == 10
    names = weight_names(digits, DIGITS.chosen.classes)
    assert len(names) == digits.ridge.shape[1] == 120
    assert names[0] == f"{digits.names[0]} to 0" and names[-1].endswith(" to 9")
    found = answer(DIGITS, Alike(replace(digits, sampled=digits.expected, sampled_error=digits.expected)))
    assert "with 12 inputs (the 12 that vary most)" in found.more


def test_the_figures_of_the_regression() -> None:
    exact = exact_by_hand()
    figure = figure_expected(exact, INK)
    curve, plain, sampled = figure.data
    assert list(plain.y) == [0.5, 0.5] and len(curve.x) == len(GRID)
    assert list(sampled.error_y.array) == pytest.approx([0.04, 0.04])
    assert list(sampled.customdata) == pytest.approx([0.5, -1.5])
    partial = replace(exact, sampled=None, sampled_error=None)
    assert len(figure_expected(partial, INK).data) == 2
    assert [trace.name for trace in figure_weights_over_p(partial, (), INK).data] == ["w of x", "w of x²"]
    assert len(csv_text(expected_columns(partial)).splitlines()) == 3
    assert len(csv_text(weights_over_p_columns(partial, ())).splitlines()) == 5


def test_a_perfect_fit_does_not_stretch_the_axis() -> None:
    perfect = replace(exact_by_hand(), plain=1e-28, curve=GRID + 1e-28)
    low, high = figure_expected(perfect, INK).layout.yaxis.range
    assert high - low < 5


def test_the_largest_weights_are_drawn_with_marks_where_dropout_ends(digits: Exact) -> None:
    assert len(largest_weights(digits)) == 6
    there = replace(digits, descended=digits.ridge_there, descended_error=0.1 * digits.ridge_there.abs())
    figure = figure_weights_over_p(there, DIGITS.chosen.classes, INK)
    assert len(figure.data) == 12
    hostile = replace(exact_by_hand(), names=("<b>x</b>", "%{x}"))
    names = [trace.name for trace in figure_weights_over_p(hostile, (), INK).data]
    assert names[0] == "w of &lt;b&gt;x&lt;/b&gt;" and "%{" not in names[1]


def test_the_figures_of_the_nets() -> None:
    made = matched(nets([[1.0, 2.0, 4.0]], [[1.5, math.nan]]))
    assert made is not None and known(made) == [0]
    losses = {trace.name: trace for trace in figure_test_losses(made, INK, "loss").data if trace.name}
    assert list(losses["dropout"].y) == [1.5, None]
    assert list(losses["L2 of the same training loss"].customdata) == ["0.0032", "0.032"]
    assert list(losses["training, both"].y) == [0.15, 0.25]
    norms = [trace for trace in figure_norms(made, INK).data if trace.name]
    assert list(norms[0].y) == [2.0, 2.0] and list(norms[1].y) == [1.0, 1.0]
    lines = csv_text(matched_columns(made)).splitlines()
    assert len(lines) == 3 and lines[1].startswith("0.2,0,0.15,1.5,2.0,0.00316")
