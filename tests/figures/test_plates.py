"""Images in figures: each pixel as it is, in rows and columns, with what is written at their edges."""

from __future__ import annotations

import base64
import io
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from PIL import Image

from visualizer.figures.palette import MINUS, PLUS
from visualizer.figures.plates import Plate, figure_plates, framed, projection_plate
from visualizer.figures.raster import picture_at, relief_at, signed_at
from visualizer.figures.svg import darkened

SVG = "{http://www.w3.org/2000/svg}"


def pixels_of(mark: str) -> np.ndarray:
    """The image of an image mark, one number for each of its own pixels."""
    found = ElementTree.fromstring(mark)
    data = base64.b64decode(found.attrib["href"].removeprefix("data:image/png;base64,"))
    return np.array(Image.open(io.BytesIO(data)))


def rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def test_a_picture_has_its_own_brightness_and_colours() -> None:
    grey = pixels_of(picture_at(0, 0, 10, torch.tensor([[[0.0, 1.0], [0.5, 2.0]]])))
    assert [grey[0, 0], grey[0, -1], grey[-1, 0], grey[-1, -1]] == [0, 255, 128, 255]
    colour = pixels_of(picture_at(0, 0, 10, torch.tensor([1.0, 0.2, 0.0])[:, None, None].expand(3, 2, 2)))
    assert colour[0, 0].tolist() == [255, 51, 0]


def test_a_signed_map_is_white_at_zero_and_full_at_its_largest() -> None:
    found = pixels_of(signed_at(0, 0, 10, torch.tensor([[2.0, 0.0], [-2.0, float("nan")]])))
    assert found[0, 0].tolist() == rgb(PLUS)
    assert found[-1, 0].tolist() == rgb(MINUS)
    assert found[0, -1].tolist() == found[-1, -1].tolist() == [255, 255, 255]


def test_a_relief_is_grey_at_zero() -> None:
    found = pixels_of(relief_at(0, 0, 10, torch.tensor([1.0, 0.0, -1.0])[:, None, None].expand(3, 2, 2)))
    assert found[0, 0].tolist() == [255, 128, 0]
    assert pixels_of(relief_at(0, 0, 10, torch.zeros(1, 2, 2)))[0, 0] == 128


@pytest.mark.parametrize("channels", [1, 3])
def test_a_table_has_every_plate_and_every_word(channels: int) -> None:
    image = torch.rand(channels, 6, 6)
    rows = [
        ("first", [Plate("picture", image, "a <b> & c"), projection_plate(image - 0.5, frame=(-2, 1, 3, 9))]),
        ("second\nline", [Plate("signed", image[0] - 0.5), None]),
    ]
    root = ElementTree.fromstring(figure_plates(rows, heads=("one", "two"), title="a & b"))
    words = [each.text for each in root.iter(f"{SVG}text")]

    assert len(list(root.iter(f"{SVG}image"))) == 3
    assert words == ["one", "two", "first", "a <b> & c", "second", "line"]
    for each in root.iter(f"{SVG}image"):
        assert float(each.attrib["x"]) + float(each.attrib["width"]) <= float(root.attrib["width"])
        assert float(each.attrib["y"]) + float(each.attrib["height"]) <= float(root.attrib["height"])


def test_a_frame_ends_at_the_edge_of_the_image() -> None:
    white, ring = ElementTree.fromstring(f"<g>{framed((-3, 2, 20, 4), (10, 10), 100.0, 50.0, 10.0)}</g>")
    assert white.attrib["x"] == ring.attrib["x"] == "120.00"
    assert (ring.attrib["y"], ring.attrib["height"], ring.attrib["width"]) == ("50.00", "100.00", "20.00")


def test_pictures_keep_their_colours_in_a_dark_theme_and_maps_turn_with_it() -> None:
    image = torch.rand(1, 4, 4)
    figure = figure_plates([("", [Plate("picture", image), Plate("signed", image[0])])], title="two")
    root = ElementTree.fromstring(darkened(figure))
    kept, turned = root.iter(f"{SVG}image")

    assert "invert(1)" in kept.attrib["filter"]
    assert "filter" not in turned.attrib
