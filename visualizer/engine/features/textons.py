"""Textons: the few responses to a bank of filters that come up again and again in an image's textures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional

SIDE = 49
SCALES = ((1.0, 3.0), (2.0, 6.0), (4.0, 12.0))
ORIENTATIONS = 6
_SAMPLES, _ROUNDS = 4000, 15


@dataclass(frozen=True, eq=False)
class Textons:
    """A dictionary of textons: `centres` (k, 8), and the spread (8,) that responses are divided by."""

    centres: Tensor
    spread: Tensor


@cache
def filter_bank() -> Tensor:
    """The 38 filters of MR8, (38, 49, 49): edges, then bars, at 3 scales by 6 orientations, a Gaussian and a Laplacian.

    Each has the mean 0, but for the Gaussian, and absolute values with the sum 1.
    Source: Varma & Zisserman 2005, after the 48 filters of Leung & Malik 2001.
    """
    steps = torch.arange(SIDE, dtype=torch.float64) - SIDE // 2
    down, right = torch.meshgrid(steps, steps, indexing="ij")
    filters = []
    for order in (1, 2):
        for across, along in SCALES:
            for turn in range(ORIENTATIONS):
                angle = math.pi * turn / ORIENTATIONS
                u, v = (
                    math.cos(angle) * right + math.sin(angle) * down,
                    math.cos(angle) * down - math.sin(angle) * right,
                )
                bell = torch.exp(-(u**2) / (2 * across**2) - v**2 / (2 * along**2))
                filters.append(-u * bell if order == 1 else (u**2 / across**2 - 1) * bell)
    square = right**2 + down**2
    bell = torch.exp(-square / 200)
    filters += [bell, (square / 200 - 1) * bell]
    bank = torch.stack(filters)
    centred = bank - bank.mean(dim=(1, 2), keepdim=True)
    centred[-2] = bank[-2]
    return centred / centred.abs().sum(dim=(1, 2), keepdim=True)


def filter_responses(image: Tensor) -> Tensor:
    """The 8 responses of each pixel, (8, H, W): of edges and bars the largest in size over all orientations.

    Shapes: image (H, W); beyond the border it goes on as a mirror shows it. Turning the image by 90° turns them too.
    Varma & Zisserman bring every image to the mean 0 and the spread 1 first, which is left out: light counts here.
    """
    bank, reach = filter_bank(), SIDE // 2
    mirrored = _mirrored(image.double(), reach)
    height, width = (size + 2 * reach for size in image.shape)
    spectrum = torch.fft.rfft2(mirrored) * torch.fft.rfft2(bank, s=(height, width)).conj()
    full = torch.fft.irfft2(spectrum, s=(height, width))[:, : image.shape[0], : image.shape[1]]
    oriented = full[:-2].reshape(2 * len(SCALES), ORIENTATIONS, *image.shape)
    return torch.cat([oriented.abs().amax(dim=1), full[-2:]])


def _mirrored(image: Tensor, reach: int) -> Tensor:
    """Padded by its mirror image, again and again where the image is smaller than that."""
    while reach > 0:
        step = min(reach, min(image.shape) - 1)
        if step < 1:
            return functional.pad(image[None, None], (reach,) * 4, mode="replicate")[0, 0]
        image = functional.pad(image[None, None], (step,) * 4, mode="reflect")[0, 0]
        reach -= step
    return image


def learn_textons(responses: Tensor, count: int = 16, *, seed: int = 0) -> Textons:
    """The centres of a k-means over the responses (8, H, W) of some pixels, started as k-means++ says.

    A response counts by its size over the image: each is divided by its standard deviation.
    Source: Leung & Malik 2001; k-means++ of Arthur & Vassilvitskii 2007.
    """
    dice = torch.Generator().manual_seed(seed)
    rows = responses.flatten(1).T
    spread = rows.std(dim=0, unbiased=False)
    spread = torch.where(spread > 1e-9, spread, torch.inf)
    chosen = torch.randperm(len(rows), generator=dice)[:_SAMPLES]
    points = rows[chosen] / spread
    centres = points[:1]
    for _ in range(count - 1):
        nearest = torch.cdist(points, centres).amin(dim=1) ** 2
        if float(nearest.sum()) <= 1e-12:
            break
        centres = torch.cat([centres, points[torch.multinomial(nearest, 1, generator=dice)]])
    for _ in range(_ROUNDS):
        label = torch.cdist(points, centres).argmin(dim=1)
        members = functional.one_hot(label, len(centres)).double()
        sizes = members.sum(dim=0)[:, None]
        centres = torch.where(sizes > 0, members.T @ points / sizes.clamp(min=1), centres)
    return Textons(centres[centres[:, -2].argsort()], spread)


def texton_map(responses: Tensor, textons: Textons) -> Tensor:
    """The nearest texton of each pixel, (H, W), counted from 0."""
    rows = responses.flatten(1).T / textons.spread
    return torch.cdist(rows, textons.centres).argmin(dim=1).reshape(responses.shape[1:])


def texton_histogram(labels: Tensor, point: tuple[float, float], radius: float, count: int) -> Tensor:
    """How often each texton comes up within a disc around a point (row, column): shares with the sum 1, (count,)."""
    rows, columns = (torch.arange(size, dtype=torch.float64) for size in labels.shape)
    inside = (rows[:, None] - point[0]) ** 2 + (columns - point[1]) ** 2 <= radius**2
    found = torch.bincount(labels[inside], minlength=count).double()
    return found / found.sum().clamp(min=1)
