"""How much a loss bends: the largest eigenvalues of its Hessian, without ever writing the Hessian down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

Loss = Callable[[Tensor], Tensor]
"""L of many points at once, through which autograd can go: (points, parameters) to (points,)."""
MAX_ITERATIONS = 40
_NOTHING = 1e-12


@dataclass(frozen=True, eq=False)
class Curvature:
    """The ends of the Hessian's spectrum at some points.

    `largest` and `smallest` are its eigenvalues at the two ends, with their sign. `error` is how far `largest` can be
    from an eigenvalue: the length of what is left when the Hessian is applied to its direction.

    Shapes: each (points,).
    """

    largest: Tensor
    smallest: Tensor
    error: Tensor

    @property
    def smoothness(self) -> Tensor:
        """The size of the largest eigenvalue, whatever its sign: the R of a loss that bends as it does here."""
        return torch.maximum(self.largest.abs(), self.smallest.abs())


def hessian_product(loss: Loss, points: Tensor) -> Callable[[Tensor], Tensor]:
    """The function that multiplies the Hessian at each point by a vector: the gradient of (gradient · vector).

    Shapes: points, vectors and products (points, parameters).
    Source: Pearlmutter 1994, by differentiating twice.
    """
    with torch.enable_grad():
        w = points.detach().clone().requires_grad_()
        gradient = torch.autograd.grad(loss(w).sum(), w, create_graph=True)[0]

    def product(vectors: Tensor) -> Tensor:
        if not gradient.requires_grad:  # a loss without any bend
            return torch.zeros_like(vectors)
        return torch.autograd.grad(gradient, w, vectors, retain_graph=True)[0]

    return product


def curvature(loss: Loss, points: Tensor, *, seed: int = 0, iterations: int = MAX_ITERATIONS) -> Curvature:
    """The Hessian's largest and smallest eigenvalue at each point, by Lanczos' method on Hessian-vector products.

    The start is drawn with the seed, the same for all points. With as many iterations as parameters both are exact, up
    to rounding; with fewer they come from inside, and `error` bounds what is missing.

    Shapes: points (points, parameters), float64.
    Raises: ValueError naming the argument, its value and the limit.
    Source: Lanczos 1950, with full re-orthogonalisation: Golub & Van Loan 2013, section 10.3.
    """
    if points.dim() != 2 or not points.numel():
        raise ValueError(f"points must have 2 axes (points, parameters) and not be empty, got {tuple(points.shape)}")
    if iterations < 1:
        raise ValueError(f"iterations must be at least 1, got {iterations}")
    if not bool(torch.isfinite(points).all()):
        raise ValueError("points must be finite")
    tridiagonal, left_over = _lanczos(hessian_product(loss, points), points, seed, min(iterations, points.shape[1]))
    eigenvalues, vectors = torch.linalg.eigh(tridiagonal)
    return Curvature(eigenvalues[:, -1], eigenvalues[:, 0], left_over * vectors[:, -1, -1].abs())


@torch.no_grad()
def _lanczos(product: Callable[[Tensor], Tensor], points: Tensor, seed: int, iterations: int) -> tuple[Tensor, Tensor]:
    """The Hessian within the space that the products span: tridiagonal (points, iterations, iterations); what is left.

    Where nothing is left before the last iteration, a new direction is drawn, which the one before knows nothing of.
    """
    generator = torch.Generator().manual_seed(seed)
    basis = points.new_zeros(len(points), iterations, points.shape[1])
    tridiagonal = points.new_zeros(len(points), iterations, iterations)
    vector = _drawn(basis[:, :0], generator)
    length = points.new_zeros(len(points))
    for step in range(iterations):
        basis[:, step] = vector
        image = product(vector)
        tridiagonal[:, step, step] = (image * vector).sum(-1)
        scale = image.norm(dim=-1)
        image = _beside(image, basis[:, : step + 1])
        length = image.norm(dim=-1)
        if step + 1 == iterations:
            break
        gone = length <= _NOTHING * scale
        length = torch.where(gone, 0.0, length)
        vector = torch.where(gone[:, None], _drawn(basis[:, : step + 1], generator), image / length[:, None])
        tridiagonal[:, step, step + 1] = tridiagonal[:, step + 1, step] = length
    return tridiagonal, length


def _drawn(basis: Tensor, generator: torch.Generator) -> Tensor:
    """A direction for each point, drawn at random, at right angles to all of its basis."""
    drawn = torch.randn(basis.shape[2], generator=generator, dtype=basis.dtype).expand(len(basis), -1)
    return torch.nn.functional.normalize(_beside(drawn, basis), dim=-1)


def _beside(vectors: Tensor, basis: Tensor) -> Tensor:
    """The vectors without their part along the basis; twice, as the first time leaves rounding errors."""
    for _ in range(2):
        vectors = vectors - ((basis @ vectors.unsqueeze(-1)) * basis).sum(1)
    return vectors
