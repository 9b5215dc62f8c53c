"""An image of the visitor's as an image that a net takes."""

from __future__ import annotations

import pytest
import torch

from visualizer.lessons.convnet.input.picture import net_image


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
