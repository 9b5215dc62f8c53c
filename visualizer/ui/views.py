"""The choice between the views of a lesson, in its toolbar."""

from __future__ import annotations

from visualizer.ui.settings import Choice
from visualizer.unattended import note_walk_view

WALK = "walk"
"""The key of a lesson's view that plays its walk."""


def draw_view(setting: Choice) -> str:
    """A row of buttons without a label above it."""
    if WALK in setting.options:
        note_walk_view(f"{setting.name}={WALK}")
    return setting.draw(bare=True)
