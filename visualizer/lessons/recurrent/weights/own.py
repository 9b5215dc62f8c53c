"""Weights that a visitor brought as a file or trained here."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.engine.sequences.model import SequenceModel
from visualizer.lessons.recurrent.weights.weight_set import WeightSet


@dataclass(frozen=True, eq=False)
class OwnNet:
    """A model, a line that says where it is from, and, where it was trained on a task, that task's set."""

    model: SequenceModel
    note: str
    task: WeightSet | None = None
