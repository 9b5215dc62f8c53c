"""What the figures of nets show: the loss or, where there are classes, the error."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from visualizer.labs.regularisation.settings import RegSettings
from visualizer.text.words import LOSSES

_LOSS, _ERROR = "Loss", "Error"


@dataclass(frozen=True)
class Shown:
    """The losses, by what people call them in `title`, or the share of points that are wrong."""

    title: str
    error: bool = False

    @property
    def short(self) -> str:
        return "error" if self.error else "loss"

    @property
    def train_field(self) -> str:
        """The name in Fits of what is shown of the training points."""
        return "train_error" if self.error else "train_loss"

    @property
    def test_field(self) -> str:
        """The name in Fits of what is shown of the test points."""
        return "test_error" if self.error else "test_loss"


def shown_of(settings: RegSettings, error: bool) -> Shown:
    return Shown("share of points that are wrong", True) if error else Shown(LOSSES[settings.chosen.loss])


def draw_shown(settings: RegSettings, key: str) -> Shown:
    """Draw the choice where there is one; only the drawing changes by it."""
    if settings.chosen.loss == "squared":
        return shown_of(settings, False)
    choice = st.segmented_control(
        "Shown", [_LOSS, _ERROR], default=_LOSS, required=True, key=key, label_visibility="collapsed"
    )
    return shown_of(settings, choice == _ERROR)
