"""The map of values over time: its cells hold the colours of the values."""

import base64
import io
import re
from xml.etree import ElementTree

import pytest
import torch
from PIL import Image

from visualizer.figures.palette import MINUS, PLUS
from visualizer.figures.time_maps import figure_time_map


def pixels_of(figure: str) -> Image.Image:
    found = re.search(r"base64,([^\"]+)", figure)
    assert found
    return Image.open(io.BytesIO(base64.b64decode(found[1])))


def test_a_cell_has_the_colour_of_its_value() -> None:
    values = torch.tensor([[1.0, -1.0], [0.0, 9.0]])
    picture = pixels_of(figure_time_map("c", values, labels=["a", "b"], most=1.0))
    width, height = picture.size
    for (step, unit), colour in {(0, 0): PLUS, (0, 1): MINUS, (1, 0): "#ffffff", (1, 1): PLUS}.items():
        found = picture.getpixel((int(width * (step + 0.5) / 2), int(height * (unit + 0.5) / 2)))
        assert isinstance(found, tuple)
        assert "#" + "".join(f"{int(each):02x}" for each in found) == colour


@pytest.mark.parametrize("shape", [(1, 1), (1, 64), (100, 1), (100, 64)])
def test_the_smallest_and_the_largest_map(shape: tuple[int, int]) -> None:
    figure = figure_time_map("c", torch.randn(shape), labels=["x"] * shape[0], at=(shape[0] - 1, shape[1] - 1))
    ElementTree.fromstring(figure)
    assert len(figure) < 60_000


def test_extreme_values_and_labels() -> None:
    values = torch.tensor([[float("nan"), float("inf"), -float("inf"), 1e300, 0.0]], dtype=torch.float64)
    figure = figure_time_map("<b>", values, labels=["\x00"], first=(100, 64))
    ElementTree.fromstring(figure)
    assert "<b>" not in figure
    ElementTree.fromstring(figure_time_map("c", torch.zeros(3, 2), labels=["<", "&", "\n"]))
