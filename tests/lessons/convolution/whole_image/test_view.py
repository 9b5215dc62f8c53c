"""The whole image takes the settings that fit it, also where the crop is too small for them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from visualizer.engine import Ref
from visualizer.inputs.images.images import Picture
from visualizer.lessons.convolution.settings import SETTINGS
from visualizer.lessons.convolution.state import ConvolutionLesson
from visualizer.lessons.convolution.whole_image.view import filtered, layer_on, picture_refusal

X = torch.arange(49, dtype=torch.float64).reshape(1, 7, 7) / 49
WEIGHT = Ref("weight", (0, 0, 0, 0))


def picture(side: int) -> Picture:
    return Picture("any", np.arange(side * side * 3, dtype=np.uint8).reshape(side, side, 3))


def opened(**values: Any) -> ConvolutionLesson:
    return ConvolutionLesson(SETTINGS.of({"channels": "grey", **values}), X, {WEIGHT: 9.0})


@pytest.mark.parametrize("values", [{"dilation": 4}, {"kernel_size": 11, "kernel1": "box"}])
def test_what_fits_the_picture_alone_is_laid_on_it(values: dict[str, Any]) -> None:
    lesson, large = opened(**values), picture(40)
    layer = layer_on(lesson, large)

    assert lesson.refusal is not None
    assert picture_refusal(lesson, large) is None
    assert layer.settings == lesson.chosen
    assert filtered(layer, large)
    assert float(layer.weight[0, 0, 0, 0] == 9.0) == ("dilation" in values)


def test_what_does_not_fit_the_picture_is_said_of_the_picture() -> None:
    lesson, small = opened(dilation=4), picture(8)
    refusal = picture_refusal(lesson, small)

    assert refusal is not None
    assert "but the image has 8" in refusal.text
    assert "walk" not in refusal.words
    assert layer_on(lesson, small).settings == lesson.settings
    assert filtered(layer_on(lesson, small), small)
