"""Which number is looked at, and whose loss goes backward: what was chosen, or what is worth a first look."""

from __future__ import annotations

from visualizer.lessons.convnet.kept import keep, kept
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.place import Place
from visualizer.lessons.convnet.settings import AT


def place_of(lesson: Lesson) -> Place:
    """The number that is looked at: the chosen one, or where the first convolution is strongest."""
    place = kept(AT)
    if place is None or not place.inside(lesson.net.shape):
        if place is not None:
            keep(AT, None)
        return strongest(lesson)
    keep(AT, place)
    return place


def strongest(lesson: Lesson) -> Place:
    """The largest number after the first ReLU, at the convolution that it comes from."""
    values = lesson.found["relu1"][0]
    side = values.shape[-1]
    map_, place = divmod(int(values.argmax()), side * side)
    return Place("conv1", map_, *divmod(place, side))


def target_of(lesson: Lesson, chosen: int) -> int:
    """The class whose loss goes backward: the chosen one, from 1; else the image's own, or what the net says."""
    if 1 <= chosen <= len(lesson.classes):
        return chosen - 1
    return lesson.label if lesson.label is not None else int(lesson.found["p"][0].argmax())
