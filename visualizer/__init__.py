"""Unrolled: an interactive visualizer of neural nets."""

from pathlib import Path

__version__ = "1.0.0"

FOLDER = Path(__file__).parent
"""Where the app's own files stand: its data, weights, results and styles."""


def _place(installed: str, checkout: str) -> Path:
    """A file or folder that setup.py puts into the package; in a checkout it stands beside the package."""
    inside = FOLDER / installed
    return inside if inside.exists() else FOLDER.parent / checkout


SCRIPTS = _place("pages", "pages")
"""The folder of the pages' scripts."""
CONFIG = _place("config/config.toml", ".streamlit/config.toml")
"""Streamlit's options for the app, with its theme."""
