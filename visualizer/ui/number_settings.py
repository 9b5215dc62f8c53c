"""The settings that are numbers: fields, rows of buttons and sliders."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from visualizer.ui.panel import is_read
from visualizer.ui.settings import Setting

_BUTTONS = 8
_INTEGER = re.compile(r"([+-]?[0-9]{1,9})(\.0)?")
"""Streamlit writes 7.0 where the app itself has set the field of a whole number."""
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True)
class Integer(Setting[int]):
    """A whole number from `minimum` to `maximum`: a row of buttons where there are few, else a field.

    `automatic` says what is taken where the field is left empty; that is the value 0.
    """

    minimum: int
    maximum: int
    automatic: str = ""

    def parse(self, text: str) -> int:
        if self.automatic and not text:
            return 0
        match = _INTEGER.fullmatch(text)
        if not match or not self.minimum <= int(match[1]) <= self.maximum:
            raise ValueError(f"{self.name} must be a whole number from {self.minimum} to {self.maximum}")
        return int(match[1])

    def coerce(self, value: object) -> int:
        if not isinstance(value, int | float) or not math.isfinite(value):
            return self.default
        return max(self.minimum, min(self.maximum, int(value)))

    def text(self, value: int) -> str:
        return "" if self.automatic and not value else str(value)

    @property
    def _few(self) -> bool:
        return self.maximum - self.minimum < _BUTTONS and not self.automatic

    def stored(self, value: int) -> object:
        if self.automatic and not value:
            return None
        return value if self._few else float(value)

    def draw(
        self,
        *,
        disabled: bool = False,
        on_change: Callable[[], None] | None = None,
        most: int | None = None,
        automatic: str = "",
    ) -> int:
        """Draw the widget. `most` is the largest number there is here; a larger one is taken for it. `automatic` says
        what an empty field stands for here."""
        most = self.maximum if most is None else min(most, self.maximum)
        if is_read(self.name):
            return min(most, self.asked())
        if (asked := self.asked()) > most:
            st.session_state[self.name] = self.stored(most)
        if self._few:
            drawn: object = st.segmented_control(
                options=range(self.minimum, most + 1),
                default=self.default,
                required=True,
                wrap=True,
                **self.bound(disabled, on_change),
            )
        else:
            least = max(1, self.minimum) if self.automatic else self.minimum
            # Decimal on purpose: the URL's "inf" makes Streamlit's whole-number field raise an OverflowError.
            drawn = st.number_input(
                min_value=float(least),
                max_value=float(most),
                value=None if self.automatic else float(min(self.default, most)),
                step=1.0,
                format="%0.0f",
                placeholder=automatic or self.automatic or None,
                **self.bound(disabled, on_change, _limits(least, most)),
            )
        if asked > most:
            st.caption(f"There is no {asked:,} here: {most:,} is taken.")
        return min(most, self.coerce(drawn))


@dataclass(frozen=True)
class Number(Setting[float]):
    """A number from `minimum` to `maximum`; `step` is what the field's buttons add.

    A field that steps by 1 takes whole numbers only, as Integer's does.
    """

    minimum: float
    maximum: float
    step: float

    def parse(self, text: str) -> float:
        if not _NUMBER.fullmatch(text) or not self.minimum <= float(text) <= self.maximum:
            raise ValueError(f"{self.name} must be a number from {self.minimum:g} to {self.maximum:g}")
        return float(text)

    def coerce(self, value: object) -> float:
        if not isinstance(value, int | float) or not math.isfinite(value):
            return self.default
        return max(self.minimum, min(self.maximum, float(value)))

    def text(self, value: float) -> str:
        return str(int(value)) if value == int(value) else str(value)

    def draw(self, *, disabled: bool = False, on_change: Callable[[], None] | None = None) -> float:
        if is_read(self.name):
            return self.asked()
        drawn = st.number_input(
            min_value=self.minimum,
            max_value=self.maximum,
            value=self.default,
            step=self.step,
            format="%g",
            **self.bound(disabled, on_change, _limits(self.minimum, self.maximum)),
        )
        return self.coerce(drawn)


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


def _limits(minimum: float, maximum: float) -> str:
    """Said with a field's label: what is beyond turns the field red, and Streamlit does not say why."""
    return f" ({_written(minimum)}\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}{_written(maximum)})".replace("-", "−")


def _written(limit: float) -> str:
    """As one types it into the field: 0.000001 rather than 1e-06."""
    return f"{limit:.12f}".rstrip("0") if 0 < abs(limit) < 1e-4 else f"{limit:,.10g}"
