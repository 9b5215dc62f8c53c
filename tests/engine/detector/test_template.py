"""Template matching: the same as scikit-image's, and known answers."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.feature import match_template

from visualizer.engine.detector.template import Template, correlate, correlation, window_sums


def noise(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@settings(max_examples=12)
@given(st.integers(12, 40), st.integers(12, 40), st.integers(1, 11), st.integers(2, 11), st.integers(0, 99))
def test_equals_scikit_images_match_template(rows: int, columns: int, height: int, width: int, seed: int) -> None:
    image, patch = noise(rows, columns, seed=seed), noise(height, width, seed=seed + 1)
    expected = match_template(image.numpy(), patch.numpy())
    assert torch.allclose(Template(patch).score(image[None]), torch.from_numpy(expected), atol=1e-9)


def test_a_template_fits_its_own_place_and_its_negative_not_at_all() -> None:
    image = noise(30, 40)
    template = Template(image[5:16, 7:18])
    scores = template.score(image[None])
    assert divmod(int(scores.argmax()), scores.shape[1]) == (5, 7)
    assert float(scores.max()) == pytest.approx(1)
    assert float(template.score(1 - image[None])[5, 7]) == pytest.approx(-1)


def test_brightness_and_contrast_change_nothing() -> None:
    image = noise(30, 40)
    template = Template(image[5:12, 7:18])
    assert torch.allclose(template.score(image[None]), template.score(0.3 * image[None] + 0.2), atol=1e-9)


def test_a_window_without_contrast_scores_0() -> None:
    image = torch.full((1, 20, 20), 0.7, dtype=torch.float64)
    assert torch.equal(Template(noise(5, 5)).score(image), torch.zeros((16, 16), dtype=torch.float64))


def test_a_template_without_contrast_is_refused() -> None:
    with pytest.raises(ValueError, match="patch has no contrast"):
        Template(torch.full((5, 5), 0.3, dtype=torch.float64))


def test_the_numbers_of_one_window_make_its_score() -> None:
    image = noise(30, 40)
    template = Template(noise(7, 7, seed=3))
    window = image[4:11, 9:16]
    found = correlation(template, window)
    assert found.score == pytest.approx(float(template.score(image[None])[4, 9]), abs=1e-10)
    assert found.numerator == pytest.approx(float(correlate(image, template.kernel)[4, 9]), abs=1e-12)


def test_window_sums() -> None:
    image = noise(9, 8)
    expected = image.unfold(0, 3, 1).unfold(1, 4, 1).sum(dim=(2, 3))
    assert torch.allclose(window_sums(image, (3, 4)), expected, atol=1e-12)
