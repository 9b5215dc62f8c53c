"""The view "Compare": how much each descriptor changes when the image is turned, scaled or brightened."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.engine.features.descriptors import RADIUS
from visualizer.engine.features.features import descriptor_changes
from visualizer.figures.histograms import figure_changes
from visualizer.figures.over_picture import BRIGHT, circle, line_path, over_picture
from visualizer.inputs.images.point import point_box
from visualizer.lessons.image_features.compare.one_change import draw_one_change
from visualizer.lessons.image_features.compare.text import compare_answer
from visualizer.lessons.image_features.features_view import take_point
from visualizer.lessons.image_features.match.matching import matched
from visualizer.lessons.image_features.match.second import changed, where
from visualizer.lessons.image_features.settings import FeatureSettings
from visualizer.lessons.image_features.working import Working
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
