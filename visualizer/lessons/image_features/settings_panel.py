"""The settings: those of the view beside what they change, the others in the toolbar's popover.

All are drawn in every run, as what is not drawn leaves the URL.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.engine.features.features import Similarity
from visualizer.inputs.images.point import Point
from visualizer.lessons.image_features import table
from visualizer.lessons.image_features.table import COMPARE, FEATURES, MATCH, SAME, WALK
from visualizer.ui.settings import Setting

_OF_VIEW = {
    FEATURES: ("feature",),
    WALK: ("hog",),
    MATCH: ("second", "motion", "matching"),
    COMPARE: ("motion", "follow", "point"),
}
Draw = Callable[[dict[str, Any], str], None]


@dataclass(frozen=True)
class FeatureSettings:
    """What can be chosen, but for the view and the picture."""

    feature: str
    point: Point
    cell: int
    block: int
    bins: int
    second: str
    motion: Similarity
    method: str
    ratio: float
    follow: bool
    file_room: DeltaGenerator
    """Where the field for a second picture of the visitor's own goes."""


def draw_settings(view: str, here: DeltaGenerator, panel: DeltaGenerator) -> FeatureSettings:
    """Draw every setting: the view's `here`, the others in the popover `panel`."""
    values: dict[str, Any] = {}
    for own in (True, False):
        if not own:
            panel.caption("Also, and for the other views")
        for name, draw in _GROUPS.items():
            if (name in _OF_VIEW[view]) is own:
                with here if own else panel:
                    draw(values, view)
    return FeatureSettings(
        feature=values["feature"],
        point=Point(values["point_down"], values["point_right"]),
        cell=int(values["hog_cell"]),
        block=int(values["hog_block"]),
        bins=values["hog_bins"],
        second=values["second"],
        motion=Similarity(values["turn"], values["scale"], values["light"]),
        method=values["method"],
        ratio=values["ratio"],
        follow=values["follow"],
        file_room=values["file_room"],
    )


def _below(*settings: Setting[Any]) -> Draw:
    def draw(values: dict[str, Any], view: str) -> None:
        for setting in settings:
            values[setting.name] = setting.draw(disabled=_is_idle(setting, values, view))

    return draw


def _is_idle(setting: Setting[Any], values: dict[str, Any], view: str) -> bool:
    """Only the same picture is turned, scaled or brightened to be matched with."""
    return view == MATCH and setting in (table.TURN, table.SCALE, table.LIGHT) and values["second"] != SAME


def _beside(*settings: Setting[Any]) -> Draw:
    def draw(values: dict[str, Any], _view: str) -> None:
        for column, setting in zip(st.columns(len(settings), gap="small"), settings, strict=True):
            with column:
                values[setting.name] = setting.draw()

    return draw


def _second(values: dict[str, Any], _view: str) -> None:
    values[table.SECOND.name] = table.SECOND.draw()
    values["file_room"] = st.container(key="second-file")


_GROUPS: dict[str, Draw] = {
    "hog": _below(table.CELL, table.BLOCK, table.BINS),
    "feature": _below(table.FEATURE),
    "point": _beside(table.POINT_DOWN, table.POINT_RIGHT),
    "second": _second,
    "motion": _below(table.TURN, table.SCALE, table.LIGHT),
    "matching": _below(table.METHOD, table.RATIO),
    "follow": _below(table.FOLLOW),
}
