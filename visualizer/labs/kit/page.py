"""The page of a lab whose views share one set of data: the toolbar, the settings, and the run of the chosen view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any, TypeVar

import streamlit as st

from visualizer.labs.kit.data_settings import ChosenData
from visualizer.labs.kit.lab import draw_experiment, lab_page
from visualizer.ui import frame
from visualizer.ui.address import Address
from visualizer.ui.layout import draw_view
from visualizer.ui.panel import Panel
from visualizer.ui.settings import Choice
from visualizer.ui.share_panel import TABLE_LOST, draw_share

S = TypeVar("S")


@dataclass(frozen=True)
class LabView:
    """A view of a lab: its question, and where its experiment is, "package.module:NAME", as that is loaded when the
    view is first looked at."""

    question: str
    experiment: str


def draw_lab(
    key: str,
    address: Address,
    view_setting: Choice,
    views: Mapping[str, LabView],
    *,
    data: Callable[[str], ChosenData],
    settings: Callable[[str, ChosenData], S],
    taught: Mapping[str, str],
    refusal: Callable[[str, S], str] = lambda view, settings: "",
) -> None:
    """Draw the page. `data` and `settings` draw those of a view; `refusal` says why it can't be run with them, and
    nothing where it can. `key` begins the keys of the page's containers."""
    address.check()
    with frame.toolbar():
        view = draw_view(view_setting)
        with Panel("Data", key=f"{key}_data_panel"):
            chosen = data(view)
        draw_share(address, {}, lost=TABLE_LOST if chosen.own else ())
    with lab_page(views[view].question) as (side, content):
        with side:
            drawn: Any = settings(view, chosen)
            beside = st.container(key=f"beside-{key}")
        with content:
            address.draw_notice()
            experiment = resolve_name(views[view].experiment)
            words = refusal(view, drawn)
            draw_experiment(experiment, drawn, beside, refusal=words, own=chosen.own, taught=taught[view])
