"""The view "Strength": its run, its answer and its figures."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
import torch

from tests.labs.regularisation.made import MADE, NUMBERS, SETTINGS, sweep, sweeps
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.figure import inks
from visualizer.labs.regularisation.shown import Shown, shown_of
from visualizer.labs.regularisation.strength.answer import answer
from visualizer.labs.regularisation.strength.figures import figure_strengths, sweeps_axis
from visualizer.labs.regularisation.strength.reading import ranked, zones_of
from visualizer.labs.regularisation.strength.view import KINDS, cost, run, sweep_columns
from visualizer.labs.regularisation.sweeps import STRENGTHS
from visualizer.labs.regularisation.weight_figures import (
    figure_near_zero,
    figure_weights,
    weight_columns,
    weight_shares,
)

INK = inks(False)
LOSS = Shown("loss")


def test_the_run_ends_with_every_kind_and_is_the_same_again() -> None:
    reports = list(run(SETTINGS))
    assert all(before.share <= after.share for before, after in itertools.pairwise(reports))
    assert reports[-1].share == pytest.approx(1)
    whole = [report.result for report in reports if report.result]
    assert [list(each.kinds) for each in whole] == [list(KINDS[: count + 1]) for count in range(len(KINDS))]
    found = whole[-1]
    for kind in KINDS:
        assert found.kinds[kind].fits.test_loss.shape == (2, len(STRENGTHS[kind]))
    again = list(run(SETTINGS))[-1].result
    assert again is not None
    assert torch.equal(again.kinds["dropout"].fits.test_loss, found.kinds["dropout"].fits.test_loss)
    assert cost(SETTINGS).seconds < 1


def test_a_strength_of_next_to_nothing_is_as_none_and_a_large_one_leaves_no_weights() -> None:
    found = list(run(replace(SETTINGS, epochs=200, rate=0.1)))[-1].result
    assert found is not None
    none, l2, l1 = (found.kinds[kind].fits for kind in ("none", "l2", "l1"))
    torch.testing.assert_close(l2.train_loss[:, 0], none.train_loss[:, 0], atol=0.01, rtol=0)
    assert bool((l2.norm[:, 0] > 100 * l2.norm[:, -1]).all())
    assert bool((l1.near_zero[:, -1] > 0.9).all()) and bool((none.near_zero < 0.2).all())


def test_the_answer_names_the_best_and_who_is_not_behind() -> None:
    found = answer(SETTINGS, MADE)
    assert found.words.startswith(
        "**L2 with λ = 0.01** helps most: it takes the test loss from 1.05 to 0.440, "
        "lower in 2 of 2 repeats, by 0.61 ± 0.01. Of the test points 20 % are wrong without any, 20 % with it"
        ": no clear difference. "
    )
    assert "Clearly behind: dropout of 0.2 (0.500), early stopping (0.555), L1 with λ = 0.1 (0.750)" in found.words
    assert [(figure.label, figure.value) for figure in found.figures] == [
        ("None", "1.05"),
        ("Early stopping", "0.555"),
        ("L2, 0.01", "0.440"),
        ("L1, 0.1", "0.750"),
        ("Dropout, 0.2", "0.500"),
    ]
    assert "ended 2 of 2 trainings, after 7 to 12 epochs" in found.more
    assert (
        "**L2** does best at 0.01; the test loss is clearly higher up to 0.001 (too weak) and from 0.1 on (too strong)."
    ) in found.more
    assert (
        "**Dropout** does best at 0.2 (the weakest tried); the test loss is clearly higher from 0.4 on (too strong)."
    ) in found.more
    assert "At its best, 50 % of its weights are nearly 0" in found.more
    assert "Each net learns from 18 points. The loss on 21 others chooses" in found.more


def test_where_nothing_helps_the_answer_says_so() -> None:
    worse = sweeps(sweep("none", [[1.0], [1.0]]), sweep("l2", [[1.2, 1.3], [1.3, 1.4]]))
    assert answer(SETTINGS, worse).words.startswith(
        "**None helps here**: without any the test loss is 1.00; nearest is L2"
    )
    unclear = sweeps(sweep("none", [[1.0], [1.0]]), sweep("l2", [[0.2, 1.3], [1.1, 1.4]]))
    assert answer(SETTINGS, unclear).words.startswith("**None helps clearly**: L2 with λ = 0.001 takes the test loss")
    assert "no clear difference" in answer(SETTINGS, unclear).words
    one = sweeps(sweep("none", [[1.0]]), sweep("l2", [[0.2, 1.3]]))
    assert "one repeat has no spread" in answer(SETTINGS, one).words


def test_a_clear_gain_goes_before_a_larger_one_that_is_chance() -> None:
    made = sweeps(sweep("none", [[1.0], [1.0]]), sweep("l2", [[0.0], [0.9]]), sweep("l1", [[0.5], [0.51]]))
    found = answer(SETTINGS, made).words
    assert found.startswith("**L1 with λ = 0.001** helps most")
    assert "Not clearly behind: L2 with λ = 0.001 (0.450)" in found


def test_a_tie_has_no_winner_and_error_stands_beside_loss() -> None:
    made = sweeps(
        sweep("none", [[1.0], [1.1]], test_error=torch.tensor([[0.3], [0.32]])),
        sweep("early", [[0.41], [0.4]], test_error=torch.tensor([[0.2], [0.2]])),
        sweep("l2", [[0.4, 0.9], [0.4, 0.9]], test_error=torch.tensor([[0.3, 0.3], [0.32, 0.3]])),
        sweep("l1", [[0.8, 0.9], [0.2, 0.9]]),
    )
    assert answer(SETTINGS, made).words == (
        "**L2 with λ = 0.001 and early stopping help about equally**: they take the test loss from 1.05 to 0.400 and "
        "0.405. Of the test points 31 % are wrong without any, 31 % and 20 % with it: not in all a clear difference. "
        "Not clearly behind: L1 with λ = 0.001 (0.500)."
    )
    made.kinds["l2"].fits.test_error[:] = 0.2
    assert "31 % are wrong without any, 20 % with each. Not" in answer(SETTINGS, made).words


def test_what_diverged_is_not_ranked_and_without_anything_there_is_no_answer() -> None:
    lost = sweeps(sweep("none", [[math.nan], [1.0]]), sweep("l2", [[0.5], [0.6]]), sweep("l1", [[math.nan], [0.6]]))
    assert [each.kind for each in ranked(lost)] == ["l2"]
    assert answer(SETTINGS, lost).words.startswith("Without regularisation training diverges; **L2 with λ = 0.001**")
    assert answer(SETTINGS, sweeps(sweep("none", [[1.0]]))).words == "There is nothing to compare yet."


def test_numbers_have_no_error() -> None:
    made = sweeps(
        sweep("none", [[1.0], [1.0]], test_error=torch.full((2, 1), math.nan)),
        sweep("l2", [[0.5], [0.6]], test_error=torch.full((2, 1), math.nan)),
    )
    assert "Of the test points" not in answer(NUMBERS, made).words


def test_the_figure_has_both_losses_the_levels_and_the_chosen_strength() -> None:
    figure = figure_strengths(MADE, "l2", LOSS, INK)
    lines = {trace.name: list(trace.y) for trace in figure.data if trace.name}
    assert lines["test"] == pytest.approx([0.96, 0.44, 0.85])
    assert lines["training"] == pytest.approx([0.48, 0.22, 0.425])
    assert lines["none"] == pytest.approx([1.05, 1.05]) and lines["early stop"] == pytest.approx([0.555, 0.555])
    best = figure.data[-1]
    assert (best.x, best.y) == ((0.01,), (pytest.approx(0.44),))
    assert [each.text for each in figure.layout.annotations] == ["overfits", "underfits"]
    assert figure.layout.xaxis.type == "log" and figure.layout.yaxis.type == "linear"


def test_dropout_is_drawn_on_a_linear_axis_with_a_gap_where_it_diverged() -> None:
    figure = figure_strengths(MADE, "dropout", LOSS, INK)
    test = next(trace for trace in figure.data if trace.name == "test")
    assert list(test.y)[2] is None
    assert figure.layout.xaxis.type == "linear"
    (zone,) = figure.layout.shapes
    assert (zone.x0, zone.x1) == (pytest.approx(0.3), 1.0)


def test_losses_far_apart_get_a_logarithmic_axis_and_errors_never() -> None:
    far = sweeps(sweep("none", [[1.0]]), sweep("l2", [[0.001, 0.5]]))
    assert sweeps_axis(far, LOSS).log
    assert not sweeps_axis(far, shown_of(SETTINGS, True)).log
    assert not sweeps_axis(sweeps(sweep("none", [[math.nan]])), LOSS).log
    limits = sweeps_axis(MADE, LOSS).limits
    assert limits is not None and limits[0] == 0 and limits[1] > 1.1


def test_zones_are_those_of_the_sweep() -> None:
    zones = zones_of(MADE.kinds["l2"])
    assert (zones.best, zones.overfits, zones.underfits) == (1, 0, 2)


def test_the_weights_of_all_repeats_are_shares_of_them() -> None:
    figure = figure_weights(MADE, "l2", 1, INK)
    bars, none = figure.data
    assert sum(share for share in bars.y if share) == pytest.approx(1)
    assert bars.name == "L2 with λ = 0.01" and none.name == "none"
    assert float(bars.x[0]) == pytest.approx(-2 + 2 / 61)
    assert weight_shares(torch.zeros(2, 5)).tolist() == [0] * 5
    near = figure_near_zero(MADE, INK)
    assert [trace.name for trace in near.data if trace.name] == ["L2", "L1"]


def test_the_tables_hold_every_net_and_every_bin() -> None:
    lines = csv_text(sweep_columns(MADE, ("none", "early", "l2"))).splitlines()
    assert len(lines) == 1 + 2 + 2 + 6
    assert lines[0].startswith("kind,strength,repeat,training loss,validation loss,test loss,")
    assert lines[4].startswith("early stopping,0.0,1,") and lines[4].endswith(",12")
    assert lines[5].startswith("L2,0.001,0,0.45,0.9,0.9,")
    assert len(csv_text(weight_columns(MADE, "l2")).splitlines()) == 1 + 3 * 61
