"""The rankings of one query, side by side, and how often each finds the same over all queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from torch import Tensor

from visualizer.engine.retrieval.nearest import Neighbour, distances, nearest, precision_at_k
from visualizer.lessons.retrieval.gallery.gallery import UNLABELLED, Gallery
from visualizer.lessons.retrieval.session import Query
from visualizer.lessons.retrieval.settings import ROWS, numbers_of, row_label
from visualizer.once import once

MAX_K = 12
_CURVES = 32


@dataclass(frozen=True)
class Ranking:
    """The nearest images by one kind of numbers, of which there are `size` an image."""

    row: str
    label: str
    size: int
    found: tuple[Neighbour, ...]

    def places(self) -> set[int]:
        return {each.place for each in self.found}

    def same(self, gallery: Gallery, label: int) -> int:
        """How many of those found have this label."""
        return sum(gallery.entries[each.place].label == label for each in self.found)


def rankings(gallery: Gallery, query: Query, count: int, measure: str, stage: int) -> tuple[Ranking, ...]:
    """The `count` nearest by each kind of numbers; the query itself is left out."""

    def rank() -> tuple[Ranking, ...]:
        made = []
        for row in ROWS:
            way = numbers_of(row, stage)
            vector = query.entry.described.numbers[way]
            found = nearest(vector, gallery.table(way), count, measure, without=query.place)
            made.append(Ranking(row, row_label(row, stage), vector.numel(), tuple(found)))
        return tuple(made)

    # Kept with what the visitor brought, if any, so that it goes with that.
    owner, other = (query.entry, gallery) if query.entry.own else (gallery, query.entry)
    return once(owner, "nearest", rank, of=(other, query.place, count, measure, stage))


def label_of(gallery: Gallery, query: Query) -> int:
    """What is on the query, −1 where nobody says."""
    return UNLABELLED if query.place is None else gallery.entries[query.place].label


def precisions(gallery: Gallery, measure: str, stage: int) -> Mapping[str, Tensor]:
    """The precision at 1, 2, … by each ranking, (most,) float64; computed once for each gallery."""
    most = min(MAX_K, len(gallery) - 1)

    def curve(way: str) -> Tensor:
        table = gallery.table(way)
        return precision_at_k(distances(table, table, measure), gallery.labels, most)

    ways = {row: numbers_of(row, stage) for row in ROWS}
    return {
        row: once(gallery, "precision", partial(curve, way), of=(way, measure), most=_CURVES)
        for row, way in ways.items()
    }
