"""The player's JavaScript and style, each as one text."""

from functools import cache
from pathlib import Path

from visualizer import FOLDER as APP
from visualizer.web.bundle import DELIVERY, READER, joined_script, joined_style

FOLDER = Path(__file__).parent
FONT = APP / "site" / "static" / "math.woff2"
MODULES = (
    "numbers.js",
    "walk.js",
    "symbols.js",
    "formula.js",
    "long_sums.js",
    "matrix.js",
    "settle.js",
    "lines.js",
    "svg.js",
    "grid.js",
    "products.js",
    "lanes.js",
    "parts.js",
    "marks.js",
    "figure.js",
    "board.js",
    "frames.js",
    "iterations.js",
    "tooltip.js",
    "editor.js",
    "changes.js",
    "transport.js",
    "keys.js",
    "address.js",
    "pointing.js",
    "player.js",
    "mount.js",
)


@cache
def script() -> str:
    """The player's script."""
    return joined_script(READER, DELIVERY, *(FOLDER / name for name in MODULES))


@cache
def style() -> str:
    """The player's style sheet."""
    return joined_style(FOLDER / "player.css")
