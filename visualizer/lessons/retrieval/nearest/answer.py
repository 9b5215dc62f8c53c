"""The answer of the view "Nearest", computed from the rankings that are shown."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.engine.retrieval.image_vectors import FEATURES
from visualizer.lessons.retrieval.gallery.gallery import UNLABELLED, Gallery
from visualizer.lessons.retrieval.ranking import Ranking
from visualizer.lessons.retrieval.settings import spoken
from visualizer.text.words import how_often, listed
from visualizer.ui.answer import Answer, plain_markdown

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
