"""What stands below the toolbar, by the view that is chosen."""

from __future__ import annotations

from visualizer.engine.data.labelled_images import LabelledImages
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.overview.view import draw_overview
from visualizer.lessons.convnet.settings import OVERVIEW, TRAIN, UNITS


def draw_page(view: str, lesson: Lesson, data: LabelledImages) -> None:
    """Each view's code is loaded when it is first looked at."""
    if view == OVERVIEW:
        draw_overview(lesson, data)
    elif view == TRAIN:
        from visualizer.lessons.convnet.train.view import draw_train

        draw_train(lesson)
    elif view == UNITS:
        from visualizer.lessons.convnet.units.view import draw_units

        draw_units(lesson)
    else:
        from visualizer.lessons.convnet.results.view import draw_results

        draw_results(lesson)
