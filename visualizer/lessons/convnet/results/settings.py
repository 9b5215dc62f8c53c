"""The settings of the view "Results": it has none; what it shows follows from the data set and the net."""

from __future__ import annotations

from typing import Any

from visualizer.ui.settings import Setting

RESULT_SETTINGS: tuple[Setting[Any], ...] = ()
