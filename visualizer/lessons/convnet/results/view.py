"""The view "Results": the lecture's figures beside our own, and where the net is wrong."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st
import torch

from visualizer.engine.convnet.confusion import Verdicts, judge
from visualizer.engine.convnet.convnet import ConvNet
from visualizer.engine.convnet.weights import convnet_results
from visualizer.engine.data.labelled_images import labelled_images
from visualizer.figures.confusion import figure_confusion
from visualizer.figures.plates import Plate, figure_plates
from visualizer.lessons.convnet.input.choice import show_test_image
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.results import text as words
from visualizer.lessons.convnet.settings import OVERVIEW, VIEW
from visualizer.text.numbers import percent
from visualizer.ui.layout import draw_figure

_WORST = 12
_ACROSS = 4


def draw_results(lesson: Lesson) -> None:
    """The question, the figures, and the net's mistakes."""
    st.subheader("How often is a ConvNet right?", anchor=False)
    st.markdown(words.result_table(convnet_results()))
    st.caption(f"± is one standard error. {words.PUBLISHED}")
    verdicts = _verdicts(lesson.net, lesson.data)
    which = "the net that you trained" if lesson.trained_here else "the net that comes with the app"
    st.markdown(f"**Where {which} is wrong**")
    st.text(words.told(verdicts, lesson.classes))
    left, right = st.columns([1, 1], gap="medium")
    with left:
        title = "How often each class was taken for each"
        draw_figure(figure_confusion(verdicts.confusion(), lesson.classes, title=title), title, width="stretch")
    with right:
        _draw_worst(lesson, verdicts)


@lru_cache(maxsize=32)
def _verdicts(net: ConvNet, data: str) -> Verdicts:
    test = labelled_images(data, "test")
    return judge(net.to(torch.float32), test.images, test.labels)


def _look_into(number: int) -> None:
    """Show all layers of a test image, counted from 0."""
    show_test_image(number)
    VIEW.put(OVERVIEW)


def _draw_worst(lesson: Lesson, verdicts: Verdicts) -> None:
    """The images whose own class has the least probability, each with a way to look into the net there."""
    worst = verdicts.worst(_WORST)
    if not worst:
        return
    st.markdown("**The worst mistakes**: the true class has the least probability")
    images = labelled_images(lesson.data, "test").images
    for start in range(0, len(worst), _ACROSS):
        columns = st.columns(_ACROSS, gap="small")
        for column, number in zip(columns, worst[start : start + _ACROSS], strict=False):
            label, predicted = int(verdicts.labels[number]), int(verdicts.predicted[number])
            name, taken = lesson.classes[label], lesson.classes[predicted]
            title = f"Test image {number + 1}, {name}, taken for {taken}"
            with column:
                plate = Plate("picture", images[number])
                draw_figure(figure_plates([("", [plate])], title=title, side=130), title, width="stretch")
                st.text(
                    f"{name}: {percent(float(verdicts.p[number, label]), 1)}\n{taken}: "
                    f"{percent(float(verdicts.p[number, predicted]), 1)}"
                )
                key = f"convnet_results_see_{number}"
                st.button("See all layers", key=key, help=title, on_click=_look_into, args=(number,))
