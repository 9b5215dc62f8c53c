"""Images as lists of numbers: known answers of plain images, and what a change of an image leaves as it is."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from visualizer.engine.convnet.imagenet_net import SIDE, STAGE_MAPS
from visualizer.engine.retrieval.image_vectors import (
    COLOURS,
    FEATURES,
    HOG,
    PIXELS,
    WAYS,
    colour_histogram,
    describe,
    oriented_gradients,
    raw_pixels,
    squeezed,
)
from visualizer.inputs.images.samples import SAMPLES

CAT = squeezed(SAMPLES["cat"]().pixels)


def plain(colour: tuple[int, int, int]) -> np.ndarray:
    return np.full((SIDE, SIDE, 3), colour, np.uint8)


def test_a_picture_is_described_in_every_way() -> None:
    found = describe(SAMPLES["cat"]().pixels)
    sizes = {way: vector.numel() for way, vector in found.numbers.items()}
    assert set(sizes) == set(WAYS)
    assert (sizes[FEATURES], sizes[PIXELS], sizes[COLOURS], sizes[HOG]) == (1280, 3072, 512, 1764)
    assert [sizes[f"stage{number}"] for number in range(1, 8)] == list(STAGE_MAPS)
    assert all(vector.dtype == torch.float32 and vector.isfinite().all() for vector in found.numbers.values())
    assert found.bytes == 4 * sum(sizes.values())
    assert len(found.classes) == 5


@pytest.mark.parametrize("shape", [(1, 1), (8, 8), (3, 700), (600, 400)])
def test_any_picture_is_squeezed_into_the_square(shape: tuple[int, int]) -> None:
    square = squeezed(np.full((*shape, 3), 137, np.uint8))
    assert (square == plain((137, 137, 137))).all()
    assert square.dtype == np.uint8


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 4), (0, 4, 3)])
def test_what_is_no_picture_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="pixels: must be"):
        squeezed(np.zeros(shape, np.uint8))


def test_raw_pixels_are_means_of_squares() -> None:
    expected = CAT.reshape(32, 7, 32, 7, 3).mean((1, 3)).transpose(2, 0, 1).ravel() / 255
    assert torch.allclose(raw_pixels(CAT), torch.tensor(expected, dtype=torch.float32), atol=1e-6)


def test_a_plain_picture_has_one_colour_and_no_gradients() -> None:
    square = plain((255, 0, 40))
    histogram = colour_histogram(square)
    assert histogram[(7 * 8 + 0) * 8 + 1] == 1
    assert histogram.sum() == 1
    assert not oriented_gradients(square).any()


def test_mirroring_leaves_the_colours_but_neither_pixels_nor_gradients() -> None:
    mirrored = np.ascontiguousarray(CAT[:, ::-1])
    assert torch.equal(colour_histogram(CAT), colour_histogram(mirrored))
    assert not torch.allclose(raw_pixels(CAT), raw_pixels(mirrored))
    assert not torch.allclose(oriented_gradients(CAT), oriented_gradients(mirrored))


def test_an_upright_edge_has_one_orientation() -> None:
    square = plain((0, 0, 0))
    square[:, SIDE // 2 + 5 :] = 255
    cells = oriented_gradients(square).view(7, 7, 2, 2, 9)
    assert set(cells.nonzero()[:, -1].tolist()) == {0}
