"""The view "Nearest": the query with the classes that the net sees, and the rankings below each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from visualizer.engine.retrieval.image_vectors import FEATURES
from visualizer.lessons.retrieval.gallery.board import board
from visualizer.lessons.retrieval.gallery.gallery import UNLABELLED, Entry, Gallery
from visualizer.lessons.retrieval.ranking import Ranking, label_of, rankings
from visualizer.lessons.retrieval.session import Query
from visualizer.lessons.retrieval.settings import spoken
from visualizer.text.numbers import percent
from visualizer.text.words import how_often, listed
from visualizer.ui.answer import Answer, draw_answer, plain_markdown

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


_ONE = "This is one query; “Precision at k” asks with all of them."


def answer(gallery: Gallery, ranked: Sequence[Ranking], label: int) -> Answer:
    """How far the rankings find the same, or agree where nobody says what is the same."""
    if label != UNLABELLED:
        return Answer(_counted(gallery, ranked, label))
    return Answer(_compared(gallery, ranked))


def _counted(gallery: Gallery, ranked: Sequence[Ranking], label: int) -> str:
    count = len(ranked[0].found)
    name = plain_markdown(gallery.classes[label])
    right = {spoken(each.label): each.same(gallery, label) for each in ranked}
    most = max(right.values())
    best = [name for name, found in right.items() if found == most]
    others = [f"{name} {found}" for name, found in right.items() if found != most]
    if not others:
        return f"Every ranking finds “{name}” {how_often(most)} among the {count} nearest. {_ONE}"
    first = f"Among the {count} nearest, “{name}” is found {how_often(most)} by **{listed(best)}**"
    return f"{first}; {', '.join(others)}. {_ONE}"


def _compared(gallery: Gallery, ranked: Sequence[Ranking]) -> str:
    learned = next(each for each in ranked if each.row == FEATURES)
    rest = [each for each in ranked if each is not learned]
    first, count = learned.found[0].place, len(learned.found)
    name = plain_markdown(gallery.entries[first].name)
    shared = [f"{spoken(each.label)} {len(learned.places() & each.places())}" for each in rest]
    agreeing = sum(each.found[0].place == first for each in rest)
    words = f"By the last hidden layer, “{name}” is the nearest; {_agreeing(agreeing, len(rest))}."
    return f"{words} How many of its {count} nearest are among theirs, too: {', '.join(shared)}."


def _agreeing(count: int, of: int) -> str:
    if count == of:
        return "so say all the other rankings"
    return "no other ranking puts it first" if count == 0 else f"{count} of the {of} other rankings agree"
