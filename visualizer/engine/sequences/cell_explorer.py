"""Which hidden units stay on over a stretch of a text, and where else they are on together."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

Stretch = tuple[int, int]
"""The first step of a stretch and the one after its last, counted from 0."""


def means_by_character(values: Tensor, text: str) -> dict[str, float]:
    """The mean of a unit's values over all places of each character, the largest first.

    Shapes: values (T,), where T is the length of the text.
    """
    if len(values) != len(text):
        raise ValueError(f"values must be one for each of {len(text)} characters, got {len(values)}")
    found: dict[str, list[float]] = {}
    for character, value in zip(text, values.tolist(), strict=True):
        found.setdefault(character, []).append(value)
    means = {character: sum(each) / len(each) for character, each in found.items()}
    return dict(sorted(means.items(), key=lambda pair: -pair[1]))


def units_on(states: Tensor, start: int, stop: int, threshold: float) -> list[int]:
    """The units above the threshold at every step from `start` up to, not including, `stop`.

    Shapes: states (T, units), the values of h or c.
    Raises: ValueError where the stretch is empty or not within the text.
    Source: Strobelt et al. 2016 (LSTMVis), who can also ask for units to be off just before and after.
    """
    if not 0 <= start < stop <= len(states):
        raise ValueError(f"start and stop must be a stretch within 0 to {len(states)}, got {start} to {stop}")
    on = (states[start:stop] > threshold).all(0)
    return [int(unit) for unit in on.nonzero()[:, 0]]


def other_places(states: Tensor, units: Sequence[int], threshold: float) -> list[Stretch]:
    """All stretches of the text, as long as can be, where the units are above the threshold together.

    The stretch that the units were chosen by is among them. Shapes: states (T, units). No units, no stretches.
    """
    if not units:
        return []
    on = (states[:, list(units)] > threshold).all(1).tolist()
    starts = [t for t, now in enumerate(on) if now and not (t and on[t - 1])]
    stops = [t + 1 for t, now in enumerate(on) if now and not (t + 1 < len(on) and on[t + 1])]
    return list(zip(starts, stops, strict=True))
