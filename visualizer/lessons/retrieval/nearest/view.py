"""The view "Nearest": the query with the classes that the net sees, and the rankings below each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from visualizer.lessons.retrieval.gallery.board import board
from visualizer.lessons.retrieval.gallery.gallery import UNLABELLED, Entry, Gallery
from visualizer.lessons.retrieval.nearest.answer import answer
from visualizer.lessons.retrieval.ranking import Ranking, label_of, rankings
from visualizer.lessons.retrieval.session import Query
from visualizer.text.numbers import percent
from visualizer.ui.answer import draw_answer

KEY = "retrieval_board"


def draw_nearest(
    gallery: Gallery, query: Query, count: int, measure: str, stage: int, on_chosen: Callable[[int], None]
) -> None:
    ranked = rankings(gallery, query, count, measure, stage)
    label = label_of(gallery, query)
    data = {"query": query_data(query), "rows": [_row(each, gallery, label) for each in ranked]}
    board(gallery, data, key=KEY, on_chosen=on_chosen)
    same = "" if label == UNLABELLED else " ✓: of the same kind as the query, ✗: of another."
    st.caption(f"Below each image: its distance from the query; the nearest come first.{same}")
    draw_answer(answer(gallery, ranked, label))


def query_data(query: Query) -> dict[str, Any]:
    """The query for the board: its image, its name, and the five likeliest classes."""
    entry = query.entry
    return {
        "name": entry.name,
        "about": about(query),
        "thumb": entry.thumb,
        "place": query.place,
        "classes": [
            {"name": each.name, "share": each.probability, "text": percent(each.probability, 1, bounded=True)}
            for each in entry.described.classes
        ],
    }


def about(query: Query) -> str:
    """Where the query comes from."""
    if query.of_gallery and query.place is not None:
        return f"the query: no. {query.place + 1} of the gallery, and not its own neighbour"
    there = "" if query.place is None else f"; in the gallery it is no. {query.place + 1}"
    return f"the query: the image chosen under “Image”{there}"


def distance_text(distance: float) -> str:
    """Three digits or so: 0.0012, 0.048, 1.32, 25.1; what is there but tiny is not 0."""
    if 0 < distance < 0.01:
        return f"{distance:.4f}" if distance >= 0.00005 else "< 0.0001"
    return f"{distance:.3f}" if distance < 1 else f"{distance:.2f}" if distance < 10 else f"{distance:.1f}"


def _row(ranking: Ranking, gallery: Gallery, label: int) -> dict[str, Any]:
    return {
        "row": ranking.row,
        "label": ranking.label,
        "about": f"{ranking.size:,} numbers",
        "found": [
            {"place": each.place, "distance": distance_text(each.distance)} | _same(gallery.entries, each.place, label)
            for each in ranking.found
        ],
    }


def _same(entries: Sequence[Entry], place: int, label: int) -> dict[str, bool]:
    return {} if label == UNLABELLED else {"same": entries[place].label == label}
