"""The view "Compare": how much each descriptor changes when the image is turned, scaled or brightened."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.engine.features.descriptors import RADIUS
from visualizer.engine.features.features import Described, Similarity, descriptor_changes
from visualizer.figures.histograms import figure_changes
from visualizer.figures.over_picture import BRIGHT, circle, line_path, over_picture
from visualizer.inputs.images.point import point_box
from visualizer.lessons.image_features.features_view import take_point
from visualizer.lessons.image_features.match.matching import changes, matched
from visualizer.lessons.image_features.match.second import changed, where
from visualizer.lessons.image_features.settings import FeatureSettings
from visualizer.lessons.image_features.working import Working
from visualizer.once import once
from visualizer.text.numbers import percent
from visualizer.ui.layout import draw_figure


def draw_compare(settings: FeatureSettings, shown: Working, rooms: tuple[DeltaGenerator, ...]) -> None:
    """The answer and its bars, and the image before and after."""
    pixel, motion = settings.point.pixel(*shown.size), settings.motion
    other = changed(shown, motion)
    there = where(shown, motion, pixel)
    size = motion.scale if settings.follow else 1.0
    found = descriptor_changes(shown.described, other.described, motion, pixel, follow=settings.follow)
    share = matched(shown, other, "sift", settings.ratio, motion).right_share
    with rooms[0]:
        st.markdown(compare_answer(motion, len(shown.described.keypoints), share, found))
        draw_figure(figure_changes(list(found.items()), title="How far each descriptor moves"), "how far each moves")
        st.caption(
            f"How far the descriptor of the same place moves, as a share of its own length: {percent(0, 0)} is "
            f"invariant."
        )
        before, after = st.columns(2, gap="small")
        with before:
            figure = over_picture(shown.file, *shown.size, [_region(pixel, RADIUS)], "before")
            point_box(figure, shown.size, settings.point, key="compare_point", label="Before.", on_point=take_point)
            st.caption("Before, with the region that is described.")
        with after:
            figure = over_picture(other.file, *other.size, [_region(there, RADIUS * size)], "after")
            st.image(figure, width="stretch", alt="The image after the change, with the same region.")
            st.caption("After, with the same region.")
        draw_one_change(shown, pixel, follow=settings.follow)


def _region(point: tuple[float, float], radius: float) -> str:
    return line_path(circle(point[0] + 0.5, point[1] + 0.5, radius), BRIGHT, 1.2)


_WHY = {
    "HOG": "HOG, which looks along the image's own rows and columns, is not made for turns",
    "Spin image": "a spin image forgets where on its ring a pixel stood",
    "RIFT": "RIFT counts directions from the way outwards",
    "GLOH": "GLOH first turns the region to its main direction",
    "SIFT": "SIFT finds size and direction for itself",
    "Textons": "textons count the strongest of all orientations",
}


def compare_answer(motion: Similarity, keypoints: int, right: float | None, found: Mapping[str, float | None]) -> str:
    """How far each descriptor moves, from the steadiest to the least steady, and what became of SIFT's matches."""
    if motion == Similarity():
        return "**Answer.** Nothing is changed yet, so no descriptor moves. Turn, scale or brighten the image."
    known = {name: value for name, value in found.items() if value is not None and math.isfinite(value)}
    order = sorted(known, key=lambda name: known[name])
    matched = "none of them match" if right is None else f"**{percent(right, 0)} of their matches are right**"
    sift = f"SIFT finds {keypoints} keypoints, and {matched}." if keypoints else "SIFT finds no keypoint."
    if not order or max(known.values()) == 0:
        return f"**Answer.** After {changes(motion)}, no descriptor of the point moves. {sift}"
    best, worst = order[0], order[-1]
    rest = ", ".join(f"{_short(name)}’s by {percent(known[name], 0)}" for name in order[1:-1])
    lost = (
        " SIFT does not find the keypoint nearest to the point again."
        if found.get("SIFT") is None and keypoints
        else ""
    )
    return (
        f"**Answer.** After {changes(motion)}, {_short(best)}’s descriptor at the point changes by "
        f"**{percent(known[best], 0)}**, {rest}, and {_short(worst)}’s by **{percent(known[worst], 0)}**.{lost} {sift} "
        f"{_why(motion, best, worst)}"
    )


def _short(name: str) -> str:
    return {"Spin image": "the spin image", "Textons": "the texton histogram"}.get(name, name)


def _why(motion: Similarity, best: str, worst: str) -> str:
    if not motion.turn:
        return ""
    words = _WHY[best]
    return f"{words[0].upper()}{words[1:]}{'; ' + _WHY['HOG'] if worst == 'HOG' else ''}."


CHANGES: Mapping[str, Similarity] = {
    "turned by 30°": Similarity(turn=30.0),
    "scaled to 0.7": Similarity(scale=0.7),
    "0.7 times as bright": Similarity(light=0.7),
}
STEADY = 0.2
"""A descriptor that moves by less than this is called steady."""


def draw_one_change(shown: Working, point: tuple[float, float], *, follow: bool) -> None:
    """A table of all descriptors at a point (row, column), a column for each change."""
    with st.spinner("Turning, scaling and darkening the image", show_time=False):
        found = one_change(shown, point, follow=follow)
    st.markdown("**One change at a time, at the same point**")
    names = list(next(iter(found.values())))
    st.dataframe(
        [{"": name} | {change: _text(found[change][name]) for change in found} for name in names], hide_index=True
    )
    st.caption(steady_words(found))


def one_change(shown: Working, point: tuple[float, float], *, follow: bool) -> dict[str, dict[str, float | None]]:
    """How far each descriptor moves, by the change and the descriptor's name. Changed images are kept with theirs."""
    before = shown.described
    found = {}
    for name, motion in CHANGES.items():
        after: Described = once(shown, name, partial(_changed, before, motion))
        found[name] = descriptor_changes(before, after, motion, point, follow=follow)
    return found


def _changed(before: Described, motion: Similarity) -> Described:
    return Described(motion.of(before.image), before)


def steady_words(found: Mapping[str, Mapping[str, float | None]]) -> str:
    """Which descriptors stay as they are, change by change."""
    parts = []
    for change, moved in found.items():
        steady = [name for name, value in moved.items() if value is not None and value < STEADY]
        parts.append(f"{change}: {', '.join(steady) if steady else 'none'}")
    return f"Moved by less than {percent(STEADY, 0)} when {'; '.join(parts)}."


def _text(value: float | None) -> str:
    return "not found again" if value is None else percent(value, 0)
