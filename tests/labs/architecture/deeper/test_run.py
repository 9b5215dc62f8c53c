"""The view "Deeper": its run, its answer and its figures."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
import torch

from tests.labs.architecture.made import NUMBERS, SETTINGS, depths_of
from visualizer.labs.architecture.deeper.answer import answer, best_depth
from visualizer.labs.architecture.deeper.run import Depths, cost, run
from visualizer.labs.architecture.deeper.view import columns_of_depths, figure_depth_errors, figure_depth_losses
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.figure import inks

INK = inks(False)
MADE = depths_of([0.2, 0.05, 0.051, 0.3], [0.1, 0.02, 0.01, 0.4])
"""2 hidden layers do best, 3 as well, 4 can't be trained."""


def said(found: Depths, nets: int = 5) -> str:
    return answer(replace(SETTINGS, nets=nets), found).words


def test_the_run_ends_with_every_depth_and_is_the_same_again() -> None:
    reports = list(run(SETTINGS))
    assert all(before.share <= after.share for before, after in itertools.pairwise(reports))
    assert reports[-1].share == pytest.approx(1)
    found = reports[-1].result
    assert found is not None and found.depths == [1, 2, 3]
    assert found.errors.shape == found.train_losses.shape == found.test_losses.shape == (3, 5)
    again = list(run(SETTINGS))[-1].result
    assert again is not None and torch.equal(again.errors, found.errors)
    assert cost(SETTINGS).what == "3 depths × 5 nets of 37 to 41 parameters, 20 epochs, seeds 3 to 7"


def test_where_every_net_diverges_the_answer_says_so() -> None:
    found = list(run(replace(SETTINGS, optimiser="sgd", rate=1e6)))[-1].result
    assert found is not None and bool(found.errors.isinf().all())
    assert said(found) == "Training diverges at every depth: choose a lower learning rate."
    assert figure_depth_errors(SETTINGS, found, best_depth(found), INK).data
    assert figure_depth_losses(SETTINGS, found, INK).data


def test_the_answer_names_the_depth_and_what_one_layer_does() -> None:
    found = answer(SETTINGS, MADE)
    assert said(MADE) == (
        "**It helps here**: with about 40 parameters, **2 hidden layers** do best, with 5.0 % of the test points "
        "wrong. 1 hidden layer has 20 %, 4.0 times as much. That is **more than chance**: of all pairs of nets, the "
        "deeper one wins 100 %."
    )
    assert found.more.startswith(
        "Not clearly worse: 3 hidden layers. Clearly worse: 1 and 4 hidden layers. The training points are fitted best "
        "by 3 hidden layers: squared error 0.010, with 1 layer 0.10. With 4 hidden layers, the training points are "
        "fitted less well, too: such nets are harder to train."
    )
    rows = [line for line in found.more.splitlines() if line.startswith("| ")][2:]
    assert len(rows) == 4 and rows[2].endswith("| 0.010 |")
    assert found.figures[0].value == "2 hidden layers"
    assert found.figures[3].value == "0.020" and "with 1 layer it is 0.10" in found.figures[3].help
    assert "chosen by the same test points" in found.more


def test_a_best_depth_that_is_the_last_tried_is_said_to_be_and_has_no_star() -> None:
    found = depths_of([0.3, 0.2, 0.1], [0.1, 0.05, 0.02], apart=0.3)
    assert "**3 hidden layers**, the most tried, do best" in said(found)
    assert "That is **more than chance**, though single nets of both overlap: of all pairs" in said(found)
    assert answer(SETTINGS, found).figures[0].value == "at least 3 hidden layers"
    assert "best depth" not in [trace.name for trace in figure_depth_errors(SETTINGS, found, 2, INK).data]


def test_the_answer_changes_where_the_run_does() -> None:
    shallow = depths_of([0.05, 0.1, 0.2], [0.01, 0.02, 0.03])
    assert said(shallow).startswith("**Not here**: with about 40 parameters, **1 hidden layer** does best")
    assert "fitted best by 1 hidden layer, too." in answer(SETTINGS, shallow).more
    overfitted = depths_of([0.05, 0.1], [0.02, 0.001])
    assert "fitted better, but not the test points: such nets overfit." in answer(SETTINGS, overfitted).more
    hardly = depths_of([0.2, 0.19], [0.1, 0.1], apart=0.3)
    assert said(hardly).startswith("**Hardly**:") and "That **may be chance**" in said(hardly)


def test_of_depths_with_no_error_the_one_of_the_lowest_loss_is_best() -> None:
    tied = depths_of([0.0, 0.0, 0.0], [0.1, 0.2, 0.1])
    tied.test_losses[:] = torch.tensor([[0.3], [0.1], [0.2]])
    assert best_depth(tied) == 1
    assert said(tied) == (
        "**Hardly**: with about 40 parameters, **2 hidden layers** do best, with 0 % of the test points wrong. "
        "1 hidden layer has 0 %. That **may be chance**: of all pairs of nets, the deeper one wins 50 %."
    )


def test_a_run_that_was_cancelled_early_has_nothing_to_compare() -> None:
    begun = depths_of([0.2], [0.1], planned=3)
    assert said(begun) == (
        "There is no deeper net to compare with: with about 40 parameters, 1 hidden layer has 20 % of the test points "
        "wrong."
    )
    assert answer(SETTINGS, begun).more.strip().startswith("| hidden layers |")
    figure = figure_depth_errors(SETTINGS, begun, None, INK)
    assert list(figure.layout.xaxis.tickvals) == [1, 2, 3]


def test_a_depth_that_diverges_is_said_to_and_stays_out_of_the_figure() -> None:
    lost = depths_of([math.inf, 0.1], [math.inf, 0.1])
    assert "1 hidden layer has diverged. That is **more than chance**" in said(lost)
    assert "with 1 layer diverged." in answer(SETTINGS, lost).more
    dots = next(trace for trace in figure_depth_errors(SETTINGS, lost, 1, INK).data if trace.name == "each net")
    assert list(dots.x) == [2] * 5


def test_with_few_nets_no_spread_is_told() -> None:
    few = depths_of([0.2, 0.05], [0.1, 0.02])
    few = Depths(few.planned, few.errors[:, :3], few.train_losses[:, :3], few.test_losses[:, :3])
    assert said(few, nets=3).endswith("1 hidden layer has 20 %, 4.0 times as much.")
    assert "With fewer than 4 nets of each depth" in answer(replace(SETTINGS, nets=3), few).more


def test_numbers_have_mean_squared_errors() -> None:
    assert "with a mean squared error of 0.05." in answer(NUMBERS, MADE).words


def test_the_figures_have_every_net_the_median_and_the_best() -> None:
    figure = figure_depth_errors(SETTINGS, MADE, 1, INK)
    traces = {trace.name: trace for trace in figure.data if trace.name}
    assert list(traces) == ["each net", "median", "best depth"]
    assert len(traces["each net"].x) == 20
    assert list(traces["median"].y) == pytest.approx([0.2, 0.05, 0.051, 0.3])
    assert (list(traces["best depth"].x), list(traces["best depth"].y)) == ([2], [pytest.approx(0.05)])
    assert traces["median"].text[1].startswith("2 hidden layers, 2-4-4-1:")
    losses = figure_depth_losses(SETTINGS, MADE, INK)
    assert [trace.name for trace in losses.data if trace.name] == ["training", "test"]


def test_the_table_holds_every_net() -> None:
    lines = csv_text(columns_of_depths(MADE)).splitlines()
    assert len(lines) == 1 + 4 * 5
    assert lines[0] == "hidden layers,units,parameters,net,test error,training loss,test loss"
    assert lines[6].startswith("2,2-4-4-1,37,0,")
