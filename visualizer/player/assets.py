"""What a page needs to play a walk: script, style and font."""

from functools import cache
from pathlib import Path

from visualizer import FOLDER as APP
from visualizer.web import bundle

STYLE = Path(__file__).parent / "player.css"
FONT = APP / "site" / "static" / "math.woff2"


@cache
def style() -> str:
    """The player's style sheet."""
    return bundle.style(STYLE)
