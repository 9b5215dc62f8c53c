"""The app's palette as the CSS variables that Streamlit itself would set."""

import re
from functools import cache

from visualizer.theme import theme


@cache
def palette_css() -> str:
    """Light colours, and dark ones for a viewer who prefers them."""
    light, dark = _variables(theme("light")), _variables(theme("dark"))
    return f":root{{color-scheme:light dark;{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"


def _variables(colours: dict[str, object]) -> str:
    return "".join(f"--st-{_kebab(name)}:{value};" for name, value in colours.items() if isinstance(value, str))


def _kebab(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
