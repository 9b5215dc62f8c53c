"""The app's one palette, read from its Streamlit theme, as the CSS variables that Streamlit itself would set."""

import re
import tomllib
from functools import cache

from visualizer import FOLDER as APP

CONFIG = APP.parent / ".streamlit" / "config.toml"


@cache
def palette_css() -> str:
    """Light colours, and dark ones for a viewer who prefers them."""
    theme = tomllib.loads(CONFIG.read_text("utf-8"))["theme"]
    light, dark = (_variables(theme[mode]) for mode in ("light", "dark"))
    return f":root{{color-scheme:light dark;{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"


def _variables(colours: dict[str, object]) -> str:
    return "".join(f"--st-{_kebab(name)}:{value};" for name, value in colours.items() if isinstance(value, str))


def _kebab(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
