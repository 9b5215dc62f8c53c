"""The view "Match": keypoints of two pictures that go together."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer import frame
from visualizer.engine.features import match
from visualizer.engine.matches import Matches
from visualizer.engine.sift import Keypoints
from visualizer.engine.similarity import right_matches
from visualizer.lessons.image_features.match_figure import match_figure
from visualizer.lessons.image_features.match_words import match_answer
from visualizer.lessons.image_features.second import Second, second_picture
from visualizer.lessons.image_features.settings_panel import FeatureSettings
from visualizer.lessons.image_features.working import Working

_NAMES = {"sift": "SIFT", "orb": "ORB"}


def draw_match(settings: FeatureSettings, shown: Working, rooms: tuple[DeltaGenerator, ...]) -> None:
    """The answer, both pictures with lines from point to point, and a table of SIFT beside ORB."""
    left, right, _ = rooms
    with right:
        second = second_picture(settings, shown)
    with left:
        if second.shown is None:
            frame.say(second.fault, "second")
            return
        results = {method: _matched(method, settings.ratio, shown, second) for method in _NAMES}
        first, other, matches, right_ones = results[settings.method]
        st.markdown(match_answer(_NAMES[settings.method], (first, other), matches, right_ones, second.motion))
        if not matches.pairs.size:
            return
        figure = match_figure((shown, second.shown), (first, other), matches)
        st.image(figure, width="stretch", alt="Both pictures, with a line from each matched point to the other.")
        st.caption(
            "Blue, with a ring at both ends: the inliers, which agree on one motion. Orange, dashed, with a cross: the "
            f"other matches. Left: {shown.note}"
        )
        st.dataframe([_row(name, *results[method]) for method, name in _NAMES.items()], hide_index=True)


Result = tuple[Keypoints, Keypoints, Matches, int | None]


def _matched(method: str, ratio: float, first: Working, second: Second) -> Result:
    assert second.shown is not None
    one, other = (
        each.described.keypoints if method == "sift" else each.described.orb for each in (first, second.shown)
    )
    matches: Matches = second.shown.once(f"{method} {ratio:g} {id(first)}", lambda: match(one, other, ratio))
    if second.motion is None:
        return one, other, matches, None
    expected = second.motion.where(one.places[matches.pairs[:, 0]], *first.size)
    return one, other, matches, int(right_matches(other.places[matches.pairs[:, 1]], expected).sum())


def _row(name: str, first: Keypoints, second: Keypoints, matches: Matches, right: int | None) -> dict[str, object]:
    row: dict[str, object] = {
        "": name,
        "keypoints, left": len(first),
        "keypoints, right": len(second),
        "matches": len(matches),
        "inliers": matches.kept,
    }
    return row if right is None else row | {"right, within 3 pixels": right}
