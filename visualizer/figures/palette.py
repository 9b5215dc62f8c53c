"""The colours of the figures, by what they mean: the light theme's; `svg.darkened` makes them fit a dark page."""

from visualizer.theme import channels, theme

_LIGHT = theme("light")
INK, MUTED, LINE, CARD = (_LIGHT[name] for name in ("textColor", "grayTextColor", "borderColor", "backgroundColor"))
PLUS, MINUS, MARK, GOOD = (_LIGHT[f"{hue}Color"] for hue in ("blue", "orange", "violet", "green"))
SHADE = _LIGHT["grayBackgroundColor"]


def mixed(colour: str, share: float) -> str:
    """A colour over white, `share` of it from 0 to 1."""
    return "#" + "".join(f"{round(255 + (channel - 255) * share):02x}" for channel in channels(colour))
