"""The views of the lab, each with its question. What a view needs is loaded when it is first looked at."""

from __future__ import annotations

from typing import Any

from visualizer.labs.kit.lab import Experiment
from visualizer.labs.regularisation import settings
from visualizer.labs.regularisation.settings import RegSettings

_QUESTIONS = {
    settings.STRENGTH: "Which regularisation helps most, and how strong should it be?",
    settings.ALIKE: "Is dropout the same as L2?",
    settings.AMOUNT: "How much data does a net need?",
}


def question_of(view: str) -> str:
    return _QUESTIONS[view]


def experiment_of(view: str) -> Experiment[Any, Any]:
    """What the view runs."""
    if view == settings.ALIKE:
        from visualizer.labs.regularisation.dropout_l2.view import ALIKE

        return ALIKE
    if view == settings.AMOUNT:
        from visualizer.labs.regularisation.data_amount.view import AMOUNT

        return AMOUNT
    from visualizer.labs.regularisation.strength.view import STRENGTH_SWEEP

    return STRENGTH_SWEEP


def refusal_of(view: str, chosen: RegSettings) -> str:
    """Why the view can't be run with these settings; empty where it can."""
    if view != settings.AMOUNT:
        return ""
    from visualizer.labs.regularisation.data_amount.run import refusal_of

    return refusal_of(chosen)
