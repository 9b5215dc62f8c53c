"""Maps of many numbers: PCA as numpy's eigenvectors have it, t-SNE that keeps groups together."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from visualizer.engine.retrieval.projection import neighbour_map, principal_axes


def rows(count: int, width: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(count, width, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize(("count", "width"), [(30, 5), (6, 40), (3, 2)])
def test_the_axes_are_numpys_eigenvectors(count: int, width: int) -> None:
    table = rows(count, width)
    found = principal_axes(table)
    values, vectors = np.linalg.eigh(np.cov(table.numpy().T))
    for number in (0, 1):
        expected = vectors[:, -1 - number]
        expected = expected * np.sign(expected[np.abs(expected).argmax()])
        assert np.allclose(found.axes[number].numpy(), expected, atol=1e-9)
    assert found.kept == pytest.approx(values[-2:].sum() / values.sum())
    assert torch.allclose(found.points, (table - table.mean(0)) @ found.axes.T)
    assert torch.allclose(found.place(table[1]), found.points[1])


@pytest.mark.parametrize("table", [torch.ones(1, 4), torch.ones(4, 3), torch.tensor([[0.0], [1.0]])])
def test_few_rows_and_rows_all_the_same_have_a_place(table: torch.Tensor) -> None:
    found = principal_axes(table)
    assert found.points.shape == (len(table), 2)
    assert found.points.isfinite().all()
    assert 0 <= found.kept <= 1


def test_neighbours_stay_neighbours() -> None:
    groups = torch.cat([rows(12, 60, seed) * 0.1 + 5 * rows(1, 60, 90 + seed) for seed in range(3)])
    points = neighbour_map(groups)
    apart = torch.cdist(points, points).fill_diagonal_(torch.inf)
    assert torch.equal(apart.argmin(1) // 12, torch.arange(36) // 12)
    assert torch.equal(points, neighbour_map(groups))


def test_pictures_all_the_same_lie_on_each_other() -> None:
    assert not neighbour_map(torch.ones(6, 3)).any()


def test_too_few_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 5 rows, got 4"):
        neighbour_map(rows(4, 3))
