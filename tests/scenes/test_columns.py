"""The colours of an image's grid span its values."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine import trace_convolution
from visualizer.scenes import draw
from visualizer.scenes.columns import span_of
from visualizer.scenes.scene import Grid


@pytest.mark.parametrize(
    ("values", "span"),
    [
        ([0.1, 0.9], (0, 1)),  # brightness
        ([0.0, 0.4], (0, 0.4)),
        ([0.0, 1, 2, 3, 255], (0, 255)),
        ([200.0, 255], (200, 255)),
        ([-1.0, 3], (-1, 3)),
        ([7.0, 7], (7, 7)),
    ],
)
def test_the_ends_of_the_colours(values: list[float], span: tuple[float, float]) -> None:
    assert span_of(torch.tensor([[values]], dtype=torch.float64)) == span


@pytest.mark.parametrize(
    ("values", "tint", "legend"),
    [
        ([0.0, 1, 2, 255], "grey", "dark 0 … bright 255"),
        ([-1.0, 1, 2, 3], "signed", "orange −3 … blue 3"),
    ],
)
def test_an_image_says_what_its_colours_are(values: list[float], tint: str, legend: str) -> None:
    image = torch.tensor(values, dtype=torch.float64).reshape(1, 2, 2)
    scene = draw(trace_convolution(image, torch.ones(1, 1, 1, 1)))

    grids = [mark for mark in scene.marks if isinstance(mark, Grid) and mark.array == "x"]
    assert [grid.tint for grid in grids] == [tint]
    assert legend in [getattr(mark, "text", "") for mark in scene.marks]
