"""Matches of two images; this session keeps the last few."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from visualizer.engine.features.features import match
from visualizer.engine.features.matches import Matches
from visualizer.engine.features.sift import Keypoints
from visualizer.engine.features.similarity import Similarity, right_matches
from visualizer.lessons.image_features.working import Working

_KEPT, _MOST = "feature_matches", 4


@dataclass(frozen=True, eq=False)
class Matched:
    """Keypoints of two images and their matches; `right` of them, where the motion between both is known."""

    first: Keypoints
    second: Keypoints
    matches: Matches
    right: int | None = None

    @property
    def right_share(self) -> float | None:
        """None where there are no matches, or nothing is known of them."""
        return self.right / len(self.matches) if self.right is not None and len(self.matches) else None


def matched(first: Working, second: Working, method: str, ratio: float, motion: Similarity | None = None) -> Matched:
    """`method` is "sift" or "orb"; `ratio` is that of the ratio test."""
    kept: list[tuple[Working, Working, str, float, Matched]] = st.session_state.setdefault(_KEPT, [])
    for one, other, *chosen, result in kept:
        if one is first and other is second and chosen == [method, ratio]:
            return result
    here, there = (each.described.keypoints if method == "sift" else each.described.orb for each in (first, second))
    found = match(here, there, ratio)
    right = None
    if motion is not None:
        expected = motion.where(here.places[found.pairs[:, 0]], *first.size)
        right = int(right_matches(there.places[found.pairs[:, 1]], expected).sum())
    result = Matched(here, there, found, right)
    st.session_state[_KEPT] = [*kept[1 - _MOST :], (first, second, method, ratio, result)]
    return result
