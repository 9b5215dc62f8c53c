"""The settings: those of the view beside what they change, the others in the toolbar's popover.

All are drawn in every run, as what is not drawn leaves the URL.
"""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.lessons.image_features.settings import (
    COMPARE,
    FEATURES,
    MATCH,
    SAME,
    SETTINGS,
    WALK,
    FeatureSettings,
)

_GROUPS = {
    "hog": ("cell_side", "block_side", "bins"),
    "feature": ("feature",),
    "point": ("point_down", "point_right"),
    "second": ("second",),
    "motion": ("turn", "scale", "light"),
    "matching": ("method", "ratio"),
    "follow": ("follow",),
}
_OF_VIEW = {
    FEATURES: ("feature",),
    WALK: ("hog",),
    MATCH: ("second", "motion", "matching"),
    COMPARE: ("motion", "follow", "point"),
}


def draw_settings(view: str, here: DeltaGenerator, panel: DeltaGenerator) -> FeatureSettings:
    """Draw every setting: the view's `here`, the others in the popover `panel`."""
    values: dict[str, Any] = {}
    for own in (True, False):
        if not own:
            panel.caption("Also, and for the other views")
        for group in _GROUPS:
            if (group in _OF_VIEW[view]) is own:
                with here if own else panel:
                    values |= _drawn(group, view, values)
    return FeatureSettings(**values)


def _drawn(group: str, view: str, values: dict[str, Any]) -> dict[str, Any]:
    fields = _GROUPS[group]
    if group == "point":
        return SETTINGS.draw_row(*fields)
    if group == "second":
        return SETTINGS.draw(*fields) | {"file_room": st.container(key="second-file")}
    # Only the same picture is turned, scaled or brightened to be matched with.
    idle = group == "motion" and view == MATCH and values["second"] != SAME
    return SETTINGS.draw(*fields, disabled=idle)
