"""The boxes that are drawn on the images: before suppression, after it, and what was missed."""

from __future__ import annotations

from visualizer.engine.data.labelled_images import CLASSES
from visualizer.engine.detector.scan import Candidates
from visualizer.lessons.detector.findings import Findings, Scanning
from visualizer.lessons.detector.kept import Mark, Place
from visualizer.lessons.detector.settings import ScanChoice
from visualizer.lessons.detector.spots import MOST_BOXES, Box

_FEW = 20
"""Among more boxes, false alarms are named on hover only."""


def boxes_before(findings: Findings) -> list[Box]:
    """The worst first, so that the best lie on top."""
    return _boxes(findings.before, ["plain"] * len(findings.before))[:MOST_BOXES][::-1]


def boxes_after(choice: ScanChoice, scanning: Scanning, findings: Findings, classes: list[int] | None) -> list[Box]:
    """What is left, as hits and false alarms where that is known; what was missed is below them."""
    outcome, known = findings.outcome, scanning.scanned.boxes
    names = [CLASSES[choice.net][label] for label in classes] if classes is not None else None
    if outcome is None or known is None:
        return _boxes(findings.after, ["plain"] * len(findings.after), names)[::-1]
    kinds = ["hit" if match >= 0 else "alarm" for match in outcome.matched.tolist()]
    found = set(outcome.matched.tolist())
    missed = [Box(tuple(box), "known", "missed") for at, box in enumerate(known.tolist()) if at not in found]
    return [*missed, *_boxes(findings.after, kinds, names)[::-1]]


def picked_box(scanning: Scanning, place: Place) -> Box:
    return Box(scanning.scan.levels[place.level].box(place.row, place.column), "picked", "the window below")


def mark_boxes(marks: tuple[Mark, ...], side: int) -> list[Box]:
    """The patches around the marks."""
    half = side // 2
    return [Box((mark.row - half, mark.column - half, side, side), "yes" if mark.yes else "no") for mark in marks]


def _boxes(candidates: Candidates, kinds: list[str], names: list[str] | None = None) -> list[Box]:
    found = []
    for number, (box, score, kind) in enumerate(
        zip(candidates.boxes.tolist(), candidates.scores.tolist(), kinds, strict=True)
    ):
        name = names[number] if names else ""
        words = f"{name + ', ' if name else ''}score {score:.2f}".replace("-", "−")
        tag = name if kind != "alarm" or len(kinds) <= _FEW else ""
        found.append(Box(tuple(box), kind, words, tag))
    return found
