"""The colours of the labs' figures: the app's one palette, by what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from visualizer.theme import channels, theme


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
        red, green, blue = channels(colour)
        return f"rgba({red},{green},{blue},{share:g})"


@cache
def inks(dark: bool) -> Inks:
    """The colours of the light or the dark theme."""
    colours = theme("dark" if dark else "light")
    return Inks(
        dark=dark,
        ground=colours["backgroundColor"],
        text=colours["textColor"],
        muted=colours["grayTextColor"],
        line=colours["borderColor"],
        plus=colours["blueColor"],
        minus=colours["orangeColor"],
        gradient=colours["violetColor"],
        good=colours["greenColor"],
        mark=colours["yellowColor"],
        bad=colours["redColor"],
        series=tuple(colours["chartCategoricalColors"]),
    )
