"""The answer: what each unit learned and when, and what the net reached, from the run alone."""

from __future__ import annotations

import math

from visualizer.labs.playground.experiment import Recording
from visualizer.labs.playground.reading import Reading, Role
from visualizer.labs.playground.settings import PlaygroundSettings
from visualizer.text.numbers import loss_text, percent
from visualizer.ui.answer import Answer, Figure, plain_markdown

_LISTED = 8
_HARDLY = 0.05
"""A fall of the loss by less than this share of it is no learning."""
_RISEN = 1.05
_STILL = 0.98


def answer(settings: PlaygroundSettings, recording: Recording) -> Answer:
    """In words, in figures, and the units one by one."""
    reading = Reading(settings, recording)
    if reading.diverged is not None:
        return Answer(
            f"Training diverged at update {reading.diverged:,}: {reading.cause}. "
            f"A learning rate below {settings.rate:g} helps."
        )
    words = " ".join(filter(None, [_reached(reading), _same(reading), _units(reading)]))
    return Answer(words, _figures(reading), "\n\n".join(filter(None, [_test(reading), _table(reading)])))


def _counted(reading: Reading, count: int) -> str:
    return f"{reading.settings.counted} {count:,}"


def _reached(reading: Reading) -> str:
    start, end = float(reading.losses("train")[0]), reading.last("train_loss")
    long = f"{reading.count:,} {reading.settings.frames}"
    fell = f"the training loss is {loss_text(end)}, from {loss_text(start)}"
    hardly = reading.learned < _HARDLY * start
    accuracy = reading.last("test_accuracy")
    who = "it" if hardly else "the net"
    right = (
        [] if math.isnan(accuracy) else [f"{who} classifies **{percent(accuracy, 1)}** of the test points correctly"]
    )
    facts = "; ".join([*right, fell])
    return f"The net has hardly learned anything in {long}: {facts}." if hardly else f"After {long} {facts}."


def _same(reading: Reading) -> str:
    """Units that started equal stay equal."""
    if reading.alike is None:
        return ""
    return (
        f"All units of layer {reading.alike + 1} are the same: they started equal, so each step gave them equal "
        "gradients, and together they do the work of one."
    )


def _units(reading: Reading) -> str:
    needed = reading.needed
    if not needed or reading.alike is not None:
        return ""
    first = needed[0]
    if sum(reading.settings.hidden) == 1:
        return f"If its only unit always said its mean, the training loss would be {loss_text(first.loss_without)}."
    text = (
        f"**{_name(reading, first)}** matters most: replaced by its mean output, the training loss would be "
        f"{loss_text(first.loss_without)}."
    )
    formed = sorted((role for role in needed if role.formed is not None), key=lambda role: role.formed or 0)
    if len(formed) < 2:
        return text
    early, late = formed[0], formed[-1]
    return (
        f"{text} The first unit to take its final form was {_lower(_name(reading, early))}, by "
        f"{_counted(reading, early.formed or 0)}; the last was {_lower(_name(reading, late))}, by "
        f"{_counted(reading, late.formed or 0)}."
    )


def _name(reading: Reading, role: Role) -> str:
    layer = f" of layer {role.layer + 1}" if len(reading.settings.hidden) > 1 else ""
    return f"Unit {role.unit + 1}{layer}"


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _figures(reading: Reading) -> tuple[Figure, ...]:
    units = sum(reading.settings.hidden)
    at, lowest = reading.best
    gap = reading.last("test_loss") - reading.last("train_loss")
    accuracy = reading.last("test_accuracy")
    reached = (
        Figure("Test loss at the end", loss_text(reading.last("test_loss")))
        if math.isnan(accuracy)
        else Figure("Test accuracy", percent(accuracy, 1))
    )
    return (
        reached,
        Figure("Lowest test loss", loss_text(lowest), f"At {_counted(reading, at)}."),
        Figure("Test − training loss", loss_text(gap), "At the end: how much worse it does on points it never saw."),
        Figure(
            "Units that matter",
            f"{len(reading.needed)} of {units}",
            f"Without each of them more than {percent(0.01, 0)} of what was learned would be lost.",
        ),
    )


def _test(reading: Reading) -> str:
    """Whether the test loss says that training went on too long, or not long enough."""
    at, lowest = reading.best
    last = reading.last("test_loss")
    if reading.stopped is not None:
        return f"Early stopping ended the run at epoch {reading.stopped:,}, with the weights of its lowest test loss."
    if at == 0:
        return "The test loss was never lower than before training."
    if last > _RISEN * lowest:
        return (
            f"The test loss was lowest at {_counted(reading, at)}, {loss_text(lowest)}, and has risen to "
            f"{loss_text(last)} since: from there on the net learns its own examples rather than what lies behind them."
        )
    before = float(reading.losses("test")[-max(2, len(reading.run.epochs) // 10)])
    if last < _STILL * before:
        return "The test loss still falls at the end: training for longer would help."
    return "The test loss has come to rest: training for longer would change little."


def _table(reading: Reading) -> str:
    """The units that matter most, one a row."""
    roles = reading.roles[:_LISTED]
    unit = reading.settings.counted
    rows = [
        f"| Unit | Training loss without it | Final form from {unit} | Strongest input |",
        "| --- | --- | --- | --- |",
    ]
    for role in roles:
        formed = "says nothing" if role.formed is None else f"{role.formed:,}"
        heard = f"{plain_markdown(_source(reading, role))} ({percent(role.source_share, 0)})"
        rows.append(f"| {_name(reading, role)} | {loss_text(role.loss_without)} | {formed} | {heard} |")
    more = sum(reading.settings.hidden) - len(roles)
    return "\n".join(rows) + (f"\n\nThe other {more} units matter less." if more else "")


def _source(reading: Reading, role: Role) -> str:
    if role.layer:
        return f"unit {role.source + 1} of layer {role.layer}"
    return reading.settings.chosen.inputs[role.source]
