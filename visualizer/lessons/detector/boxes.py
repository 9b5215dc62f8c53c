"""An image with boxes on it that can be clicked, a component; and the boxes that a scan gives: before suppression,
after it, and what was missed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from visualizer.engine.data.labelled_images import CLASSES
from visualizer.engine.detector.scan import Candidates
from visualizer.inputs.images.crop import is_count, picture_address
from visualizer.inputs.images.images import Picture
from visualizer.lessons.detector.findings import Findings, Scanning
from visualizer.lessons.detector.kept import Mark, Place
from visualizer.lessons.detector.settings import ScanChoice
from visualizer.web.bundle import component_script, style

_FEW = 20
"""Among more boxes, false alarms are named on hover only."""


def boxes_before(findings: Findings) -> list[Box]:
    """The worst first, so that the best lie on top."""
    return _boxes(findings.before, ["plain"] * len(findings.before))[:MAX_BOXES][::-1]


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


_COMPONENT = st.components.v2.component(
    "unrolled_spots", js=component_script("spots"), css=style(Path(__file__).with_name("spots.css"))
)
MAX_BOXES = 400


@dataclass(frozen=True)
class Box:
    """A box on the image: top, left, height and width in its pixels.

    `kind` is its look: plain, hit, alarm, known, yes, no or picked; `words` are said on hover, `tag` stands on it.
    """

    at: tuple[float, ...]
    kind: str
    words: str = ""
    tag: str = ""


def spots(
    picture: Picture, boxes: Sequence[Box], *, key: str, label: str, on_click: Callable[[int, int], None]
) -> None:
    """Show the image and at most 400 boxes, the last on top. `on_click` gets row and column of a pixel, checked."""

    def clicked() -> None:
        if at := checked_click(st.session_state[key].clicked, picture):
            on_click(*at)

    data = {
        "name": key,
        "picture": picture_address(picture),
        "width": picture.width,
        "height": picture.height,
        "label": label,
        "boxes": [vars(each) for each in boxes[-MAX_BOXES:]],
    }
    _COMPONENT(key=key, data=data, on_clicked_change=clicked)


def checked_click(report: object, picture: Picture) -> tuple[int, int] | None:
    """What the browser sends is untrusted: a row and a column of the image, or nothing."""
    if not isinstance(report, list) or len(report) != 2:
        return None
    row, column = report
    if not is_count(row) or not is_count(column) or row >= picture.height or column >= picture.width:
        return None
    return row, column
