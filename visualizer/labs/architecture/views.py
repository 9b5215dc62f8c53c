"""The views of the lab, each with its question. What a view needs is loaded when it is first looked at."""

from __future__ import annotations

from typing import Any

from visualizer.labs.architecture import settings
from visualizer.labs.kit.lab import Experiment

_QUESTIONS = {
    settings.WIDER: "When does a wider net help, and do learned features beat random ones?",
    settings.DEEPER: "When does a deeper net help, with no more parameters?",
    settings.FEATURES: "What do learned features see that random ones don't?",
}


def question_of(view: str) -> str:
    return _QUESTIONS[view]


def experiment_of(view: str) -> Experiment[Any, Any]:
    """What the view runs."""
    if view == settings.DEEPER:
        from visualizer.labs.architecture.deeper.view import DEEPER

        return DEEPER
    if view == settings.FEATURES:
        from visualizer.labs.architecture.features.view import FEATURES

        return FEATURES
    from visualizer.labs.architecture.wider.view import WIDER

    return WIDER
