"""The app's one palette: the colours of its Streamlit theme, light and dark."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, Literal

from visualizer import CONFIG


@cache
def theme(mode: Literal["light", "dark"]) -> dict[str, Any]:
    """Streamlit's options by their names: blueColor, textColor, chartCategoricalColors, …"""
    return dict(tomllib.loads(CONFIG.read_text("utf-8"))["theme"][mode])


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of #rrggbb, 0 to 255."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
