"""The choice between the views of a lesson, in its toolbar."""

from __future__ import annotations

from visualizer.ui.settings import Choice


def draw_view(setting: Choice) -> str:
    """A row of buttons without a label above it."""
    return setting.draw(bare=True)
