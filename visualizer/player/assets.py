"""The player's own JavaScript and style, each as one text."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
FONT = FOLDER.parent / "static" / "math.woff2"
MODULES = (
    "numbers.js",
    "walk.js",
    "symbols.js",
    "formula.js",
    "long_sums.js",
    "matrix.js",
    "svg.js",
    "grid.js",
    "products.js",
    "lanes.js",
    "figure.js",
    "board.js",
    "frames.js",
    "iterations.js",
    "tooltip.js",
    "editor.js",
    "transport.js",
    "keys.js",
    "player.js",
)
_IMPORT = re.compile(r"^import .*$", re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_BLOCK_COMMENT = re.compile(r"^/\*.*\*/$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


@cache
def script() -> str:
    """All modules as one: a component's script is one text, so the imports between its modules fall away."""
    modules = [(FOLDER / name).read_text("utf-8") for name in MODULES]
    return _bare("\n".join(_EXPORT.sub("", _IMPORT.sub("", module)) for module in modules), _LINE_COMMENT)


@cache
def style() -> str:
    """The player's style sheet."""
    return _bare((FOLDER / "player.css").read_text("utf-8"), _BLOCK_COMMENT)


def _bare(text: str, comment: re.Pattern[str]) -> str:
    """Without indents and the lines that are comments: every visitor loads it."""
    return _INDENT.sub("", comment.sub("", text))
