"""A component's JavaScript and style, each as one text; the player's own first of all."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
READER = FOLDER.parent / "inputs" / "read_number.js"
DELIVERY = FOLDER.parent / "inputs" / "delivery.js"
FONT = FOLDER.parent / "static" / "math.woff2"
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
_IMPORT = re.compile(r"^import .*$", re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_BLOCK_COMMENT = re.compile(r"^/\*.*\*/$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


@cache
def script() -> str:
    """The player's script."""
    return joined_script(READER, DELIVERY, *(FOLDER / name for name in MODULES))


@cache
def style() -> str:
    """The player's style sheet."""
    return joined_style(FOLDER / "player.css")


def joined_script(*modules: Path) -> str:
    """All modules as one: a component's script is one text, so the imports between its modules fall away."""
    texts = (module.read_text("utf-8") for module in modules)
    return _bare("\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts), _LINE_COMMENT)


def joined_style(*sheets: Path) -> str:
    """All style sheets as one."""
    return _bare("\n".join(sheet.read_text("utf-8") for sheet in sheets), _BLOCK_COMMENT)


def _bare(text: str, comment: re.Pattern[str]) -> str:
    """Without indents and the lines that are comments: every visitor loads it."""
    return _INDENT.sub("", comment.sub("", text))
