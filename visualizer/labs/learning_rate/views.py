"""The views of the lab, each with its question. What a view needs is loaded when it is first looked at."""

from __future__ import annotations

from typing import Any

from visualizer.labs.kit.lab import Experiment
from visualizer.labs.learning_rate import settings

_QUESTIONS = {
    settings.SWEEP: "How large should the learning rate be?",
    settings.SCHEDULES: "Does it help to turn the learning rate down while training?",
    settings.RANGE_TEST: "Can one run with a growing rate find a good learning rate?",
    settings.OPTIMISERS: "Which optimiser does best: at its default learning rate, and at its best one?",
}


def question_of(view: str) -> str:
    return _QUESTIONS[view]


def experiment_of(view: str) -> Experiment[Any, Any]:
    """What the view runs."""
    if view == settings.SCHEDULES:
        from visualizer.labs.learning_rate.schedules import SCHEDULES

        return SCHEDULES
    if view == settings.RANGE_TEST:
        from visualizer.labs.learning_rate.range_test.view import RANGE_TEST

        return RANGE_TEST
    if view == settings.OPTIMISERS:
        from visualizer.labs.learning_rate.optimisers import OPTIMISERS

        return OPTIMISERS
    from visualizer.labs.learning_rate.rates.view import SWEEP

    return SWEEP
