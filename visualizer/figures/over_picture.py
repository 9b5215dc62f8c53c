"""Lines over an image, readable on bright and on dark: figures that stay as they are in either theme."""

from __future__ import annotations

import base64
import html
import math
from collections.abc import Iterable

BRIGHT, FAINT, WARN = "#ffe14d", "#7fe3ff", "#ff9a5c"
_DARK = "#000000"


def over_picture(picture: bytes, height: float, width: float, parts: Iterable[str], title: str) -> str:
    """An image as an image file, and marks over it in units of its `width` × `height`: row 0 is its top edge."""
    kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
    data = base64.b64encode(picture).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{2 * width:g}" '
        f'height="{2 * height:g}" role="img"><title>{html.escape(title)}</title>'
        f'<image href="data:image/{kind};base64,{data}" width="{width:g}" height="{height:g}" '
        f'preserveAspectRatio="none"{_SHARP if kind == "png" else ""}/>{"".join(parts)}</svg>'
    )


_SHARP = ' style="image-rendering:pixelated"'


def line_path(path: str, colour: str = BRIGHT, width: float = 1.0, opacity: float = 1.0) -> str:
    """A path with a dark rim."""
    common = f'd="{path}" fill="none" stroke-linecap="round" opacity="{opacity:.2f}"'
    return (
        f'<path {common} stroke="{_DARK}" stroke-opacity="0.6" stroke-width="{2.2 * width:g}"/>'
        f'<path {common} stroke="{colour}" stroke-width="{width:g}"/>'
    )


def circle(row: float, column: float, radius: float) -> str:
    """The path of a circle."""
    r, way = f"{radius:.1f}", f"{2 * radius:.1f}"
    return f"M{column - radius:.1f} {row:.1f}a{r} {r} 0 1 0 {way} 0a{r} {r} 0 1 0 -{way} 0"


def ray(row: float, column: float, angle: float, start: float, end: float) -> str:
    """The path of a line from a point in a direction (radians from the right downwards), between two distances."""
    down, right = math.sin(angle), math.cos(angle)
    return f"M{column + start * right:.1f} {row + start * down:.1f}L{column + end * right:.1f} {row + end * down:.1f}"


def turned_grid(row: float, column: float, radius: float, angle: float, parts: int) -> str:
    """The path of a square of parts × parts cells around a point, turned to a direction."""
    cos, sin = math.cos(angle), math.sin(angle)

    def place(right: float, down: float) -> str:
        return f"{column + cos * right - sin * down:.1f} {row + sin * right + cos * down:.1f}"

    steps = [radius * (2 * part / parts - 1) for part in range(parts + 1)]
    across = "".join(f"M{place(-radius, step)}L{place(radius, step)}" for step in steps)
    return across + "".join(f"M{place(step, -radius)}L{place(step, radius)}" for step in steps)
