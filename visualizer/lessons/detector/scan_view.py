"""The view "Scan": boxes before and after suppression, the score map, the answer, and one window's score."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
import torch
from streamlit.delta_generator import DeltaGenerator
from torch import Tensor

from visualizer.figures.line_charts import figure_precision_recall
from visualizer.inputs.images.images import Picture
from visualizer.lessons.detector import settings
from visualizer.lessons.detector.answer import answer, nothing_found
from visualizer.lessons.detector.boxes import Box, boxes_after, boxes_before, picked_box, spots
from visualizer.lessons.detector.findings import Findings, Scanning, findings_of, kept_of
from visualizer.lessons.detector.kept import PLACE, Place
from visualizer.lessons.detector.settings import ScanChoice
from visualizer.lessons.detector.window import Seen, classes_of, nearest_place
from visualizer.lessons.detector.window_view import draw_window
from visualizer.once import once
from visualizer.text.words import counted
from visualizer.ui import frame
from visualizer.ui.answer import draw_answer
from visualizer.ui.layout import draw_figure


def draw_scan(choice: ScanChoice, scanning: Scanning, seen: Seen, beside: DeltaGenerator) -> None:
    """Everything that one scan shows; `seen` is the window that is looked at, `beside` stands by the threshold."""
    key = (choice.threshold, choice.overlap)
    kept = once(scanning, "kept", lambda: kept_of(scanning, choice.overlap), of=choice.overlap)
    findings = once(scanning, "findings", lambda: findings_of(scanning, kept, choice.threshold), of=key)
    if not len(findings.before):
        beside.warning(nothing_found(scanning))
    classes = once(scanning, "classes", lambda: classes_of(scanning, findings.after), of=key)
    draw_answer(answer(choice, scanning, findings, read_right(scanning, findings, classes)))
    _draw_boxes(choice, scanning, findings, classes, seen.place)
    left, right = st.columns(2, gap="medium")
    with left:
        _draw_map(choice, scanning, seen.place)
    with right:
        draw_window(choice, scanning, seen)
    _draw_curve(findings)


def _draw_boxes(
    choice: ScanChoice, scanning: Scanning, findings: Findings, classes: list[int] | None, place: Place
) -> None:
    def pick(row: int, column: int) -> None:
        look_at(nearest_place(scanning, findings.before, row, column))

    picked = picked_box(scanning, place)
    before, after = st.columns(2, gap="medium")
    for column, key, boxes, title in (
        (before, "detector_before", boxes_before(findings), _title_before(findings)),
        (
            after,
            "detector_after",
            boxes_after(choice, scanning, findings, classes),
            f"**After suppression: {len(findings.after):,}.**",
        ),
    ):
        with column:
            st.markdown(title)
            spots(scanning.scanned.picture, [*boxes, picked], key=key, label=title.replace("**", ""), on_click=pick)
    known = (
        "Green: one is there, whatever it is read as. Orange, dashed: false alarm. Blue, dotted: missed. "
        if findings.outcome
        else ""
    )
    picked_words = "Yellow: the window whose score is shown below; a click chooses another."
    st.caption(f"Scanned: {scanning.scanned.about}. {known}{picked_words}")


def _title_before(findings: Findings) -> str:
    count = len(findings.before)
    some = "at least " if findings.left_out else ""
    return f"**Before: {some}{counted(count, 'window')}** at or above the threshold."


def _draw_map(choice: ScanChoice, scanning: Scanning, place: Place) -> None:
    """The score map of one scale."""
    number = _level(len(scanning.scan.levels), place) - 1
    level = scanning.scan.levels[number]
    rows, columns = level.scores.shape
    name = f"Score map of scale {number + 1}"
    picture, scale = once(level, "map", lambda: map_picture(level.scores, choice.threshold, name), of=choice.threshold)
    boxes = [Box((place.row, place.column, 1, 1), "picked")] if place.level == number else []

    def pick(row: int, column: int) -> None:
        look_at(Place(number, row, column))

    spots(picture, boxes, key="detector_map", label=f"{name}: click a score.", on_click=pick)
    st.caption(
        f"The image at {level.scale:.2g} of its size ({level.size[1]} × {level.size[0]} pixels) gives {columns} × "
        f"{rows} scores, {level.stride} pixel{'s' if level.stride > 1 else ''} apart. {scale} Click one to see how it "
        "is computed."
    )


def _level(count: int, place: Place) -> int:
    """The scale that is chosen, from 1 to `count`; that of the window looked at where none is."""
    name = settings.LEVEL.name
    chosen = st.session_state.get(name)
    linked = name in st.query_params and frame.entered()
    if (chosen is None and not linked) or settings.LEVEL.coerce(chosen) > count:
        st.session_state[name] = place.level + 1
    return replace(settings.LEVEL, maximum=count).draw()


def _draw_curve(findings: Findings) -> None:
    """Precision and recall over all thresholds, where boxes are known."""
    curve, outcome = findings.curve, findings.outcome
    if curve is None or outcome is None:
        return
    at = None if outcome.precision is None or outcome.recall is None else (outcome.recall, outcome.precision)
    title = f"Precision over recall; average precision {curve.average_precision:.2f}"
    picture, words = st.columns(2, gap="medium")
    with picture:
        draw_figure(figure_precision_recall(curve.recall.tolist(), curve.precision.tolist(), at, title), title)
    with words:
        st.markdown(
            "**Every threshold at once.** From left to right the threshold falls: more is found, and more of it is "
            "wrong. The dot is the threshold as it is set. A detection is right where it shares at least half of the "
            "union with a known box (intersection over union ≥ 0.5); a second one on the same thing is a false alarm."
        )


def read_right(scanning: Scanning, findings: Findings, classes: list[int] | None) -> int | None:
    """How many of the detections that are right are also of the right class; None where no class is known."""
    outcome, labels = findings.outcome, scanning.scanned.labels
    if classes is None or outcome is None or labels is None:
        return None
    pairs = zip(outcome.matched.tolist(), classes, strict=True)
    return sum(int(labels[match]) == label for match, label in pairs if match >= 0)


def look_at(place: Place) -> None:
    """Choose the window that is looked at; its scale's map comes with it."""
    st.session_state[PLACE.name] = place
    settings.LEVEL.put(place.level + 1)


_ABOVE = torch.tensor([255.0, 176.0, 84.0])


def map_picture(scores: Tensor, threshold: float, name: str) -> tuple[Picture, str]:
    """The image, and how numbers became greys, in words. Shape: scores (rows, columns)."""
    least, most = float(scores.min()), float(scores.max())
    share = ((scores - least) / max(most - least, 1e-12)).float()
    grey = (share[..., None] * 255).expand(-1, -1, 3)
    above = (scores >= threshold)[..., None]
    coloured = torch.where(above, _ABOVE * (0.4 + 0.6 * share[..., None]), grey)
    pixels = coloured.round().to(torch.uint8).numpy()
    pixels.flags.writeable = False
    scale = f"Black is {least:.2f}, white {most:.2f}; orange reaches the threshold.".replace("-", "−")
    return Picture(name, pixels), scale
