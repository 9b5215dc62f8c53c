"""A linear detector over HOG or pixels: the scan gives what the classifier says of each patch."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from skimage.feature import hog

from visualizer.engine.detector.features import (
    CELL,
    MARGIN,
    FeatureName,
    LinearDetector,
    features_of,
    hog_blocks,
    with_margin,
)
from visualizer.engine.detector.linear import LinearClassifier
from visualizer.engine.walks.detector import layer_of
from visualizer.inputs.images.samples import SAMPLES


def image_of(rows: int = 60, columns: int = 70) -> torch.Tensor:
    return torch.rand((1, rows, columns), generator=torch.Generator().manual_seed(0), dtype=torch.float64)


def detector_of(feature: FeatureName, side: int) -> LinearDetector:
    count = features_of(feature, torch.zeros((1, side + 2 * MARGIN, side + 2 * MARGIN), dtype=torch.float64)).shape[1]
    weights = torch.randn(count, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    return LinearDetector(LinearClassifier(weights, 0.3), feature, side)


@pytest.mark.parametrize("feature", ["hog", "raw"])
@pytest.mark.parametrize("side", [15, 25])
def test_every_window_scores_what_the_classifier_says_of_its_patch(feature: FeatureName, side: int) -> None:
    image, detector = image_of(), detector_of(feature, side)
    scores = detector.score(image)
    for row, column in ((1, 1), (2, 3), (scores.shape[0] - 2, scores.shape[1] - 2)):
        top, left = row * detector.stride, column * detector.stride
        if feature == "raw":
            top, left = top + MARGIN, left + MARGIN
            row, column = top, left
            if row >= scores.shape[0] or column >= scores.shape[1]:
                continue
        patch = image[:, top - MARGIN : top + side + MARGIN, left - MARGIN : left + side + MARGIN]
        if patch.shape[1:] != (side + 2 * MARGIN,) * 2:
            continue
        expected = detector.classifier.score(features_of(feature, patch))
        assert float(scores[row, column]) == pytest.approx(float(expected), abs=1e-8 if feature == "raw" else 0.05)


def test_hogs_inner_blocks_do_not_change_when_the_whole_picture_is_described_at_once() -> None:
    image = image_of()
    whole = hog_blocks(image[0])
    part = hog_blocks(image[0, 2 * CELL : 9 * CELL, 3 * CELL : 10 * CELL])
    assert torch.allclose(whole[3:7, 4:8], part[1:5, 1:5], atol=1e-12)


@pytest.mark.parametrize("rows", [60, 63])
def test_hog_is_scikit_images(rows: int) -> None:
    photo = torch.from_numpy(skimage_image()).double()[:rows] / 255
    for image in (image_of(rows)[0], photo, torch.full((20, 20), 0.3).double()):
        expected = hog(image.numpy(), 9, (CELL, CELL), (2, 2), block_norm="L2-Hys", feature_vector=False)
        found = hog_blocks(image)
        assert found.shape[:2] == expected.shape[:2]
        assert torch.allclose(found.flatten(), torch.from_numpy(expected).flatten(), atol=1e-12)


def skimage_image() -> np.ndarray:
    return SAMPLES["camera"]().pixels[100:200, 200:300, 0].copy()


@pytest.mark.parametrize("feature", ["hog", "raw"])
def test_the_scan_is_a_convolution_whose_sums_make_the_score(feature: FeatureName) -> None:
    image, detector = image_of(), detector_of(feature, 25)
    scores, layer = detector.score(image), layer_of(detector, image)
    for row, column in ((0, 0), (3, 4), (scores.shape[0] - 1, scores.shape[1] - 1)):
        assert float(layer.sums(row, column).sum()) + layer.bias == pytest.approx(float(scores[row, column]), abs=1e-10)


def test_a_margin_repeats_the_border() -> None:
    patch = torch.arange(4.0).view(1, 2, 2)
    padded = with_margin(patch)
    assert padded.shape == (1, 12, 12)
    assert padded[0, 0, 0] == 0
    assert padded[0, -1, -1] == 3
    assert torch.equal(padded[:, MARGIN:-MARGIN, MARGIN:-MARGIN], patch)
