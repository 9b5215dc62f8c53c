"""The HOG walk: equal to scikit-image's descriptor, and its steps are right."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from visualizer.engine.features.features import trace_hog
from visualizer.engine.walks.hog.hog import hog_by_skimage, hog_layout

HUNDREDTHS = st.integers(0, 100)


@settings(max_examples=15)
@given(
    arrays(np.int64, st.tuples(st.integers(8, 11), st.integers(8, 13)), elements=HUNDREDTHS),
    st.sampled_from([2, 3, 4, 8]),
    st.sampled_from([1, 2]),
    st.sampled_from([4, 6, 9]),
)
def test_the_descriptor_is_scikit_images(pixels: np.ndarray, cell: int, block: int, bins: int) -> None:
    if cell * block > 8:
        block = 1
    image = pixels / 100
    trace = trace_hog(torch.tensor(image)[None], cell=cell, block=block, bins=bins)
    expected = hog_by_skimage(image, hog_layout(*image.shape, cell, block, bins))
    np.testing.assert_allclose(trace["d"].flatten().numpy(), expected, rtol=0, atol=3e-7)  # it adds up in float32
    torch.testing.assert_close(trace["h"], trace.checks["h"], rtol=0, atol=1e-12)
    assert trace.replay() <= 1e-12


def test_every_number_but_the_given_ones_is_written_once() -> None:
    trace = trace_hog(torch.rand(1, 8, 8, dtype=torch.float64, generator=torch.Generator().manual_seed(1)))
    targets = [step.target for step in trace.steps]
    assert len(set(targets)) == len(targets)
    written = {ref.name for ref in targets}
    assert set(trace.arrays) - written == {"x", "width", "eps", "cut"}
    assert len(targets) == sum(trace[name].numel() for name in written)
    assert [chapter.title for chapter in trace.chapters] == ["Gradients", "Magnitude and direction", "Votes", "Blocks"]


def test_an_upright_edge_votes_for_the_first_bin_alone() -> None:
    x = torch.zeros(1, 8, 8)
    x[..., 4:] = 1
    trace = trace_hog(x, cell=8, block=1)
    assert trace["h"].flatten().tolist() == [16 / 64, 0, 0, 0, 0, 0, 0, 0, 0]
    assert trace["d"][0, 0, 0] == pytest.approx(1, abs=1e-8)


def test_a_level_edge_votes_for_the_middle_bin() -> None:
    x = torch.zeros(1, 8, 8)
    x[:, 4:] = 1
    assert trace_hog(x, cell=8, block=1)["h"].flatten().nonzero().tolist() == [[4]]


def test_a_constant_image_has_no_direction() -> None:
    trace = trace_hog(torch.full((1, 8, 8), 0.4))
    assert not trace["d"].any()
    assert trace.replay() == 0


def test_twice_the_contrast_gives_the_same_descriptor() -> None:
    x = torch.rand(1, 8, 8, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
    torch.testing.assert_close(trace_hog(x)["d"], trace_hog(2 * x + 3)["d"], rtol=0, atol=1e-8)


@pytest.mark.parametrize(
    ("shape", "options", "words"),
    [
        ((1, 7, 8), {}, "covers 8×8, but x has 7×8"),
        ((3, 8, 8), {}, "x must have 1 channel, got 3"),
        ((1, 8, 8), {"cell": 1}, "cell must be at least 2, got 1"),
        ((1, 8, 8), {"bins": 1}, "bins must be at least 2, got 1"),
    ],
)
def test_what_makes_no_descriptor_is_refused_in_words(
    shape: tuple[int, ...], options: dict[str, int], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        trace_hog(torch.zeros(shape), **options)
