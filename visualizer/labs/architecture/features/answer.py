"""The answer of the view "Features": how much learned and random units explain, together and alone."""

from __future__ import annotations

import math

import torch

from visualizer.labs.architecture.features.run import (
    LEARNED_UNITS,
    RANDOM_UNITS,
    FeatureRun,
    select,
    turned_by,
)
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.architecture.text import error_text
from visualizer.text.numbers import percent
from visualizer.text.words import counted, listed
from visualizer.ui.answer import Answer, Figure

_WITH = ("learned features", "random ones and a trained output layer", "random ones and least squares")
_ALIKE = 0.02
"""Shares of the variance that differ by no more are taken for the same."""


def answer(settings: ArchitectureSettings, found: FeatureRun) -> Answer:
    """What the features of this one net are worth, on the points they were trained on and on the others."""
    if not bool(torch.isfinite(found.learned).all()):
        return Answer("Training diverges: choose a lower learning rate.")
    chosen = found.selections or select(settings, found)
    learned, random = (chosen[name].explained.tolist() for name in (LEARNED_UNITS, RANDOM_UNITS))
    words = f"{_together(settings, learned, random)} {_as_much(learned, random)}".strip()
    more = f"{_alone(learned, random)} {_errors(settings, found)}"
    return Answer(words, _figures(settings, found, learned, random), more)


def _together(settings: ArchitectureSettings, learned: list[float], random: list[float]) -> str:
    here = counted(settings.width, "feature")
    mine, theirs = percent(learned[-1]), percent(random[-1])
    verb = "explains" if settings.width == 1 else "explain"
    explained = f"of the variance of the answers, {here} {verb} {mine} if learned, {theirs} if random"
    if abs(learned[-1] - random[-1]) <= _ALIKE:
        return f"**Nothing that would matter**: {explained}."
    if learned[-1] > random[-1]:
        return f"**More of the task**: {explained}."
    return f"**Less, here**: {explained}."


def _as_much(learned: list[float], random: list[float]) -> str:
    """How few of the one kind explain as much as all of the other."""
    if len(learned) == 1 or abs(learned[-1] - random[-1]) <= _ALIKE:
        return ""
    more, less, kinds = learned, random, ("learned", "random")
    if random[-1] > learned[-1]:
        more, less, kinds = random, learned, ("random", "learned")
    count = next(place for place, share in enumerate(more, 1) if share >= less[-1])
    verb = "explains" if count == 1 else "explain"
    return f"The best **{count} {kinds[0]}** {verb} as much as all {len(less)} {kinds[1]} ones."


def _alone(learned: list[float], random: list[float]) -> str:
    """What the best unit of each kind explains by itself."""
    if len(learned) == 1:
        return ""
    first = f"Alone, the best learned one explains {percent(learned[0])}, the best random one {percent(random[0])}"
    if learned[0] < learned[-1] / 2:
        return f"{first}: they do it together."
    return f"{first}: it does most of the work."


def _errors(settings: ArchitectureSettings, found: FeatureRun) -> str:
    parts = [
        f"{error_text(error, settings.classes)} with {way}"
        for error, way in zip(_test_errors(settings, found), _WITH, strict=True)
        if not math.isnan(error)
    ]
    wrong = "of the test points it gets wrong" if settings.classes else "the mean squared error on the test points is"
    return f"For this net (seed {settings.first_seed}), {wrong}: {listed(parts)}."


def _test_errors(settings: ArchitectureSettings, found: FeatureRun) -> list[float]:
    """NaN for a way that is not there yet."""
    return [math.nan if flat is None else float(settings.test_errors(flat, found.shape)[0]) for flat in found.ways]


def _figures(
    settings: ArchitectureSettings, found: FeatureRun, learned: list[float], random: list[float]
) -> tuple[Figure, ...]:
    degrees = turned_by(found)
    count = counted(settings.width, "feature")
    return (
        Figure("Learned explain", percent(learned[-1]), f"All {count} together, of the variance of the answers."),
        Figure("Random explain", percent(random[-1]), f"All {count} together, of the variance of the answers."),
        Figure("Best alone", f"{percent(learned[0])} · {percent(random[0])}", "A single feature: learned · random."),
        Figure(
            "Turned by",
            f"{float(degrees.median()):.0f}°",
            f"How far training turned the weights into a unit: the median; up to {float(degrees.max()):.0f}°.",
        ),
    )
