"""Patches: the pixels themselves, turned, and their dominant direction."""

from __future__ import annotations

import math

import pytest
import torch

from visualizer.engine.features.patches import (
    cut_patches,
    disc,
    dominant_angle,
    dominant_angles,
    to_length_one,
)


def noise(rows: int, columns: int, seed: int = 0) -> torch.Tensor:
    return torch.rand(rows, columns, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def test_a_patch_that_is_not_turned_is_the_pixels_themselves() -> None:
    image = noise(30, 40)
    patch = cut_patches(image, torch.tensor([[12.0, 20.0], [15.0, 9.0]]), 5, side=11)
    torch.testing.assert_close(patch[0], image[7:18, 15:26], rtol=0, atol=1e-12)
    torch.testing.assert_close(patch[1], image[10:21, 4:15], rtol=0, atol=1e-12)


def test_turned_by_90_degrees_its_rows_run_down_the_image() -> None:
    image = noise(30, 40)
    patch = cut_patches(image, torch.tensor([[12.0, 20.0]]), 5, side=11, angle=math.pi / 2)
    torch.testing.assert_close(patch[0], image[7:18, 15:26].rot90(), rtol=0, atol=1e-12)


def test_beyond_the_image_its_border_goes_on() -> None:
    patch = cut_patches(torch.tensor([[0.2, 0.2], [0.2, 0.2]]), torch.zeros(1, 2), 3, side=7)
    torch.testing.assert_close(patch, torch.full((1, 7, 7), 0.2, dtype=torch.float64))


@pytest.mark.parametrize("degrees", [0, 37, 90, 200, 315])
def test_the_dominant_direction_of_a_ramp_is_its_own(degrees: float) -> None:
    angle = math.radians(degrees)
    distance, outwards = disc(41)
    ramp = distance * torch.cos(outwards - angle)
    found = math.degrees(float(dominant_angle(ramp[None])[0])) % 360
    assert min(abs(found - degrees), 360 - abs(found - degrees)) < 2
    assert math.degrees(float(dominant_angles(ramp)[0])) % 360 == pytest.approx(found)


def test_a_flat_patch_has_some_direction_all_the_same() -> None:
    assert len(dominant_angles(torch.ones(41, 41))) == 1
    assert torch.isfinite(dominant_angle(torch.ones(1, 41, 41))).all()


def test_nothing_stays_nothing() -> None:
    nothing = torch.zeros(2, 3, 4)
    assert not to_length_one(nothing).any()
