"""The views of the lab, each with its question. What a view needs is loaded when it is first looked at."""

from __future__ import annotations

from typing import Any

from visualizer.labs.initialisation import settings
from visualizer.labs.kit.lab import Experiment

_QUESTIONS = {
    settings.SENSITIVITY: "From which scale of random weights does a net learn, and why not from zeros?",
    settings.LAYERS: "Do signals and gradients keep their size on their way through the layers?",
    settings.SYMMETRY: "Why do weights have to differ at the start?",
}


def question_of(view: str) -> str:
    return _QUESTIONS[view]


def experiment_of(view: str) -> Experiment[Any, Any]:
    """What the view runs."""
    if view == settings.LAYERS:
        from visualizer.labs.initialisation.signals.view import LAYERS

        return LAYERS
    if view == settings.SYMMETRY:
        from visualizer.labs.initialisation.symmetry.view import SYMMETRY

        return SYMMETRY
    from visualizer.labs.initialisation.sensitivity.view import SENSITIVITY

    return SENSITIVITY
