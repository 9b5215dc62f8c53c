"""The view "Map": the whole gallery on a plane, each image at its place."""

from __future__ import annotations

import math
from collections.abc import Callable

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine.retrieval.projection import MIN_TSNE, PrincipalAxes, neighbour_map, principal_axes
from visualizer.lessons.retrieval.gallery.board import board
from visualizer.lessons.retrieval.gallery.gallery import Gallery
from visualizer.lessons.retrieval.nearest.view import query_data
from visualizer.lessons.retrieval.session import Query
from visualizer.lessons.retrieval.settings import PCA, numbers_of, row_label
from visualizer.once import once
from visualizer.text.numbers import percent

KEY = "retrieval_map"
_MAX, _FAR, _APART = 0.9, 0.3, 0.08
"""What the border of the map follows: where this share of the images is closest together, and the others as far as
no gap is wider than so much of that. What is beyond such a gap stands that much apart, on the border."""


def draw_map(
    gallery: Gallery, query: Query, map_by: str, stage: int, method: str, on_chosen: Callable[[int], None]
) -> None:
    way = numbers_of(map_by, stage)
    if method != PCA and len(gallery) < MIN_TSNE:
        st.caption(f"t-SNE takes at least {MIN_TSNE} images; these {len(gallery)} are drawn by PCA.")
        method = PCA
    drawn = _drawn(gallery, way, method)
    if isinstance(drawn, PrincipalAxes):
        outside = None if query.place is not None else drawn.place(query.entry.described.numbers[way])
        points, queried = scaled(drawn.points, outside)
        said = f"PCA: the two directions hold {percent(drawn.kept, 0)} of the variance."
    else:
        points, queried = scaled(drawn, None)
        said = "t-SNE: neighbours stay neighbours; distances between groups, and their sizes, say little."
        if query.place is None:
            said += " The query is not in the gallery, so it has no place on this map."
    if out := beyond(drawn.points if isinstance(drawn, PrincipalAxes) else drawn):
        said += f" {out} image{'s stand' if out > 1 else ' stands'} at the border, far from all others."
    data = {"query": query_data(query), "points": points, "queryPoint": queried}
    board(gallery, data, key=KEY, on_chosen=on_chosen)
    st.caption(
        f"{len(gallery)} images by {row_label(map_by, stage)}. {said} The map is stretched to fill its frame. "
        "Point at an image for its name; click one to search with it."
    )


def scaled(points: Tensor, outside: Tensor | None) -> tuple[list[list[float]], list[float] | None]:
    """Places from 0 to 1, y downwards: of the points (n, 2), and of one more (2,) if there is one."""
    every = points if outside is None else torch.cat([points, outside[None]])
    least, most = _bounds(every)
    spread = torch.where(most > least, most - least, torch.ones(2, dtype=every.dtype))
    shares = torch.where(most > least, (every - least) / spread, torch.full_like(every, 0.5)).clamp(0, 1)
    shares[:, 1] = 1 - shares[:, 1]
    rounded = [[round(x, 4), round(y, 4)] for x, y in shares.tolist()]
    return (rounded, None) if outside is None else (rounded[:-1], rounded[-1])


def beyond(points: Tensor) -> int:
    """How many of the points (n, 2) lie so far out that they are drawn on the border."""
    least, most = _bounds(points)
    return int(((points < least) | (points > most)).any(1).sum())


def _bounds(points: Tensor) -> tuple[Tensor, Tensor]:
    """The least and the largest place (2,) that are drawn: a few points far out don't squeeze the others together."""
    limits = torch.tensor([_limits(axis.tolist()) for axis in points.sort(0).values.T], dtype=points.dtype)
    return limits[:, 0], limits[:, 1]


def _limits(places: list[float]) -> tuple[float, float]:
    """The same for sorted places along one axis."""
    last = len(places) - 1
    most = math.ceil(_MAX * len(places))
    low = min(range(len(places) - most + 1), key=lambda at: places[at + most - 1] - places[at])
    high = low + most - 1
    gap = _FAR * (places[high] - places[low])
    if not gap:
        return places[0], places[-1]
    while low > 0 and places[low] - places[low - 1] <= gap:
        low -= 1
    while high < last and places[high + 1] - places[high] <= gap:
        high += 1
    apart = _APART * (places[high] - places[low])
    return max(places[0], places[low] - apart), min(places[-1], places[high] + apart)


def _drawn(gallery: Gallery, way: str, method: str) -> PrincipalAxes | Tensor:

    def draw() -> PrincipalAxes | Tensor:
        with st.spinner("Drawing the map."):
            table = gallery.table(way)
            return principal_axes(table) if method == PCA else neighbour_map(table)

    return once(gallery, "map", draw, of=(way, method))
