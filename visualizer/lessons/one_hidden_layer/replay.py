"""Iterations as a link holds them: how many, and what was done by hand on the way; the rest follows from the start.

`12at3_4r0.1_4e2_4m0.1~0.5` says: 12 updates, iteration 3 is looked at; from iteration 4 on the learning rate is 0.1, it
takes example 2, and in it the weight W1[0,1] was set to 0.5. What was set at the start is written without a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from visualizer.engine import Ref
from visualizer.lessons.one_hidden_layer.history import MAX_ITERATIONS, History, Iteration
from visualizer.lessons.one_hidden_layer.numbers import Numbers
from visualizer.lessons.one_hidden_layer.settings import MAX_EXAMPLES, SETTINGS, NetSettings
from visualizer.lessons.one_hidden_layer.start import start_numbers
from visualizer.lessons.one_hidden_layer.walk import arrays_of
from visualizer.ui.edits import LONGEST, LinkedEdits

LINKED_EDITS = LinkedEdits("numbers", {"x": "x", "y": "y", "m": "W1", "a": "b1", "n": "W2", "d": "b2"})
_COUNT = re.compile(r"(\d{1,4})(?:at(\d{1,4}))?", re.ASCII)
_PART = re.compile(r"(\d{1,4})(?:r([\d.e-]{1,25})|e(\d{1,2})|([a-z].+))", re.ASCII)


@dataclass(frozen=True)
class Past:
    """How many updates there were, which iteration is looked at, and by iteration what was set by hand, the learning
    rate from there on, and the example, counted from 0."""

    count: int
    at: int
    changed: dict[int, dict[Ref, float]] = field(default_factory=dict)
    rates: dict[int, float] = field(default_factory=dict)
    examples: dict[int, int] = field(default_factory=dict)


def past_text(history: History, settings: NetSettings) -> str:
    """The iterations as a link holds them; empty at the start, and where there is too much to say."""
    last = len(history.iterations) - 1
    parts = [f"{last}" + (f"at{history.at}" if history.at != last else "")]
    rate, example = settings.learning_rate, settings.example - 1
    for i, iteration in enumerate(history.iterations):
        if iteration.rate is not None and iteration.rate != rate:
            rate = iteration.rate
            parts.append(f"{i}r{rate!r}")
        if settings.one_at_a_time and iteration.example != example:
            parts.append(f"{i}e{iteration.example + 1}")
        example = (iteration.example + 1) % max(1, iteration.numbers.examples)
        if i and iteration.changed:
            parts += [f"{i}{text}" for text in LINKED_EDITS.text(iteration.changed).split("_")]
    text = "_".join(parts)
    return "" if text == "0" or len(text) > LONGEST else text


def past_of(text: str) -> Past:
    """What `past_text` wrote. Raises: ValueError for every other text."""
    head, *parts = text.split("_")
    count = _COUNT.fullmatch(head)
    if not count or len(text) > LONGEST or int(count[1]) >= MAX_ITERATIONS or int(count[2] or 0) > int(count[1]):
        raise ValueError(f"iterations are written as 12 or 12at3, at most {MAX_ITERATIONS - 1}")
    past = Past(int(count[1]), int(count[2] or count[1]))
    for part in parts:
        match = _PART.fullmatch(part)
        if not match or int(match[1]) > past.count:
            raise ValueError("a change at an iteration is written as 4r0.1, 4e2 or 4m0.1~0.5")
        i = int(match[1])
        if match[2]:
            past.rates[i] = SETTINGS["learning_rate"].parse(match[2])
        elif match[3]:
            past.examples[i] = int(match[3]) - 1
            if not 0 <= past.examples[i] < MAX_EXAMPLES:
                raise ValueError("there is no such example")
        else:
            past.changed.setdefault(i, {}).update(LINKED_EDITS.parse(match[4]))
    return past


def replayed(settings: NetSettings, start: dict[Ref, float], past: Past) -> History:
    """The iterations computed again, until there is one that has no finite numbers any more."""
    numbers, example, rate = start_numbers(settings, start), settings.example - 1, settings.learning_rate
    found: list[Iteration] = []
    for i in range(past.count + 1):
        rate = past.rates.get(i, rate)
        changed = start if not i else past.changed.get(i, {})
        numbers = numbers.with_values(past.changed.get(i, {}))
        example = min(past.examples.get(i, example), numbers.examples - 1)
        arrays = arrays_of(replace(settings, learning_rate=_leaving(past, i, rate)), numbers, example)
        found.append(Iteration(numbers, float(arrays["loss"]), example, changed, rate if i else None))
        following: Numbers = numbers.updated(arrays)
        if not following.largest < float("inf"):
            break
        numbers, example = following, (example + 1) % numbers.examples if settings.one_at_a_time else 0
    return History(tuple(found), min(past.at, len(found) - 1))


def _leaving(past: Past, i: int, rate: float) -> float:
    """The learning rate of the update that leads from iteration i to the next."""
    return past.rates.get(i + 1, rate)
