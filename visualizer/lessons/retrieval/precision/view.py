"""The view "Precision at k": every image asks once, and the rankings are held against what is on the images."""

from __future__ import annotations

import streamlit as st

from visualizer.engine.retrieval.precision_at_k import chance
from visualizer.figures.line_charts import Curve, figure_precision
from visualizer.lessons.retrieval.gallery.gallery import Gallery
from visualizer.lessons.retrieval.precision.answer import answer, shares_table
from visualizer.lessons.retrieval.ranking import precisions
from visualizer.lessons.retrieval.settings import row_label
from visualizer.ui import frame
from visualizer.ui.answer import draw_answer
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
