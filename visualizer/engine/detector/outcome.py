"""How well a detector did where the boxes are known: hits, false alarms, precision and recall."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.detector.suppression import overlaps

ENOUGH = 0.5
"""A detection counts where it overlaps a known box by at least this much (PASCAL VOC, Everingham et al. 2010)."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of detections. `matched` (n,): the known box that each one found, −1 for a false alarm."""

    matched: Tensor
    known: int

    @property
    def found(self) -> int:
        return int((self.matched >= 0).sum())

    @property
    def false_alarms(self) -> int:
        return len(self.matched) - self.found

    @property
    def precision(self) -> float | None:
        """The share of detections that are right; None where there is none."""
        return self.found / len(self.matched) if len(self.matched) else None

    @property
    def recall(self) -> float | None:
        """The share of known boxes that were found; None where there is none."""
        return self.found / self.known if self.known else None


@dataclass(frozen=True, eq=False)
class Curve:
    """Precision and recall as the threshold falls past each detection. Shapes (n,), the best score first."""

    scores: Tensor
    precision: Tensor
    recall: Tensor

    @property
    def average_precision(self) -> float:
        """The area below the curve, each precision being the best at this recall or beyond (VOC 2010)."""
        if not len(self.scores):
            return 0.0
        best = self.precision.flip(0).cummax(0).values.flip(0)
        steps = torch.diff(self.recall, prepend=torch.zeros(1, dtype=torch.float64))
        return float((steps * best).sum())


def judge(boxes: Tensor, known: Tensor, enough: float = ENOUGH) -> Outcome:
    """Match detections with known boxes: the best score first, each known box once.

    Shapes: boxes (n, 4), the best first; known (m, 4).
    """
    matched = torch.full((len(boxes),), -1, dtype=torch.int64)
    if len(known) and len(boxes):
        shared = overlaps(boxes, known)
        for number in range(len(boxes)):
            best = int(shared[number].argmax())
            if shared[number, best] >= enough:
                matched[number] = best
                shared[:, best] = -1.0
    return Outcome(matched, len(known))


def precision_recall(scores: Tensor, outcome: Outcome) -> Curve:
    """The curve of detections, the best score first. Raises: ValueError where no box is known."""
    if not outcome.known:
        raise ValueError("known boxes must be at least one: recall is a share of them")
    hits = (outcome.matched >= 0).double().cumsum(0)
    return Curve(scores, hits / torch.arange(1, len(hits) + 1), hits / outcome.known)
