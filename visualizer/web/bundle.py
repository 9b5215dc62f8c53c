"""A component's JavaScript and style, each as one text."""

import re
from pathlib import Path

from visualizer import FOLDER as APP

FOLDER = APP / "web"
ELEMENT, READER, DELIVERY, NUMBER_FIELDS, PACKING = (
    FOLDER / f"{name}.js" for name in ("element", "read_number", "delivery", "number_fields", "packing")
)
_IMPORT = re.compile(r"^import .*$", re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_BLOCK_COMMENT = re.compile(r"^/\*.*\*/$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


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
