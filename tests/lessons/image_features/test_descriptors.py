"""The way to each descriptor: its images, on photos and on images where nothing is to be seen."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tests.lessons.image_features.test_words import flat
from visualizer.engine.features.features import Described
from visualizer.engine.features.patches import circular_votes, cut_patches, gradients
from visualizer.inputs.images.images import Picture
from visualizer.inputs.images.samples import SAMPLES
from visualizer.lessons.image_features.descriptors import upright_histograms, way
from visualizer.lessons.image_features.overlays import overlay
from visualizer.lessons.image_features.settings import SETTINGS, SIFT
from visualizer.lessons.image_features.working import LONGEST, too_small, working


@pytest.mark.parametrize("feature", SETTINGS["feature"].options)
def test_a_flat_picture_has_an_overlay_and_a_way_all_the_same(feature: str) -> None:
    shown = flat(40)
    assert overlay(feature, shown, (3.0, 39.0)).startswith("<svg")
    assert len(way(feature, shown, (3.0, 39.0))) == (0 if feature == SIFT else 4)


def test_sifts_roses_are_the_gradients_of_the_turned_patch() -> None:
    """scikit-image's 128 numbers, brought to our axes, go with histograms computed here."""
    image = torch.from_numpy(SAMPLES["cat"]().pixels[60:220, 90:290].mean(axis=2) / 255)
    points = Described(image).keypoints
    alike = []
    for number in range(0, len(points), 5):
        place, radius, angle = points.places[number : number + 1], points.radii[number], points.angles[number]
        patch = cut_patches(image, place, radius, side=32, angle=angle)
        right, down = gradients(patch)
        cells = torch.arange(4).repeat_interleave(8)
        place_of = (cells[:, None] * 4 + cells)[None]
        ours = circular_votes(torch.atan2(down, right), torch.hypot(right, down), place_of, 16, 8)[0]
        theirs = torch.tensor(upright_histograms(points.descriptors[number].astype(float)))
        alike.append(float(torch.corrcoef(torch.stack([ours.flatten(), theirs.flatten()]))[0, 1]))
    assert np.median(alike) > 0.65  # with any other order of axes or angles it is below 0.5


def test_a_large_picture_is_brought_down_and_that_is_said() -> None:
    shown = working(Picture("large", np.zeros((600, 900, 3), np.uint8)))
    assert shown.size == (213, LONGEST)
    assert "900 × 600 downscaled" in shown.note


def test_a_picture_is_worked_on_once() -> None:
    picture = Picture("small", np.full((40, 30, 3), 9, np.uint8))
    assert working(picture) is working(picture)
    assert working(picture).described.keypoints is working(picture).described.keypoints
    assert too_small(picture) == ""
    assert "23 × 30" in too_small(Picture("tiny", np.zeros((23, 30, 3), np.uint8)))
