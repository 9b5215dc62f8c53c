"""A softmax as a table: a row for each class, from its score to its probability and back."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.scene import Box, Label, Mark, Number, Role, Scene

WIDTH, HEIGHT = 900.0, 620.0
TOP = 56.0
TALLEST = 52.0
_BOX = 122.0
_COLUMNS: tuple[tuple[str, str, float, Role], ...] = (
    ("z", "score z", 170.0, "value"),
    ("exps", "q = e to z − m", 320.0, "value"),
    ("p", "probability p", 610.0, "value"),
    ("y", "target y", 740.0, "value"),
    ("grad_z", "∂ℓ/∂z = p − y", 850.0, "gradient"),
)
_TOTAL = 465.0
_BELOW = (
    ("largest", 170.0, "largest m"),
    ("log_sum_exp", 434.0, "lse = m + ln S"),
    ("loss", 740.0, "loss ℓ"),
)


def draw_softmax(trace: Trace) -> Scene:
    """The scene of `trace_softmax`: every class at once, their sum in the middle."""
    names = trace.names["classes"]
    pitch = min(TALLEST, (HEIGHT - TOP - 60) / len(names))
    marks = [*_heads(trace)]
    for at, name in enumerate(names):
        marks += [*_row(trace, at, name, TOP + pitch * (at + 0.5), pitch)]
    middle = TOP + pitch * len(names) / 2
    marks += [*_framed("total", _TOTAL, middle, 118.0, 44.0, 17), Label(_TOTAL, middle - 36, 15, text="their sum S")]
    bottom = TOP + pitch * len(names) + 34
    for ref, x, title in _BELOW:
        if ref in trace.arrays:
            marks += [*_framed(ref, x, bottom, 118.0, 40.0, 16), Label(x - 68, bottom, 15, text=title, anchor="end")]
    return Scene(WIDTH + 20, HEIGHT, tuple(marks), description=f"The scores of {len(names)} classes, and a softmax.")


def _heads(trace: Trace) -> Iterator[Mark]:
    for name, title, x, _ in _COLUMNS:
        if name in trace.arrays:
            yield Label(x, 26, 15, text=title)


def _row(trace: Trace, at: int, name: str, y: float, pitch: float) -> Iterator[Mark]:
    yield Label(96, y, min(16.0, pitch * 0.55), text=name, anchor="end")
    for array, _, x, role in _COLUMNS:
        if array in trace.arrays:
            width = 60.0 if array == "y" else 104.0 if array == "grad_z" else _BOX
            yield from _framed(f"{array}[{at}]", x, y, width, pitch - 8, min(16.0, pitch * 0.55), role)


def _framed(
    ref: str, x: float, y: float, width: float, height: float, size: float, role: Role = "value"
) -> Iterator[Mark]:
    yield Box(x - width / 2, y - height / 2, width, height, (ref,), radius=8)
    yield Number(x, y, ref, size, role, shrink=width - 12)
