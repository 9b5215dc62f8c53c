"""SIFT and ORB through scikit-image, changes that are known, and matches that RANSAC keeps."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import torch

from visualizer.engine.features.features import (
    Described,
    Similarity,
    descriptor_changes,
    match,
    orb,
    sift,
)
from visualizer.engine.features.similarity import right_matches
from visualizer.inputs.images.samples import SAMPLES


@cache
def photo() -> torch.Tensor:
    """The middle of the cat, as brightness."""
    return torch.from_numpy(SAMPLES["cat"]().pixels[60:220, 90:290].mean(axis=2) / 255)


@cache
def described() -> Described:
    return Described(photo())


@pytest.mark.parametrize("turn", [90.0, -90.0, 180.0])
def test_a_quarter_turn_is_the_image_turned(turn: float) -> None:
    expected = photo().rot90(round(-turn / 90))
    torch.testing.assert_close(Similarity(turn).of(photo()), expected, rtol=0, atol=1e-9)


def test_no_change_is_none() -> None:
    torch.testing.assert_close(Similarity().of(photo()), photo(), rtol=0, atol=1e-12)


def test_points_move_with_the_pixels() -> None:
    image = torch.zeros(60, 80, dtype=torch.float64)
    image[20:23, 50:53] = 1
    for motion in (Similarity(30), Similarity(-75, 1.5), Similarity(10, 0.5)):
        changed = motion.of(image)
        place = motion.where(torch.tensor([[21.0, 51.0]]), 60, 80)[0]
        bright = (changed > 0.5 * changed.max()).nonzero().double().mean(dim=0)
        assert float((bright - place).norm()) < 0.8


def test_light_is_cut_off_at_white() -> None:
    changed = Similarity(light=1.7).of(photo())
    assert float(changed.max()) == 1
    torch.testing.assert_close(changed, (photo() * 1.7).clamp(max=1), rtol=0, atol=1e-12)


def test_sift_finds_its_points_again_after_a_turn() -> None:
    motion = Similarity(30)
    first, second = described().keypoints, sift(motion.of(photo()).numpy())
    found = match(first, second)
    expected = motion.where(first.places[found.pairs[:, 0]], *photo().shape)
    right = right_matches(second.places[found.pairs[:, 1]], expected)
    assert len(found) > 40
    assert right.mean() > 0.9
    assert found.kept > 0.9 * len(found)
    assert np.array_equal(found.inliers, match(first, second).inliers)  # the same every time


def test_orb_finds_its_points_again_where_nothing_changed() -> None:
    points = orb(photo().numpy())
    found = match(points, points)
    assert found.kept == len(found) == len(points)


def test_keypoints_angles_turn_with_the_image() -> None:
    motion = Similarity(90)
    first, second = described().keypoints, sift(motion.of(photo()).numpy())
    pairs = match(first, second).pairs
    turned = (second.angles[pairs[:, 1]] - first.angles[pairs[:, 0]]).rad2deg() % 360
    assert float(((turned - 90).abs() < 5).double().mean()) > 0.9


@pytest.mark.parametrize("method", [sift, orb])
@pytest.mark.parametrize("shape", [(8, 8), (40, 40), (1, 300)])
def test_a_flat_or_tiny_image_has_no_keypoints(method: object, shape: tuple[int, int]) -> None:
    assert callable(method)
    none = method(np.full(shape, 0.5))
    assert len(none) == 0
    assert none.nearest((3, 3)) is None
    assert len(match(none, none)) == 0


def test_images_of_different_things_share_no_motion() -> None:
    noise = torch.rand(120, 120, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    assert match(described().keypoints, sift(noise.numpy())).kept < 8


def test_no_descriptor_moves_where_nothing_changes() -> None:
    found = descriptor_changes(described(), described(), Similarity(), (80.0, 90.0))
    assert found == dict.fromkeys(("SIFT", "HOG", "Spin image", "RIFT", "GLOH", "Textons"), 0.0)


def test_a_turn_moves_hog_far_and_those_that_are_made_for_it_hardly() -> None:
    motion = Similarity(90)
    found = descriptor_changes(described(), Described(motion.of(photo()), described()), motion, (80.0, 90.0))
    assert found["HOG"] is not None and found["HOG"] > 0.3
    for name in ("Spin image", "RIFT", "GLOH", "Textons"):
        moved = found[name]
        assert moved is not None and moved < 0.01


@pytest.mark.parametrize("shape", [(40, 40), (24, 320)])
def test_on_a_flat_image_no_descriptor_moves(shape: tuple[int, int]) -> None:
    motion = Similarity(90, 1.0, 0.8)
    before = Described(torch.full(shape, 0.5, dtype=torch.float64))
    found = descriptor_changes(before, Described(motion.of(before.image), before), motion, (20.0, 20.0))
    assert found.pop("SIFT") is None
    assert all(moved is not None and moved < 1e-9 for moved in found.values())
