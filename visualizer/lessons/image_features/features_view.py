"""The view "Features": one feature over the image, and its descriptor at the point."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.inputs.images.crop_setting import CROP, Crop
from visualizer.inputs.images.images import Picture
from visualizer.inputs.images.point import Point, point_box
from visualizer.lessons.image_features.about import ABOUT
from visualizer.lessons.image_features.answers import feature_answer
from visualizer.lessons.image_features.descriptors import Tile, way
from visualizer.lessons.image_features.overlays import overlay
from visualizer.lessons.image_features.settings import HOG, SETTINGS, VIEW, WALK, FeatureSettings
from visualizer.lessons.image_features.working import Working
from visualizer.once import once
from visualizer.ui.layout import draw_figure

_SIDE = 8


def draw_features(
    settings: FeatureSettings, picture: Picture, shown: Working, rooms: tuple[DeltaGenerator, ...]
) -> None:
    """The image on the left, on the right the answer and the way to the descriptor, the idea below."""
    left, right, below = rooms
    pixel = settings.point.pixel(*shown.size)
    of = (settings.feature, pixel)
    about = ABOUT[settings.feature]
    with left:
        with st.spinner("Describing every place of the image", show_time=False):
            figure = once(shown, "overlay", lambda: overlay(settings.feature, shown, pixel), of=of)
        point_box(figure, shown.size, settings.point, key="feature_point", label=about.overlay, on_point=take_point)
        st.caption(f"{about.overlay} {shown.note}")
    with right:
        st.markdown(feature_answer(settings.feature, shown, pixel))
        _draw_way(once(shown, "way", lambda: way(settings.feature, shown, pixel), of=of))
    with below:
        st.markdown(about.idea)
        st.caption(about.paper)
        if settings.feature == HOG:
            st.button(
                "Walk through it number by number", on_click=_walk, args=(picture, settings.point), key="walk_here"
            )


def _draw_way(tiles: list[Tile]) -> None:
    if not tiles:
        return
    st.markdown("**From the pixels to the descriptor at the point**")
    # The numbers themselves have the room that reading them takes.
    widths = [1] * (len(tiles) - 1) + [2]
    for column, (number, tile) in zip(st.columns(widths, gap="small"), enumerate(tiles), strict=True):
        with column:
            _draw_tile(tile, number + 1)


def take_point(point: Point) -> None:
    """Keep a point that was clicked, in its two fields and so in the address."""
    st.session_state[SETTINGS["point_down"].name] = point.down
    st.session_state[SETTINGS["point_right"].name] = point.right


def _walk(picture: Picture, point: Point) -> None:
    """Open the walk on the pixels around the point."""
    row, column = (round(each) for each in point.pixel(picture.height, picture.width))
    around = Crop(max(0, row - _SIDE // 2), max(0, column - _SIDE // 2), _SIDE, _SIDE).within(picture)
    st.session_state[CROP.name] = around
    st.session_state[VIEW.name] = WALK


def _draw_tile(tile: Tile, number: int) -> None:
    if tile.themed and isinstance(tile.figure, str):
        draw_figure(tile.figure, tile.words, width="stretch")
    else:
        st.image(tile.figure, width="stretch", alt=tile.words)
    st.markdown(f":small[**{number}.** {tile.words}]")
