"""A component's JavaScript and style, each as one text. `make bundles` writes the scripts: no user needs Node."""

from __future__ import annotations

import re
from pathlib import Path

from visualizer import FOLDER as APP

BUNDLES = APP / "web" / "bundles"
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_COMMENT = re.compile(r"^/\*.*\*/$", re.MULTILINE)


def script(name: str) -> str:
    """A bundle: a script that sets the variable `bundle` to what its module exports."""
    return (BUNDLES / f"{name}.js").read_text(encoding="utf-8")


def component_script(name: str) -> str:
    """A bundle as the module that Streamlit asks a component for."""
    return f"{script(name)}export default bundle.default\n"


def style(*sheets: Path) -> str:
    """All style sheets as one, without indents and comments: every visitor loads it."""
    return _INDENT.sub("", _COMMENT.sub("", "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)))
