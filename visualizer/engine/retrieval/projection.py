"""Many numbers an image downscaled to two, so that the images lie on a map."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

MIN_TSNE = 5
_PERPLEXITY = 30.0
_FIRST = 50
"""t-SNE starts from so many principal components at most, as its authors do."""


@dataclass(frozen=True, eq=False)
class PrincipalAxes:
    """The two directions in which the rows differ most.

    Shapes: points (n, 2); mean (d,); axes (2, d), of length 1. `kept` is the share of the variance along the two.
    """

    points: Tensor
    mean: Tensor
    axes: Tensor
    kept: float

    def place(self, vector: Tensor) -> Tensor:
        """Where another vector (d,) lies on the map: (2,)."""
        return (vector.double() - self.mean) @ self.axes.T


def principal_axes(table: Tensor) -> PrincipalAxes:
    """Principal component analysis by the singular value decomposition of the table without its mean.

    Each axis points to where its largest number is positive. Shape: table (n, d), n ≥ 1. Source: Pearson (1901).
    """
    mean, points, axes, sizes = _decomposed(table, 2)
    total = float((sizes**2).sum())
    return PrincipalAxes(points, mean, axes, float((sizes[:2] ** 2).sum()) / total if total else 1.0)


def neighbour_map(table: Tensor, seed: int = 0) -> Tensor:
    """A map that keeps neighbours together, by t-SNE: (n, 2), the same for the same table and seed.

    Source: van der Maaten & Hinton (2008), as scikit-learn has it; the perplexity is 30, or a third of the rows.
    Raises: ValueError for fewer than five rows.
    """
    count = len(table)
    if count < MIN_TSNE:
        raise ValueError(f"table: t-SNE takes at least {MIN_TSNE} rows, got {count}")
    from sklearn.manifold import TSNE

    start = _decomposed(table, _FIRST)[1].numpy()
    # The start by PCA stands still where all rows are the same.
    if not start.any():
        return torch.zeros(count, 2, dtype=torch.float64)
    method = TSNE(perplexity=min(_PERPLEXITY, (count - 1) / 3), init="random", random_state=seed)
    return torch.from_numpy(method.fit_transform(start)).double()


def _decomposed(table: Tensor, most: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The mean, the rows along the first axes, those axes, and all singular values."""
    rows = table.double()
    mean = rows.mean(0)
    _, sizes, axes = torch.linalg.svd(rows - mean, full_matrices=False)
    axes = axes[:most]
    if len(axes) < 2:
        axes = torch.cat([axes, torch.zeros(2 - len(axes), rows.shape[1], dtype=torch.float64)])
    largest = axes.gather(1, axes.abs().argmax(1, keepdim=True))
    axes = torch.where(largest < 0, -axes, axes)
    return mean, (rows - mean) @ axes.T, axes, sizes
