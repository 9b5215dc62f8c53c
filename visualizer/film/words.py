"""What the output of a film's net is, in words."""

from __future__ import annotations

from visualizer.film.film import Film


def output_title(film: Film) -> str:
    """What is shown when no unit is looked at."""
    number = film.loss == "squared" and film.data.outputs == 1
    if film.plane is None:
        return "Predicted against true" if number else "Right answers by class"
    if number:
        return "What the net predicts"
    return f"The probability of {film.subject.classes[1]}" if film.loss == "logistic" else "The likeliest class"


def about_output(film: Film) -> str:
    """The same, more precisely."""
    if film.plane is None:
        return f"examples {'of the test set' if film.data.tested else 'that it learns from'}"
    if film.loss == "squared":
        return "the output's weighted sum" if film.data.outputs == 1 else "the output with the largest sum"
    if film.loss == "softmax":
        return "softmax of the outputs; the paler, the less sure"
    return "σ of the output's weighted sum; the line is at ½"
