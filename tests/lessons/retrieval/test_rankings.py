"""Rankings side by side, the words about them, and what the browser sends."""

from __future__ import annotations

import pytest

from tests.lessons.retrieval.made import made_gallery
from visualizer.engine.retrieval.nearest import EUCLID
from visualizer.figures.line_charts import Curve
from visualizer.lessons.retrieval.gallery.board import checked_place, sheet_data
from visualizer.lessons.retrieval.nearest.view import answer, distance_text, query_data
from visualizer.lessons.retrieval.precision.view import answer as precision_answer
from visualizer.lessons.retrieval.precision.view import shares_table
from visualizer.lessons.retrieval.ranking import label_of, precisions, rankings
from visualizer.lessons.retrieval.session import Query
from visualizer.lessons.retrieval.settings import ROWS, row_label

# By the last hidden layer 1, 2 and 3 stand together, and 4, 5; by everything else 1, 4 and 2, 5.
PLACES = [(0.0, 0.0), (1.0, 9.0), (2.0, 20.0), (30.0, 1.0), (31.0, 10.0)]
LABELS = [0, 0, 0, 1, 1]
PLAIN = made_gallery(PLACES)
LABELLED = made_gallery(PLACES, LABELS, ("cat", "c*ffee"))


def test_each_ranking_has_its_own_order_without_the_query() -> None:
    ranked = rankings(PLAIN, Query(PLAIN.entries[0], 0), 2, EUCLID, 2)
    found = {each.row: [near.place for near in each.found] for each in ranked}
    assert found == {row: [1, 2] if row == "features" else [3, 1] for row in ROWS}
    assert ranked[1].label == "Stage 2 of the net"
    assert ranked[0].found[1].distance == 2.0


def test_a_query_from_outside_may_find_every_picture() -> None:
    ranked = rankings(PLAIN, Query(PLAIN.entries[0], None), 12, EUCLID, 2)
    assert all(len(each.found) == 5 for each in ranked)


def test_the_answer_counts_what_agrees_where_nothing_is_labelled() -> None:
    words = answer(PLAIN, rankings(PLAIN, Query(PLAIN.entries[0], 0), 2, EUCLID, 2), -1).words
    assert "“image 2” is the nearest; no other ranking puts it first." in words
    assert words.endswith("theirs, too: stage 2 of the net 1, raw pixels 1, the colour histogram 1, HOG 1.")


def test_the_answer_counts_the_same_where_there_are_labels() -> None:
    query = Query(LABELLED.entries[0], 0)
    words = answer(LABELLED, rankings(LABELLED, query, 2, EUCLID, 2), label_of(LABELLED, query)).words
    assert words.startswith(
        "Among the 2 nearest, “cat” is found twice by **the last hidden layer**; stage 2 of the net 1,"
    )
    every = answer(LABELLED, rankings(LABELLED, query, 4, EUCLID, 2), 0).words
    assert every.startswith("Every ranking finds “cat” twice among the 4 nearest.")


def test_precision_is_worked_out_for_every_ranking_and_said() -> None:
    curves = precisions(LABELLED, EUCLID, 2)
    assert curves["features"].tolist()[:1] == [1.0]
    assert curves["pixels"].tolist()[:1] == [0.0]
    named = [Curve(row_label(row, 2), values.tolist()) for row, values in curves.items()]
    words = precision_answer(LABELLED, named, 1, 0.4).words
    assert words == (
        "At k = 1, **the last hidden layer** finds the same most often: 100.0 % of the 1 nearest. That is 100.0 "
        "percentage points more than raw pixels, which reach 0.0 %. A ranking at random would reach 40.0 %."
    )
    assert shares_table(named, 1).splitlines()[2] == "| Last hidden layer | 100.0 % |"


def test_the_answer_says_what_a_perfect_ranking_could_reach() -> None:
    curves = precisions(LABELLED, EUCLID, 2)
    named = [Curve(row_label(row, 2), values.tolist()) for row, values in curves.items()]
    words = precision_answer(LABELLED, named, 2, 0.4).words
    assert "would reach 40.0 %, a perfect one 80.0 %, as there are fewer than 2 others of the same." in words


def test_the_answer_says_it_where_raw_pixels_are_the_best() -> None:
    named = [Curve("Last hidden layer", [0.5]), Curve("Raw pixels", [0.9]), Curve("HOG", [0.7])]
    words = precision_answer(LABELLED, named, 1, 0.4).words
    assert "**raw pixels** finds" not in words
    assert "**raw pixels** find the same most often: 90.0 %" in words
    assert "HOG comes next with 70.0 %" in words
    assert "stays 40.0 percentage points behind" in words


def test_the_board_gets_the_query_with_its_classes() -> None:
    data = query_data(Query(PLAIN.entries[1], 1))
    assert data["classes"] == [
        {"name": "tabby", "share": 0.75, "text": "75.0 %"},
        {"name": "tiger shark", "share": 0.0001, "text": "< 0.1 %"},
    ]
    assert (data["name"], data["place"]) == ("image 2", 1)
    assert sheet_data(PLAIN)["names"] == [entry.name for entry in PLAIN.entries]


@pytest.mark.parametrize(
    ("report", "place"),
    [({"place": 0}, 0), ({"place": 4}, 4)]
    + [(broken, None) for broken in (None, 3, {}, {"place": 5}, {"place": -1}, {"place": True}, {"place": "1"})],
)
def test_what_the_browser_sends_is_checked(report: object, place: int | None) -> None:
    assert checked_place(report, PLAIN) == place


@pytest.mark.parametrize(
    ("distance", "text"),
    [(0.0, "0.000"), (1e-9, "< 0.0001"), (0.00123, "0.0012"), (0.0481, "0.048"), (1.318, "1.32"), (25.13, "25.1")],
)
def test_distances_as_they_are_written(distance: float, text: str) -> None:
    assert distance_text(distance) == text
