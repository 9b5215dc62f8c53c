"""Titles for the output of a film's net."""

from __future__ import annotations

from visualizer.film.film import Film


def output_title(film: Film) -> str:
    """What is shown while no unit is selected."""
    number = film.loss == "squared" and film.data.outputs == 1
    if film.plane is None:
        return "Predicted versus true values" if number else "Accuracy by class"
    if number:
        return "The net's prediction"
    return f"The probability of {film.subject.classes[1]}" if film.loss == "logistic" else "The most probable class"


def about_output(film: Film) -> str:
    """The same, more precisely."""
    if film.plane is None:
        return "examples of the test set" if film.data.tested else "examples of the training set"
    if film.loss == "squared":
        return "the output's weighted sum" if film.data.outputs == 1 else "the output with the largest sum"
    if film.loss == "softmax":
        return "softmax of the outputs; paler where less certain"
    return "σ of the output's weighted sum; the line is at ½"
