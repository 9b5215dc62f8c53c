"""The view "Match": keypoints of two images that go together."""

from __future__ import annotations

import base64

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.figures.over_picture import circle, line_path
from visualizer.lessons.image_features.match.matching import Matched, match_answer, matched
from visualizer.lessons.image_features.match.second import second_picture
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


MAX_LINES = 250
_GAP = 12.0
_INLIER, _OTHER = "#4dc3ff", "#ff9a5c"


def drawn_every(count: int) -> int:
    """Every which of so many matches is drawn."""
    return max(1, -(-count // MAX_LINES))


def match_figure(pictures: tuple[Working, Working], matched: Matched) -> str:
    """The figure as SVG; of many matches every second, third, … is drawn."""
    points, matches = (matched.first, matched.second), matched.matches
    (height, width), (other_height, other_width) = (picture.size for picture in pictures)
    whole, tall = width + _GAP + other_width, max(height, other_height)
    parts = [_image(pictures[0], 0), _image(pictures[1], width + _GAP)]
    every = drawn_every(len(matches))
    lines: dict[bool, list[str]] = {True: [], False: []}
    ends: dict[bool, list[str]] = {True: [], False: []}
    for (first, second), inlier in list(zip(matches.pairs.tolist(), matches.inliers.tolist(), strict=True))[::every]:
        (row, column), (to_row, to_column) = points[0].places[first].tolist(), points[1].places[second].tolist()
        here, there = (row + 0.5, column + 0.5), (to_row + 0.5, to_column + 0.5 + width + _GAP)
        lines[inlier].append(f"M{here[1]:.1f} {here[0]:.1f}L{there[1]:.1f} {there[0]:.1f}")
        ends[inlier] += [circle(*place, 2) if inlier else _cross(*place) for place in (here, there)]
    for inlier, colour, dashes in ((False, _OTHER, "3 2"), (True, _INLIER, "none")):
        path = "".join(lines[inlier])
        parts.append(
            f'<path d="{path}" stroke="{colour}" stroke-width="0.6" stroke-dasharray="{dashes}" opacity="0.75"/>'
        )
        parts.append(line_path("".join(ends[inlier]), colour, 0.7))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole:g} {tall:g}" width="{2 * whole:g}" '
        f'height="{2 * tall:g}">{"".join(parts)}</svg>'
    )


def _image(picture: Working, left: float) -> str:
    height, width = picture.size
    kind = "png" if picture.file.startswith(b"\x89PNG") else "jpeg"
    data = base64.b64encode(picture.file).decode("ascii")
    return (
        f'<image href="data:image/{kind};base64,{data}" x="{left:g}" width="{width}" height="{height}" '
        f'preserveAspectRatio="none"/>'
    )


def _cross(row: float, column: float) -> str:
    return f"M{column - 1.8:.1f} {row - 1.8:.1f}l3.6 3.6m0 -3.6l-3.6 3.6"
