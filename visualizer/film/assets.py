"""The film's JavaScript and style: its own modules, and those of the player that it uses."""

from functools import cache
from pathlib import Path

from visualizer.player import assets as player
from visualizer.web.bundle import ELEMENT, PACKING, READER, joined_script, joined_style

_HERE = Path(__file__).parent
_SHARED = ("numbers.js", "svg.js")
_PLAYERS = ("tooltip.js", "editor.js", "transport.js", "keys.js")
_OWN = (
    "reel.js",
    "inks.js",
    "maps.js",
    "places.js",
    "net.js",
    "large_map.js",
    "weight_list.js",
    "view.js",
    "curves.js",
    "save.js",
    "film.js",
)


@cache
def script() -> str:
    """The film's script."""
    shared, players = ([player.FOLDER / name for name in names] for names in (_SHARED, _PLAYERS))
    return joined_script(ELEMENT, READER, PACKING, *shared, *players, *(_HERE / name for name in _OWN))


@cache
def style() -> str:
    """The film's style sheet, on top of the player's."""
    return joined_style(player.FOLDER / "player.css", _HERE / "film.css")
