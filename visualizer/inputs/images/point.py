"""A point on a figure of an image: chosen by a click or with the arrow keys."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from visualizer.web.bundle import component_script, style

_COMPONENT = st.components.v2.component(
    "unrolled_point",
    js=component_script("point"),
    css=style(Path(__file__).with_name("point.css")),
)


@dataclass(frozen=True)
class Point:
    """A place on an image, as shares of its height and width, in percent."""

    down: float
    right: float

    def pixel(self, height: int, width: int) -> tuple[float, float]:
        """Row and column on an image of this size, between pixels."""
        return self.down / 100 * (height - 1), self.right / 100 * (width - 1)


def point_box(
    figure: str, size: tuple[int, int], point: Point, *, key: str, label: str, on_point: Callable[[Point], None]
) -> None:
    """Show an SVG figure of an image with the point on it; `on_point` gets another one that was chosen.

    `size` is the image's, (rows, columns): an arrow key moves the point by one of its pixels. `label` says to a
    screen reader what the figure shows.
    """

    def chosen() -> None:
        if found := checked_point(st.session_state[key].chosen):
            on_point(found)

    address = "data:image/svg+xml;base64," + base64.b64encode(figure.encode()).decode("ascii")
    rows, columns = size
    _COMPONENT(
        key=key,
        data={
            "figure": address,
            "rows": rows,
            "columns": columns,
            "down": point.down,
            "right": point.right,
            "label": label,
        },
        on_chosen_change=chosen,
    )


def checked_point(report: object) -> Point | None:
    """What the browser sends is untrusted: two numbers from 0 to 100, rounded to tenths, or nothing."""
    if not isinstance(report, dict):
        return None
    numbers = report.get("down"), report.get("right")
    shares = [
        round(float(each), 1)
        for each in numbers
        if isinstance(each, int | float) and not isinstance(each, bool) and math.isfinite(each) and 0 <= each <= 100
    ]
    return Point(*shares) if len(shares) == 2 else None
