"""The view "Wider": its run, what is read off it, its answer and its figures."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
import torch

from tests.labs.architecture.made import NUMBERS, SETTINGS, widths_of
from visualizer.labs.architecture.wider.answer import answer
from visualizer.labs.architecture.wider.reading import enough_width, is_better, read
from visualizer.labs.architecture.wider.run import LEARNED, SOLVED, TRAINED, WAYS, Widths, cost, run
from visualizer.labs.architecture.wider.view import columns_of_widths, figure_errors, figure_losses
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.figure import inks

INK = inks(False)
LEARN = [0.4, 0.1, 0.02, 0.02]
MADE = widths_of(LEARN, [0.5, 0.4, 0.3, 0.2], [0.5, 0.3, 0.1, 0.02])
"""4 units are enough, and 8 random features with least squares do as well."""


def said(found: Widths, nets: int = 5) -> str:
    return answer(replace(SETTINGS, nets=nets), found).words


def test_the_run_ends_with_every_width_in_three_ways_and_is_the_same_again() -> None:
    reports = list(run(SETTINGS))
    assert all(before.share <= after.share for before, after in itertools.pairwise(reports))
    assert reports[-1].share == pytest.approx(1)
    found = reports[-1].result
    assert found is not None and found.widths == found.planned == (1, 2, 4, 8)
    assert found.errors.shape == found.losses.shape == (3, 4, 5)
    again = list(run(SETTINGS))[-1].result
    assert again is not None and torch.equal(again.errors, found.errors)
    assert bool((found.losses[SOLVED] <= found.losses[TRAINED] + 1e-6).all())
    assert cost(SETTINGS).what == "4 widths × 3 ways × 5 nets, 20 epochs, seeds 3 to 7"


def test_nets_that_diverge_are_counted_as_infinite() -> None:
    found = list(run(replace(SETTINGS, optimiser="sgd", rate=1e6)))[-1].result
    assert found is not None
    assert bool(found.errors[LEARNED].isinf().all()) and bool(found.errors[SOLVED].isfinite().all())
    assert bool(found.losses[LEARNED].isinf().all())
    assert answer(SETTINGS, found).words == "Training diverges at every width: choose a lower learning rate."
    assert figure_errors(SETTINGS, found, read(found), INK).data


def test_the_answer_names_the_width_and_what_random_features_are_worth() -> None:
    found = answer(SETTINGS, MADE)
    assert said(MADE) == (
        "**Wider helps up to 4 units** with learned features: 2.0 % of the test points wrong; no wider net is better. "
        "**Learned features beat random ones** with 1 to 4 units. With 4 units, random ones come to 10 %, 5.0 times as "
        "much. It takes **8 random features** to do as well, 2.0 times as many."
    )
    assert [(figure.label, figure.value) for figure in found.figures] == [
        ("Wide enough", "4 units"),
        ("Learned, there", "2.0 %"),
        ("Random, there", "10 %"),
        ("Random needed", "8"),
    ]
    assert WAYS[SOLVED] in found.figures[2].help
    assert "it gets to 20 % at best, least squares at once to 2.0 %." in found.more


def test_the_answer_changes_where_the_run_does() -> None:
    flat = widths_of([0.2] * 3, [0.2] * 3, [0.2] * 3)
    assert said(flat) == (
        "**Wider does not help**: 1 unit with learned features has 20 % of the test points wrong; no wider net is "
        "better. Learned or random features make **no clear difference** at any width. With 1 unit, random ones do "
        "just as well: 20 %."
    )
    better = widths_of([0.4, 0.3, 0.2], [0.4, 0.1, 0.05], [0.4, 0.1, 0.05])
    assert said(better) == (
        "**Wider helps all the way to 4 units**: there learned features have 20 % of the test points wrong. "
        "**Random features beat learned ones** with 2 and 4 units. With 4 units, random ones come to 5.0 %. "
        "2 random features do as well as 4 learned ones."
    )
    near = widths_of([0.4, 0.2], [0.4, 0.205], [0.4, 0.21], apart=0.2)
    assert said(near).endswith(
        "Learned or random features make **no clear difference** at any width. With 2 units, random ones come to 20 %."
    )
    assert read(near).match == read(near).enough == 1
    one = widths_of([0.4, 0.2], [0.2, 0.01], [0.2, 0.01])
    assert "1 random feature does as well as 2 learned ones." in said(one)


def test_each_kind_of_features_is_told_where_it_wins() -> None:
    found = widths_of([0.4, 0.1, 0.02, 0.02, 0.02], [0.5] * 5, [0.6, 0.3, 0.1, 0.015, 0.01])
    assert "**Learned features win with 1 to 4 units, random ones with 8 and 16 units**." in said(found)
    assert (
        "It takes **8 random features** to do as well, 2.0 times as many. At best, with 16, they come to 1.0 %; "
        in (said(found))
    )
    assert said(found).endswith("learned ones to 2.0 %.")
    none = widths_of([0.4, 0.1, 0.05], [0.5, 0.3, 0.2], [0.5, 0.3, 0.2])
    none = Widths((1, 2, 4), none.errors[:, [0, 2, 1]], none.losses)
    assert "**Learned features beat random ones** at every width." in said(none)


def test_where_the_widest_is_the_best_it_is_not_said_to_be_enough() -> None:
    found = widths_of([0.4, 0.2, 0.1], [0.5, 0.4, 0.3], [0.5, 0.4, 0.3])
    assert answer(SETTINGS, found).figures[0].value == "at least 4 units"
    assert "Not even" not in said(found)
    assert "wide enough" not in [trace.name for trace in figure_errors(SETTINGS, found, read(found), INK).data]


def test_wide_nets_that_are_trained_less_well_are_told_apart_from_overfitting() -> None:
    found = widths_of([0.4, 0.1, 0.1], [0.5] * 3, [0.5] * 3)
    assert read(found).harder is None
    found.losses[LEARNED, 2] = 0.3
    assert answer(SETTINGS, found).more.startswith(
        "With learned features the median training loss is lowest with 2 units, 0.050, and 0.30 with 4: after 20 "
        "epochs at the rate 0.05 the widest nets fit even the training points no better. So that wider"
    )


def test_without_any_error_nothing_is_divided_by_it() -> None:
    none = widths_of([0.4, 0.0], [0.4, 0.2], [0.4, 0.1])
    assert said(none).endswith(
        "**Learned features beat random ones** with 2 units. With 2 units, random ones come to 10 %."
    )
    both = widths_of([0.4, 0.0], [0.4, 0.2], [0.4, 0.0])
    assert "With 2 units, random ones do just as well: 0 %." in said(both)


def test_a_difference_that_does_not_show_has_no_factor() -> None:
    close = widths_of([0.4, 0.2], [0.4, 0.2049], [0.4, 0.3], apart=0.001)
    assert said(close).endswith(
        "**Learned features beat random ones** with 2 units. With 2 units, random ones come to 20 %."
    )


def test_a_run_that_was_cancelled_early_has_nothing_to_compare() -> None:
    begun = widths_of([0.4], [0.5], [0.45], planned=4)
    assert said(begun) == (
        "There is no wider net to compare with: 1 unit with learned features has 40 % of the test points wrong. "
        "**Learned features beat random ones** with 1 unit. With 1 unit, random ones come to 45 %, 1.1 times as much."
    )
    assert len(figure_errors(SETTINGS, begun, None, INK).data) == 6


def test_widths_that_diverge_do_not_hide_those_that_do_not() -> None:
    wide = widths_of([0.4, 0.1, math.inf], [0.5, 0.4, math.inf], [0.5, 0.3, 0.2])
    assert said(wide).startswith("**Wider helps up to 2 units**")
    some = widths_of([0.4, 0.1, 0.1], [0.5] * 3, [0.5] * 3)
    some.errors[LEARNED, 0, 2:] = math.inf
    assert read(some).enough == 1
    lost = widths_of(LEARN, [math.inf] * 4, [0.5, 0.3, 0.1, 0.02])
    assert "training the output layer diverges at every width" in answer(SETTINGS, lost).more


def test_with_few_nets_the_medians_alone_are_told_and_said_to_be_little() -> None:
    few = widths_of([0.4, 0.2], [0.4, 0.21], [0.4, 0.3])
    few = Widths(few.planned, few.errors[..., :3], few.losses[..., :3])
    assert "**Learned features beat random ones**" in said(few, nets=3)
    assert "With fewer than 4 nets of each shape nothing is known" in answer(replace(SETTINGS, nets=3), few).more


def test_where_learned_features_win_by_most_and_where_least_squares_overfits() -> None:
    most = widths_of([0.4, 0.02, 0.015], [0.4, 0.4, 0.03], [0.4, 0.4, 0.03])
    assert "win by most at 2 units, where random ones have 20 times the error." in answer(SETTINGS, most).more
    over = widths_of([0.4, 0.1, 0.1], [0.4] * 3, [0.4, 0.1, 0.3])
    assert answer(SETTINGS, over).more.endswith(
        "More is not always better: least squares has 10 % with 2, 30 % with 4."
    )
    points = replace(SETTINGS.data, train_x=SETTINGS.data.train_x[:4], train_y=SETTINGS.data.train_y[:4])
    small = replace(SETTINGS, chosen=replace(SETTINGS.chosen, data=points))
    assert "With 4 training points, that many features fit the noise, too." in answer(small, over).more


def test_better_is_by_a_tenth_and_beyond_the_spread() -> None:
    low, high = torch.tensor([1.0, 1.1, 1.2, 1.3]), torch.tensor([2.0, 2.1, 2.2, 2.3])
    assert is_better(low, high) and not is_better(high, low) and not is_better(low, low)
    assert not is_better(low - 0.05, low)
    assert not is_better(torch.tensor([1.0, 1.1, 3.0, 3.1, 1.2]), torch.tensor([2.0, 2.1, 2.2, 2.3, 1.0]))
    assert is_better(low[:2], high[:2])
    lost = torch.full((4,), math.inf)
    assert is_better(low, lost) and not is_better(lost, low) and not is_better(lost, lost)
    assert enough_width(torch.stack([high, low, high, low])) == 1


def test_numbers_have_mean_squared_errors() -> None:
    found = answer(NUMBERS, MADE).words
    assert found.startswith("**Wider helps up to 4 units** with learned features: a mean squared error of 0.02;")


def test_the_figures_have_a_line_and_a_band_for_each_way_and_the_reading() -> None:
    figure = figure_errors(SETTINGS, MADE, read(MADE), INK)
    lines = {trace.name: list(trace.y) for trace in figure.data if trace.name}
    assert lines[WAYS[LEARNED]] == pytest.approx(LEARN)
    assert lines["wide enough"] == pytest.approx([0.02])
    assert [each.text for each in figure.layout.annotations] == ["× 2.0"]
    band = figure.data[0]
    assert (min(band.y), max(band.y)) == (pytest.approx(0.02 * 0.98), pytest.approx(0.4 * 1.02))
    losses = figure_losses(SETTINGS, MADE, INK)
    assert [trace.name for trace in losses.data if trace.name] == list(WAYS)


def test_what_is_written_into_the_figure_stands_between_points() -> None:
    found = widths_of([0.4, 0.02, 0.02, 0.02], [0.5] * 4, [0.5, 0.3, 0.1, 0.02])
    (note,) = figure_errors(SETTINGS, found, read(found), INK).layout.annotations
    assert 10**note.x == pytest.approx(math.sqrt(2 * 4))
    fewer = widths_of([0.4, 0.3, 0.2], [0.4, 0.1, 0.05], [0.4, 0.1, 0.05])
    (note,) = figure_errors(SETTINGS, fewer, read(fewer), INK).layout.annotations
    assert (10**note.x, note.text) == (pytest.approx(math.sqrt(2 * 4)), "× 0.5")


def test_the_table_holds_every_net() -> None:
    lines = csv_text(columns_of_widths(MADE)).splitlines()
    assert len(lines) == 1 + 3 * 4 * 5
    assert lines[0] == "way,width,net,test error,training loss"
    assert lines[1].startswith("learned,1,0,0.39") and lines[-1].startswith('"random, least squares",8,4,0.02')
