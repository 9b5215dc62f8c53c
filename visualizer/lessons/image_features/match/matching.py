"""Matches of two images; this session keeps the last few."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from visualizer.engine.features.features import match
from visualizer.engine.features.matches import Matches
from visualizer.engine.features.sift import Keypoints
from visualizer.engine.features.similarity import Similarity, right_matches
from visualizer.lessons.image_features.working import Working
from visualizer.text.numbers import percent
from visualizer.text.words import listed

_KEPT, _MAX = "feature_matches", 4


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
    st.session_state[_KEPT] = [*kept[1 - _MAX :], (first, second, method, ratio, result)]
    return result


_FEW = 0.15
"""Fewer inliers than this share of the matches agree by chance: any three matches fit some motion."""


def match_answer(name: str, matched: Matched, motion: Similarity | None) -> str:
    """How many keypoints, matches and inliers there are; where the motion is known, how many matches are right."""
    first, second, matches = matched.first, matched.second, matched.matches
    if not len(first) or not len(second):
        return (
            f"**Answer.** {name} finds no keypoints on the {_side(first, second)}: nothing there stands out as a "
            "corner or a blob. Choose an image with more structure or more contrast."
        )
    found = f"**Answer.** {name} finds {len(first)} keypoints on the left and {len(second)} on the right."
    if not len(matches):
        return f"{found} None of them match: raise the ratio test, or take images of the same thing."
    inliers = f"{len(matches)} match, and RANSAC keeps **{matches.kept} as inliers** of one motion"
    if matched.right_share is None or motion is None:
        verdict = (
            ""
            if matches.kept >= _FEW * len(matches)
            else ": hardly more than chance, so these seem to be different things"
        )
        return f"{found} {inliers}{verdict}."
    share = f"**{percent(matched.right_share, 0)} of the matches are right** to within 3 pixels"
    return f"{found} {inliers}. After {changes(motion)}, {share}."


def _side(first: Keypoints, second: Keypoints) -> str:
    if not len(first) and not len(second):
        return "left and none on the right"
    return "right" if len(first) else "left"


def changes(motion: Similarity) -> str:
    """A turn of 30°, a scale of 0.7 and 1.2 times the brightness."""
    parts = []
    if motion.turn:
        parts.append(f"a turn of {abs(motion.turn):g}°")
    if motion.scale != 1:
        parts.append(f"a scale of {motion.scale:g}")
    if motion.light != 1:
        parts.append(f"{motion.light:g} times the brightness")
    return listed(parts) if parts else "no change at all"
