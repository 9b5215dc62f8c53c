"""An image of the visitor's as an image that a net takes."""

from __future__ import annotations

import base64

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from visualizer.lessons.convnet.input.picture import PAD, centred, net_image, read_pad


def test_dark_ink_on_light_paper_is_inverted() -> None:
    paper = torch.ones(3, 56, 56, dtype=torch.float64)
    paper[:, 20:36, 20:36] = 0
    image, about = net_image(paper, 1, 28)
    assert image.shape == (1, 28, 28)
    assert float(image[0, 0, 0]) == 0 and float(image[0, 14, 14]) == 1
    assert about == "Made grey, inverted, as its ground is light, scaled from 56 × 56 to 28 × 28 pixels."


def test_light_on_dark_stays() -> None:
    picture = torch.zeros(3, 28, 28, dtype=torch.float64)
    picture[:, 10:18, 10:18] = 0.6
    image, about = net_image(picture, 1, 28)
    assert float(image[0, 14, 14]) == pytest.approx(0.6)
    assert "inverted" not in about


def test_colours_stay_for_a_net_that_sees_them() -> None:
    picture = torch.ones(3, 40, 20, dtype=torch.float64)
    picture[1:] = 0
    image, about = net_image(picture, 3, 32)
    assert torch.equal(image[0], torch.ones(32, 32, dtype=torch.float64))
    assert float(image[1:].max()) == 0
    assert about == "Scaled from 20 × 40 to 32 × 32 pixels."


def test_a_tiny_crop_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="at least 8 × 8"):
        net_image(torch.zeros(3, 7, 30, dtype=torch.float64), 1, 28)


def bar(top: int, left: int, height: int, width: int) -> np.ndarray:
    levels = np.zeros((PAD, PAD), np.uint8)
    levels[top : top + height, left : left + width] = 255
    return levels


def test_a_bar_fills_20_pixels_and_stands_in_the_middle() -> None:
    image = centred(bar(3, 90, 60, 12), 28)
    assert image.shape == (1, 28, 28) and image.dtype == torch.float64
    rows, columns = (torch.nonzero(image[0].sum(dim=axis)).flatten() for axis in (1, 0))
    assert (int(rows[0]), int(rows[-1])) == (4, 23)
    assert (int(columns[0]), int(columns[-1])) == (12, 15)
    assert float(image.max()) == 1


@settings(max_examples=40)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 50), st.integers(1, 50))
def test_where_it_was_drawn_makes_no_difference(top: int, left: int, height: int, width: int) -> None:
    assert torch.equal(centred(bar(top, left, height, width), 28), centred(bar(0, 0, height, width), 28))


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_the_centre_of_mass_is_in_the_middle(seed: int) -> None:
    levels = np.zeros((PAD, PAD), np.uint8)
    levels[20:90, 30:80] = np.random.default_rng(seed).integers(0, 2, (70, 50)) * 255
    image = centred(levels, 28)[0]
    places = torch.arange(28, dtype=torch.float64) + 0.5
    for axis in (0, 1):
        weights = image.sum(dim=1 - axis)
        assert abs(float((weights * places).sum() / weights.sum()) - 14) <= 0.51


@pytest.mark.parametrize("level", [0, 20])
def test_a_blank_pad_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="nothing is drawn"):
        centred(np.full((PAD, PAD), level, np.uint8), 28)


def test_one_dot_is_a_drawing() -> None:
    assert float(centred(bar(5, 5, 1, 1), 28).sum()) > 0


@pytest.mark.parametrize(
    "text", [None, 3, "", "AAAA", "not base64!", base64.b64encode(bytes(PAD)).decode(), "A" * 100_000]
)
def test_what_the_browser_sends_is_checked(text: object) -> None:
    assert read_pad(text) is None


def test_a_pad_comes_through() -> None:
    levels = bar(10, 10, 30, 30)
    found = read_pad(base64.b64encode(levels.tobytes()).decode())
    assert found is not None and np.array_equal(found, levels)
