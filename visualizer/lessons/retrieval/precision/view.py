"""The view "Precision at k": every image asks once, and the rankings are held against what is on the images."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from visualizer.engine.retrieval.nearest import chance, most_possible
from visualizer.figures.line_charts import Curve, figure_precision
from visualizer.lessons.retrieval.gallery.gallery import Gallery
from visualizer.lessons.retrieval.ranking import precisions
from visualizer.lessons.retrieval.settings import WAY_LABELS, row_label, spoken
from visualizer.text.numbers import percent
from visualizer.text.words import capital
from visualizer.ui import frame
from visualizer.ui.answer import Answer, draw_answer
from visualizer.ui.layout import draw_figure

_UNLABELLED = (
    "Nobody says what is on these images, so nothing can be counted. Other galleries have labels: digits, clothes, "
    "traffic signs, and photos in versions, of which the photo is the label."
)


def draw_precision(gallery: Gallery, measure: str, count: int, stage: int) -> None:
    if not gallery.classes:
        frame.say(_UNLABELLED, "retrieval-unlabelled")
        return
    with st.spinner("Ranking the gallery for each of its images."):
        curves = precisions(gallery, measure, stage)
    k = min(count, len(next(iter(curves.values()))))
    lot = chance(gallery.labels)
    named = [Curve(row_label(row, stage), values.tolist()) for row, values in curves.items()]
    figure, table = st.columns([3, 2], gap="medium", vertical_alignment="center")
    with figure:
        words = f"Precision over k, from 1 to {len(named[0].values)}, by each ranking"
        draw_figure(figure_precision(named, k, lot, title=words), words, width="stretch", wide="precision")
    with table:
        st.markdown(shares_table(named, k))
    st.caption(
        f"Each of the {len(gallery)} images is the query once. Precision at k: the share of its k nearest that show "
        "the same, averaged over all queries; the query is not among them."
    )
    draw_answer(answer(gallery, named, k, lot))


PIXELS = WAY_LABELS["pixels"]


def answer(gallery: Gallery, curves: Sequence[Curve], k: int, lot: float) -> Answer:
    """Which ranking finds the same most often, and by how much over raw pixels."""
    shares = {curve.name: curve.values[k - 1] for curve in curves}
    best = max(shares, key=shares.__getitem__)
    pixels = shares[PIXELS]
    finds = "find" if best == PIXELS else "finds"
    words = (
        f"At k = {k}, **{spoken(best)}** {finds} the same most often: {percent(shares[best], 1)} of the {k} nearest. "
    )
    if best == PIXELS:
        second = max((name for name in shares if name != best), key=shares.__getitem__)
        words += f"{capital(spoken(second))} comes next with {percent(shares[second], 1)}"
    else:
        words += f"That is {_points(shares[best] - pixels)} more than raw pixels, which reach {percent(pixels, 1)}"
    words += f". A ranking at random would reach {percent(lot, 1)}"
    most = most_possible(gallery.labels, k)
    if most < 1:
        words += f", a perfect one {percent(most, 1)}, as there are fewer than {k} others of the same"
    return Answer(f"{words}.{_learned(shares, best)}")


def shares_table(curves: Sequence[Curve], k: int) -> str:
    """Precision at 1 and at k, the best first, in Markdown."""
    ordered = sorted(curves, key=lambda curve: -curve.values[k - 1])
    last = "" if k == 1 else f" at {k} |"
    lines = [f"| ranking by | at 1 |{last}", f"| --- | ---: |{'' if k == 1 else ' ---: |'}"]
    for curve in ordered:
        more = "" if k == 1 else f" {percent(curve.values[k - 1], 1)} |"
        lines.append(f"| {curve.name} | {percent(curve.values[0], 1)} |{more}")
    return "\n".join(lines)


def _learned(shares: dict[str, float], best: str) -> str:
    """What the features of the last hidden layer do where they are not the best."""
    last = WAY_LABELS["features"]
    if best == last:
        return ""
    behind = _points(shares[best] - shares[last])
    return f" The last hidden layer, which learned to tell ImageNet’s 1,000 classes apart, stays {behind} behind."


def _points(difference: float) -> str:
    return f"{100 * difference:.1f} percentage points"
