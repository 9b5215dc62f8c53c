"""An image filtered in one go, and how its map is shown."""

import pytest
import torch

from visualizer.engine.filtering.filtering import filter_picture, shown_map
from visualizer.engine.walks.convolution.convolution import trace_convolution

PIXELS = torch.randint(0, 256, (9, 11, 3), generator=torch.Generator().manual_seed(0)).to(torch.uint8)
WEIGHT = torch.randn(2, 3, 3, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)


@pytest.mark.parametrize("geometry", [{}, {"stride": 2}, {"padding": "same"}, {"padding": (1, 0, 2, 1), "dilation": 2}])
def test_it_is_the_walks_output(geometry: dict[str, object]) -> None:
    maps = filter_picture(PIXELS, WEIGHT, torch.tensor([0.5, -1.0]), **geometry)
    walk = trace_convolution(PIXELS.permute(2, 0, 1) / 255, WEIGHT, [0.5, -1.0], **geometry)["y"]
    torch.testing.assert_close(maps.double(), walk, atol=1e-4, rtol=0)


def test_a_kernel_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="weight"):
        filter_picture(PIXELS, torch.ones(1, 3, 12, 3))
    with pytest.raises(ValueError, match="3 channels"):
        filter_picture(PIXELS, torch.ones(1, 1, 3, 3))


@pytest.mark.parametrize(
    ("values", "greys", "words"),
    [
        ([[-2.0, 0.0, 2.0]], [[0, 128, 255]], "Middle grey is 0"),
        ([[0.0, 2.0]], [[0, 255]], "white is 2"),
        ([[0.0, 1.0]], [[0, 255]], "as in the image"),
    ],
)
def test_how_numbers_become_greys_is_said(values: list[list[float]], greys: list[list[int]], words: str) -> None:
    picture, said = shown_map(torch.tensor(values))
    assert picture.tolist() == greys
    assert words in said
