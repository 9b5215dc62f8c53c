"""The view "Match": keypoints of two images that go together."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.lessons.image_features.match.figure import drawn_every, match_figure
from visualizer.lessons.image_features.match.matching import Matched, matched
from visualizer.lessons.image_features.match.second import second_picture
from visualizer.lessons.image_features.match.text import match_answer
from visualizer.lessons.image_features.settings import FeatureSettings
from visualizer.lessons.image_features.working import Working
from visualizer.ui import frame

_NAMES = {"sift": "SIFT", "orb": "ORB"}


def draw_match(settings: FeatureSettings, shown: Working, rooms: tuple[DeltaGenerator, ...]) -> None:
    """The answer, both images with lines from point to point, and a table of SIFT beside ORB."""
    left, _, _ = rooms
    with settings.file_room:
        second = second_picture(settings, shown)
    with left:
        if second.shown is None:
            frame.say(second.fault, "second")
            return
        results = {method: matched(shown, second.shown, method, settings.ratio, second.motion) for method in _NAMES}
        found = results[settings.method]
        st.markdown(match_answer(_NAMES[settings.method], found, second.motion))
        figure = match_figure((shown, second.shown), found)
        st.image(figure, width="stretch", alt="Both images, with a line from each matched point to the other.")
        st.caption(
            "Blue, with a ring at both ends: the inliers, which agree on one motion. Orange, dashed, with a cross: the "
            f"other matches. {_drawn(len(found.matches))}Left: {shown.note}"
        )
        st.dataframe([_row(name, results[method]) for method, name in _NAMES.items()], hide_index=True)


def _drawn(count: int) -> str:
    every = drawn_every(count)
    return "" if every == 1 else f"Of all {count:,} matches one in {every} is drawn. "


def _row(name: str, found: Matched) -> dict[str, object]:
    row: dict[str, object] = {
        "": name,
        "keypoints, left": len(found.first),
        "keypoints, right": len(found.second),
        "matches": len(found.matches),
        "inliers": found.matches.kept,
    }
    return row if found.right is None else row | {"right, within 3 pixels": found.right}
