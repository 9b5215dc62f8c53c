"""Textons: the filter bank, and textures told apart."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.features.features import filter_responses, learn_textons, texton_histogram, texton_map
from visualizer.engine.features.textons import filter_bank


def stripes_and_dots() -> torch.Tensor:
    """Upright stripes on the left, a chequered field of dots on the right."""
    row, column = torch.meshgrid(torch.arange(96), torch.arange(128), indexing="ij")
    stripes = (column // 4 % 2).double()
    dots = ((row % 8 < 3) & (column % 8 < 3)).double()
    return torch.where(column < 64, stripes, dots)


def test_the_bank_has_no_answer_to_plain_light_but_the_gaussian() -> None:
    bank = filter_bank()
    assert bank.shape == (38, 49, 49)
    sums = bank.sum(dim=(1, 2))
    torch.testing.assert_close(sums[-2], torch.tensor(1.0, dtype=torch.float64))
    assert float(sums[torch.arange(38) != 36].abs().max()) < 1e-12
    torch.testing.assert_close(bank.abs().sum(dim=(1, 2)), torch.ones(38, dtype=torch.float64))


def test_responses_are_the_filters_laid_on_the_image() -> None:
    image = torch.rand(60, 70, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    found = filter_responses(image)
    window = image[10:59, 8:57]  # around row 34, column 32
    answers = (filter_bank() * window).sum(dim=(1, 2))
    expected = torch.cat([answers[:-2].reshape(6, 6).abs().amax(dim=1), answers[-2:]])
    torch.testing.assert_close(found[:, 34, 32], expected, rtol=0, atol=1e-12)


def test_a_turn_by_90_degrees_turns_the_responses() -> None:
    image = stripes_and_dots()
    torch.testing.assert_close(
        filter_responses(image.rot90()), filter_responses(image).rot90(1, (1, 2)), rtol=0, atol=1e-10
    )


def test_two_textures_are_told_apart() -> None:
    responses = filter_responses(stripes_and_dots())
    textons = learn_textons(responses, 8)
    labels = texton_map(responses, textons)

    def histogram(row: float, column: float) -> torch.Tensor:
        return texton_histogram(labels, (row, column), 14, 8)

    stripes, stripes_too, dots, dots_too = (histogram(*at) for at in ((30, 24), (66, 26), (30, 104), (66, 106)))
    apart = float((stripes - dots).norm())
    assert apart > 5 * float((stripes - stripes_too).norm())
    assert apart > 5 * float((dots - dots_too).norm())
    assert float(stripes.sum()) == pytest.approx(1)


def test_a_flat_image_has_one_texton() -> None:
    responses = filter_responses(torch.full((30, 30), 0.5))
    textons = learn_textons(responses)
    assert len(textons.centres) == 1
    assert not texton_map(responses, textons).any()


def test_the_same_image_gives_the_same_textons() -> None:
    responses = filter_responses(stripes_and_dots())
    assert torch.equal(learn_textons(responses, 6).centres, learn_textons(responses, 6).centres)


@pytest.mark.parametrize("shape", [(1, 1), (1, 30), (5, 7)])
def test_images_smaller_than_a_filter_are_mirrored(shape: tuple[int, int]) -> None:
    found = filter_responses(torch.rand(shape, generator=torch.Generator().manual_seed(0)))
    assert found.shape == (8, *shape)
    assert torch.isfinite(found).all()
