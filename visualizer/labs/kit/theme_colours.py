"""The colours of the labs' figures: the app's one palette, by what they mean."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from visualizer.web.palette import CONFIG


@dataclass(frozen=True)
class Inks:
    """Colours of one theme. `series` are told apart by dashes and markers besides, see charts.py."""

    dark: bool
    ground: str
    text: str
    muted: str
    line: str
    plus: str
    minus: str
    gradient: str
    good: str
    mark: str
    bad: str
    series: tuple[str, ...]

    def pale(self, colour: str, share: float) -> str:
        """A colour as a veil over the ground: `share` of it, 0 to 1."""
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return f"rgba({red},{green},{blue},{share:g})"


@cache
def inks(dark: bool) -> Inks:
    """The colours of the light or the dark theme."""
    theme = tomllib.loads(CONFIG.read_text("utf-8"))["theme"]["dark" if dark else "light"]
    return Inks(
        dark=dark,
        ground=theme["backgroundColor"],
        text=theme["textColor"],
        muted=theme["grayTextColor"],
        line=theme["borderColor"],
        plus=theme["blueColor"],
        minus=theme["orangeColor"],
        gradient=theme["violetColor"],
        good=theme["greenColor"],
        mark=theme["yellowColor"],
        bad=theme["redColor"],
        series=tuple(theme["chartCategoricalColors"]),
    )
