"""Strengths, losses and differences as the lab writes them."""

from __future__ import annotations

import math

from visualizer.engine.statistics.comparisons import Difference
from visualizer.engine.superscripts import scientific
from visualizer.labs.regularisation.settings import DROPOUT, L1, L2

NAMES = {"none": "none", "early": "early stopping", L2: "L2", L1: "L1", DROPOUT: "dropout"}
AXES = {L2: "L2 strength λ", L1: "L1 strength λ", DROPOUT: "dropout: share of units off"}


def strength_text(kind: str, strength: float) -> str:
    """A strength: λ to two digits, or the share of units that dropout turns off."""
    if kind == DROPOUT:
        return f"{strength:g}"
    return scientific(strength) if 0 < strength < 0.000995 else f"{strength:.2g}"


def kind_text(kind: str, strength: float) -> str:
    """A kind with its strength, where it has one: "L2 with λ = 0.01"."""
    if kind == DROPOUT:
        return f"dropout of {strength_text(kind, strength)}"
    return f"{NAMES[kind]} with λ = {strength_text(kind, strength)}" if kind in (L2, L1) else NAMES[kind]


def give_or_take(difference: Difference) -> str:
    """The size of a difference, and its standard error where there is one: "0.52 ± 0.11"."""
    size = scientific(abs(difference.mean))
    return f"{size} ± {scientific(difference.error)}" if math.isfinite(difference.error) else size
