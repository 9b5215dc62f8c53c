"""What a unit looks for, how it gets back to the pixels, and what a class depends on: in words and images."""

from __future__ import annotations

import pytest
import torch

from tests.engine.walks.deconvnet.test_deconvnet import net_of
from visualizer.engine.convnet.convnet import run_convnet
from visualizer.engine.convnet.deconvnet import METHODS, Unit, project
from visualizer.engine.convnet.top_patches import Patch
from visualizer.figures.svg import digits
from visualizer.lessons.convnet.lesson import Input, Lesson
from visualizer.lessons.convnet.units import text as words
from visualizer.lessons.convnet.units.deconv_view import chosen_pixel, layers_words, one_product
from visualizer.lessons.convnet.units.occlusion_view import Cover, answer, covered
from visualizer.lessons.convnet.units.strongest import seen_by, strongest_images
from visualizer.lessons.convnet.units.view import all_ways, unit_in

CLASSES = tuple("0123456789")


def lesson_of(channels: int = 1, size: int = 12) -> Lesson:
    net, image = net_of(channels, size)
    return Lesson("digits", CLASSES, net, Input(image))


def test_the_strongest_unit_is_the_maps_largest_number() -> None:
    lesson = lesson_of()
    for layer in ("relu1", "relu2"):
        unit = unit_in(lesson, layer, 1)
        assert unit is not None
        assert float(lesson.found[layer][(0, 1, *unit.place)]) == float(lesson.found[layer][0, 1].max())


def test_a_map_that_is_off_has_no_unit() -> None:
    net, image = net_of(1, 12)
    net["conv2_bias"].fill_(-1000.0)
    assert unit_in(Lesson("digits", CLASSES, net, Input(image)), "relu2", 0) is None


def test_the_counts_of_the_three_ways_are_those_of_their_signals() -> None:
    lesson = lesson_of()
    unit = unit_in(lesson, "relu2", 2)
    assert unit is not None
    found = all_ways(lesson, unit)
    said = words.passed(found)
    for method in METHODS:
        kept = int((dict(found[method].stages)["relu1"] != 0).sum())
        assert f"**{kept:,}**" in said
    assert words.cosine(found["guided"].pixels, found["guided"].pixels) == pytest.approx(1.0)
    assert words.cosine(torch.zeros(3), torch.ones(3)) == 0.0


def test_from_the_first_layer_all_ways_are_the_kernel() -> None:
    lesson = lesson_of()
    unit = unit_in(lesson, "relu1", 0)
    assert unit is not None
    found = all_ways(lesson, unit)
    assert words.cosine(found["deconvnet"].pixels, found["gradient"].pixels) == pytest.approx(1.0)
    assert "the kernel itself" in words.passed(found)
    assert "one step" in layers_words(found["deconvnet"])


def test_which_classes_the_strongest_images_are_of() -> None:
    patch = Patch(0, Unit("relu1", 0, (0, 0)), 1.0, (0, 0, 1, 1))
    assert "dead" in words.told([], [], CLASSES, 500)
    assert "All 2 are of one class: 3" in words.told([patch] * 2, [3, 3], CLASSES, 500)
    assert "3 (2), 5 (1)" in words.told([patch] * 3, [5, 3, 3], CLASSES, 500)


def test_what_a_unit_sees_is_cut_out_with_zeros_beyond_the_edge() -> None:
    image = torch.arange(16.0).view(1, 4, 4)
    patch = Patch(0, Unit("relu1", 0, (0, 0)), 1.0, (-1, 2, 2, 5))
    assert seen_by(patch, image)[0].tolist() == [[0, 0, 0], [2, 3, 0], [6, 7, 0]]


def test_the_pixel_that_is_asked_for() -> None:
    lesson = lesson_of(3)
    unit = unit_in(lesson, "relu2", 0)
    assert unit is not None
    found = project(lesson.net, lesson.image, unit)
    row, column = chosen_pixel(found, 0, 0)
    assert chosen_pixel(found, 0, 5) == (row, 4)
    assert float(found.pixels[:, row, column].abs().sum()) == float(found.pixels.abs().sum(0).max())
    assert chosen_pixel(found, 3, 5) == (2, 4)
    assert chosen_pixel(found, 32, 1) == (11, 0)


@pytest.mark.parametrize("channels", [1, 3])
def test_one_product_of_the_first_layer(channels: int) -> None:
    lesson = lesson_of(channels)
    unit = unit_in(lesson, "relu1", 1)
    assert unit is not None
    found = project(lesson.net, lesson.image, unit)
    said = one_product(lesson.net, found, unit.place)
    middle = found.activation * lesson.net["conv1_weight"][1, :, 2, 2]
    torch.testing.assert_close(found.pixels[(slice(None), *unit.place)], middle)
    assert said.count("· ") == channels
    far = (unit.place[0] + 3) % 12 if unit.place[0] + 3 < 12 else unit.place[0] - 3
    assert "does not see" in one_product(lesson.net, found, (far, unit.place[1]))


def test_the_strongest_test_images_are_found_once_for_each_map() -> None:
    net, _ = net_of(1, 28)
    found = strongest_images(net, "digits", "relu2", 0)
    assert found is strongest_images(net, "digits", "relu2", 0)
    activations = [patch.activation for patch in found]
    assert activations == sorted(activations, reverse=True)
    assert len({patch.image for patch in found}) == len(found) == 9


def test_a_square_covers_what_there_is_of_it() -> None:
    image = torch.zeros(1, 5, 5)
    shown = covered(image, 0, 4, Cover(0, 3, 0.5))
    assert shown[0].nonzero().tolist() == [[0, 3], [0, 4], [1, 3], [1, 4]]
    assert float(image.sum()) == 0.0


def test_what_covering_does_is_said_with_the_numbers_of_that_image() -> None:
    lesson = lesson_of()
    target = int(lesson.found["p"][0].argmax())
    free = float(lesson.found["p"][0, target])
    p = torch.full((12, 12), free, dtype=torch.float64)
    assert "no single part decides" in answer(lesson, Cover(target, 1, float(lesson.image[0, 0, 0])), p, free)
    p[4, 6] = 0.0
    black = Cover(target, 5, 0.0)
    then = run_convnet(lesson.net, covered(lesson.image, 4, 6, black)[None])["p"][0]
    assert free - float(then[target]) > 0.01
    said = answer(lesson, black, p, free)
    assert f"to {digits(float(then[target]), 3)}, when the square is around row 5, column 7" in said
    assert "At 1 of the 144 places" in said
