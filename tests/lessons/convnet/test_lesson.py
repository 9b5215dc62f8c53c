"""What a visitor has in front of them: the net's numbers, and nets that were trained here."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from tests.lessons.convnet.nets import small_lesson
from visualizer.engine.convnet.convnet import ConvNetShape, random_convnet
from visualizer.engine.data.labelled_images import CLASSES, labelled_images
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.looking import strongest, target_of
from visualizer.lessons.convnet.settings import MAX_IMAGE


def test_numbers_are_in_double_precision_and_probabilities_add_up() -> None:
    lesson = small_lesson()
    assert all(lesson.found[name].dtype == torch.float64 for name in ("x", "conv2", "p"))
    assert float(lesson.found["p"].sum()) == pytest.approx(1, abs=1e-15)


def test_a_net_trained_here_is_taken_and_let_go() -> None:
    before = small_lesson()
    taken: dict[str, Any] = {}
    lesson = Lesson(before.data, before.classes, before.net, before.input, False, taken)
    net = random_convnet(before.net.shape, 7)
    lesson.take_net(net)
    assert taken["digits"]["out_weight"].dtype == torch.float64
    lesson.forget_net()
    assert taken == {}


@pytest.mark.parametrize(
    ("options", "words"),
    [({"sharing": "untied"}, "share their weights"), ({"size": 13}, "must take"), ({"classes": 4}, "must take")],
)
def test_a_net_that_the_views_cannot_show_is_refused(options: dict[str, object], words: str) -> None:
    lesson = small_lesson()
    shape = {"channels": 1, "size": 11, "filters": (2, 4), "kernel": 3, "classes": 3} | options
    with pytest.raises(ValueError, match=words):
        lesson.take_net(random_convnet(ConvNetShape(**shape)))


def test_the_first_look_is_at_the_strongest_answer() -> None:
    lesson = small_lesson()
    place = strongest(lesson)
    assert float(lesson.found["conv1"][0, place.map, place.row, place.column]) == float(lesson.found["relu1"].max())


def test_the_target_is_the_chosen_class_or_else_the_images_own() -> None:
    lesson = small_lesson()
    assert (target_of(lesson, 3), target_of(lesson, 0), target_of(lesson, 9)) == (2, 1, 1)


@pytest.mark.parametrize("name", CLASSES)
def test_every_test_image_has_a_number_in_the_address(name: str) -> None:
    assert len(labelled_images(name, "test").labels) <= MAX_IMAGE
