"""Rendered signs: the same seed gives the same ones, each differs, and the perspective is exact."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.data.rendered_signs import SIGNS, homography, render_signs, sign_icons


def drawn(seed: int, sign: str = "stop", count: int = 40) -> torch.Tensor:
    return render_signs(torch.full((count,), SIGNS.index(sign)), torch.Generator().manual_seed(seed))


def test_the_same_seed_gives_the_same_signs_and_another_seed_others() -> None:
    assert torch.equal(drawn(0), drawn(0))
    assert not any(torch.equal(one, other) for one, other in zip(drawn(0), drawn(1), strict=True))


def test_no_two_are_alike_and_all_are_in_range() -> None:
    found = drawn(0, count=130)
    assert found.shape == (130, 3, 32, 32) and found.dtype == torch.float32
    assert found.min() >= 0 and found.max() <= 1
    assert len({image.numpy().tobytes() for image in found}) == 130


@pytest.mark.parametrize(("sign", "channel"), [("stop", 0), ("no entry", 0), ("straight ahead", 2), ("crossing", 2)])
def test_a_sign_has_its_colour_in_its_icon_and_in_the_middle_of_its_images(sign: str, channel: int) -> None:
    colour, opacity = sign_icons()[SIGNS.index(sign)].split([3, 1])
    assert (colour * opacity).mean((1, 2)).argmax() == channel
    assert opacity[0, 20:44, 20:44].min() > 0.7, "only the seams between its shapes let through a little"
    assert drawn(3, sign)[:, :, 10:22, 10:22].mean((0, 2, 3)).argmax() == channel


def test_round_signs_leave_their_corners_to_the_photo() -> None:
    for name in ("limit 30", "yield", "roundabout", "children"):
        assert sign_icons()[SIGNS.index(name), 3, 0, 0] == 0


def test_a_homography_takes_the_corners_to_those_of_the_square_and_lines_to_lines() -> None:
    dice = torch.Generator().manual_seed(0)
    square = torch.tensor([[-1.0, -1], [1, -1], [1, 1], [-1, 1]], dtype=torch.float64)
    corners = square + 0.3 * torch.rand(5, 4, 2, generator=dice, dtype=torch.float64)
    points = torch.cat([corners, corners[:, :1].lerp(corners[:, 1:2], 0.3)], 1)
    found = torch.cat([points, torch.ones(5, 5, 1)], 2) @ homography(corners).transpose(1, 2)
    found = found[..., :2] / found[..., 2:]
    assert torch.allclose(found[:, :4], square.expand(5, 4, 2))
    assert torch.allclose(found[:, 4, 1], torch.full((5,), -1.0, dtype=torch.float64))
