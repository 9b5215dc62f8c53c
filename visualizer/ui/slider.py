"""A setting that is drawn as a slider."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from visualizer.ui.settings import Number


@dataclass(frozen=True)
class Slider(Number):
    """A number that is drawn as a slider, for what is to be tried out rather than typed."""

    def coerce(self, value: object) -> float:
        """As a slider steps: 0.3, not 0.30000000000000004."""
        return round(super().coerce(value), 10)

    def draw(self, *, disabled: bool = False, on_change: Callable[[], None] | None = None) -> float:
        drawn = st.slider(
            self.label,
            min_value=self.minimum,
            max_value=self.maximum,
            value=self.default,
            step=self.step,
            format="%g",
            key=self.name,
            help=self.help,
            bind="query-params",
            disabled=disabled,
            on_change=on_change or "rerun",
        )
        return self.coerce(drawn)
