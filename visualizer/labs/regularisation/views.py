"""The views of the lab, each with its question. What a view needs is loaded when it is first looked at."""

from __future__ import annotations

from typing import Any

from visualizer.labs.kit.lab import Experiment
from visualizer.labs.regularisation import table
from visualizer.labs.regularisation.settings import RegSettings

_QUESTIONS = {
    table.STRENGTH: "Which regularisation helps most, and how strong should it be?",
    table.ALIKE: "Is dropout the same as L2?",
    table.AMOUNT: "How much data does a net need?",
}


def question_of(view: str) -> str:
    return _QUESTIONS[view]


def experiment_of(view: str) -> Experiment[Any, Any]:
    """What the view runs."""
    if view == table.ALIKE:
        from visualizer.labs.regularisation.dropout_l2.view import ALIKE

        return ALIKE
    if view == table.AMOUNT:
        from visualizer.labs.regularisation.data_amount.view import AMOUNT

        return AMOUNT
    from visualizer.labs.regularisation.strength.view import STRENGTH_SWEEP

    return STRENGTH_SWEEP


def refusal_of(view: str, settings: RegSettings) -> str:
    """Why the view can't be run with these settings; empty where it can."""
    if view != table.AMOUNT:
        return ""
    from visualizer.labs.regularisation.data_amount.run import refusal_of

    return refusal_of(settings)
