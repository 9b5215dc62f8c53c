"""Template matching: normalised cross-correlation of a small patch with every window of an image."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

_FLAT = 1e-12
"""A window whose squared distances from its mean add up to less than this has no contrast."""


@dataclass(frozen=True, eq=False)
class Template:
    """A grey patch to look for. `patch` (rows, columns), float64.

    Raises: ValueError where all its numbers are the same: the correlation is divided by its contrast, which is 0.
    """

    patch: Tensor
    stride = 1

    def __post_init__(self) -> None:
        if self.patch.ndim != 2 or not self.patch.numel():
            raise ValueError(f"patch must have rows and columns, got shape {tuple(self.patch.shape)}")
        if self.norm**2 < _FLAT:
            raise ValueError("patch has no contrast: all its pixels are the same, so its correlation is undefined")

    @property
    def window(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.patch.shape[0], self.patch.shape[1]

    @cached_property
    def kernel(self) -> Tensor:
        """The patch minus its mean: what is laid on the image as the kernel of a convolution."""
        return self.patch - self.patch.mean()

    @cached_property
    def norm(self) -> float:
        """√Σ (t − mean of t)²."""
        return float(self.kernel.norm())

    def score(self, image: Tensor) -> Tensor:
        """The normalised cross-correlation in every window, from −1 to 1; 0 where a window has no contrast.

        Shapes: image (1, rows, columns), float64; result (rows − h + 1, columns − w + 1).
        Source: Lewis 1995, "Fast Normalized Cross-Correlation"; as skimage.feature.match_template.
        """
        numerator = correlate(image[0], self.kernel)
        spread = self._spread(image[0])
        contrast = spread > _FLAT
        bottom = torch.where(contrast, spread, 1.0).sqrt() * self.norm
        return torch.where(contrast, numerator / bottom, 0.0).clamp(-1, 1)

    def _spread(self, image: Tensor) -> Tensor:
        """Σ (x − mean of x)² of every window."""
        centred = image - image.mean()
        count = self.patch.numel()
        sums, squares = window_sums(centred, self.window), window_sums(centred**2, self.window)
        return (squares - sums**2 / count).clamp(min=0)


@dataclass(frozen=True)
class Correlation:
    """The numbers of one window: numerator Σ (t − t̄)·x, the two norms that it is divided by, and the score."""

    numerator: float
    template_norm: float
    window_norm: float

    @property
    def score(self) -> float:
        bottom = self.template_norm * self.window_norm
        return self.numerator / bottom if self.window_norm**2 > _FLAT else 0.0


def correlation(template: Template, window: Tensor) -> Correlation:
    """One window's numbers. Shape: window as the template's."""
    return Correlation(float((template.kernel * window).sum()), template.norm, float((window - window.mean()).norm()))


def correlate(image: Tensor, kernel: Tensor) -> Tensor:
    """Σ kernel · window at every place, by the fast Fourier transform: as quick for large kernels as for small ones.

    Shapes: image (rows, columns), kernel (h, w), float64; result (rows − h + 1, columns − w + 1), to about 1e-12.
    """
    rows, columns = image.shape
    height, width = kernel.shape
    size = _easy(rows), _easy(columns)
    spectrum = torch.fft.rfft2(image, s=size) * torch.fft.rfft2(kernel, s=size).conj()
    whole: Tensor = torch.fft.irfft2(spectrum, s=size)
    return whole[: rows - height + 1, : columns - width + 1]


def window_sums(image: Tensor, window: tuple[int, int]) -> Tensor:
    """The sum of every window, from an integral image (Crow 1984). Shapes as at `correlate`."""
    height, width = window
    total = torch.nn.functional.pad(image, (1, 0, 1, 0)).cumsum(0).cumsum(1)
    return total[height:, width:] - total[:-height, width:] - total[height:, :-width] + total[:-height, :-width]


def _easy(length: int) -> int:
    """The next length whose only prime factors are 2, 3 and 5: those transform quickly."""
    while True:
        rest = length
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return length
        length += 1
