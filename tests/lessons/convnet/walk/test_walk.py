"""Every number of the overview has a walk that comes to that very number."""

from __future__ import annotations

import pytest

from tests.lessons.convnet.nets import small_lesson
from visualizer.engine.convnet.convnet import ConvNetShape
from visualizer.engine.convnet.weights import load_convnet
from visualizer.engine.data.labelled_images import labelled_images
from visualizer.lessons.convnet.lesson import Input, Lesson
from visualizer.lessons.convnet.place import Place, layer_sizes
from visualizer.lessons.convnet.walk.walk import walk_of


def places(shape: ConvNetShape) -> list[Place]:
    """Corners, an edge and the middle of maps of every layer."""
    found = []
    for layer, (maps, side) in layer_sizes(shape).items():
        corners = [(0, 0), (0, side - 1), (side - 1, side // 2), (side // 2, side // 2), (1, 1)]
        found += [Place(layer, number % maps, *corner) for number, corner in enumerate(corners)]
    return [place for place in found if place.layer != "x" and place.inside(shape)]


def shown(lesson: Lesson, place: Place) -> float:
    values = lesson.found[place.layer][0]
    return float(values[place.map] if values.ndim == 1 else values[place.map, place.row, place.column])


@pytest.mark.parametrize(("channels", "pools"), [(1, (2, 2)), (3, (2, 2)), (1, (3, 2)), (4, (1, 3))])
def test_a_walk_comes_to_the_number_that_was_asked_for(channels: int, pools: tuple[int, int]) -> None:
    lesson = small_lesson(channels, pools=pools)
    for place in places(lesson.net.shape):
        trace, ref = walk_of(lesson, place, 1)
        assert float(trace.value(ref)) == pytest.approx(shown(lesson, place), abs=1e-12), place
        assert trace.step_of(ref) is not None
        assert trace.replay() <= 1e-12


def test_the_net_that_ships_is_walked_through() -> None:
    data = labelled_images("digits", "test")
    net = load_convnet("digits").to(data.images.double().dtype)
    lesson = Lesson("digits", data.classes, net, Input(data.images[3].double()))
    for place in (Place("conv2", 15, 0, 13), Place("relu2", 3, 7, 7), Place("pool2", 8, 6, 6), Place("z", 4)):
        trace, ref = walk_of(lesson, place, 0)
        assert float(trace.value(ref)) == pytest.approx(shown(lesson, place), abs=1e-12)


def test_a_walk_says_what_it_is_of() -> None:
    trace, _ = walk_of(small_lesson(), Place("conv2", 1, 2, 3), 0)
    assert trace.title == "How is convolution 2, map 2, row 3, column 4 computed?"
    trace, _ = walk_of(small_lesson(), Place("p", 2), 0)
    assert "the probability of “cat”" in trace.title


def test_a_pixel_of_the_image_has_no_walk() -> None:
    with pytest.raises(ValueError, match="nothing makes it"):
        walk_of(small_lesson(), Place("x", 0), 0)
