"""Histograms of oriented gradients of one small image, one number at a time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import torch
from skimage.feature import hog as skimage_hog
from torch import Tensor

from visualizer.engine.arguments import checked_tensor
from visualizer.engine.trace.functions import FUNCTIONS, Template
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.trace.trace import Trace, chapters_from
from visualizer.engine.walks.hog.steps import hog_parts

EPSILON = 1e-5
CLIP = 0.2
"""No number of a block is larger before the second normalisation: Lowe's threshold (2004)."""


@dataclass(frozen=True)
class HogLayout:
    """Cells of cell × cell pixels, blocks of block × block cells that move on by one cell, and bins over 180°."""

    height: int
    width: int
    cell: int = 4
    block: int = 2
    bins: int = 9

    @property
    def cells(self) -> tuple[int, int]:
        """Whole cells that fit: rows, columns. What is left over at the bottom and on the right has none."""
        return self.height // self.cell, self.width // self.cell

    @property
    def blocks(self) -> tuple[int, int]:
        rows, columns = self.cells
        return rows - self.block + 1, columns - self.block + 1

    @property
    def places(self) -> list[tuple[int, int]]:
        """The cell at the top left of each block."""
        return list(product(range(self.blocks[0]), range(self.blocks[1])))

    def cells_of(self, block: int) -> list[tuple[int, int]]:
        """The cells of a block, row by row."""
        top, left = self.places[block]
        return [(top + i, left + j) for i, j in product(range(self.block), range(self.block))]


def hog_layout(height: int, width: int, cell: int = 4, block: int = 2, bins: int = 9) -> HogLayout:
    """The layout on an image of this size. Raises: ValueError where no block fits, in words."""
    for name, value, least in (("cell", cell, 2), ("block", block, 1), ("bins", bins, 2)):
        if value < least:
            raise ValueError(f"{name} must be at least {least}, got {value}")
    layout = HogLayout(height, width, cell, block, bins)
    need = cell * block
    if min(layout.blocks) < 1:
        raise ValueError(
            f"x: a block of {block}×{block} cells of {cell}×{cell} pixels covers {need}×{need}, but x has "
            f"{height}×{width}: use smaller cells, fewer cells in a block, or a crop of at least {need}×{need}"
        )
    return layout


def trace_hog(x: object, *, cell: int = 4, block: int = 2, bins: int = 9) -> Trace:
    """The HOG descriptor of a grey image, step by step.

    Shapes: x (1, H, W), brightness. The trace's arrays: gx, gy (central differences, 0 on the border), m (magnitude),
    theta (degrees, from 0 to below 180), bin (counted from 1), all (1, H, W); s, h (rows of cells, columns of cells,
    bins), a cell's votes and those for each of its pixels; of each block e, e2 (blocks, cells) the cells' sums of
    squares, q, q2 (blocks,) their sums, n, n2 the norms, and v, c, d (blocks, cells, bins): normalised, cut at 0.2,
    normalised again.
    d in this order is the descriptor.

    Raises: ValueError naming the argument, its value and the limit.
    Source: Dalal & Triggs 2005, as scikit-image has it: a pixel votes for one bin of one cell. The paper shares each
    vote between neighbouring bins and cells, and weights it by a Gaussian over the block. scikit-image adds up in
    single precision, so it differs in the eighth digit.
    """
    with torch.inference_mode(False), torch.no_grad():
        image = checked_tensor("x", x, "1, rows, columns")
        if len(image) != 1:
            raise ValueError(f"x must have 1 channel, got {len(image)}")
        layout = hog_layout(image.shape[1], image.shape[2], cell, block, bins)
        arrays = hog_arrays(image, layout)
        checks = {"h": _histograms(image, layout)}
    parts = {title: list(steps) for title, steps in hog_parts(layout, arrays).items()}
    return Trace(
        kind="hog",
        arrays=arrays,
        steps=tuple(step for steps in parts.values() for step in steps),
        chapters=chapters_from(parts),
        symbols=_SYMBOLS,
        checks=checks,
        title=_title(layout),
        summary=_summary(layout),
        overview=_OVERVIEW,
        legend="g are brightness differences, m is their magnitude and θ their direction; h is a cell's histogram of "
        "θ weighted by m, and d the descriptor: the histograms of a block, normalised together.",
    )


def hog_by_skimage(image: np.ndarray, layout: HogLayout) -> np.ndarray:
    """scikit-image's descriptor of an image (H, W), one axis."""
    found: np.ndarray = skimage_hog(
        image,
        orientations=layout.bins,
        pixels_per_cell=(layout.cell, layout.cell),
        cells_per_block=(layout.block, layout.block),
        block_norm="L2-Hys",
        feature_vector=True,
    )
    return found


def hog_arrays(x: Tensor, layout: HogLayout) -> dict[str, Tensor]:
    """Every array of the trace, by torch."""
    gx, gy = torch.zeros_like(x), torch.zeros_like(x)
    gx[..., 1:-1] = x[..., 2:] - x[..., :-2]
    gy[:, 1:-1] = x[:, 2:] - x[:, :-2]
    m, theta = FUNCTIONS["hypotenuse"].value(gx, gy), FUNCTIONS["direction"].value(gx, gy)
    width = torch.tensor(180 / layout.bins, dtype=torch.float64)
    eps, cut = torch.tensor(EPSILON, dtype=torch.float64), torch.tensor(CLIP, dtype=torch.float64)
    bin_ = FUNCTIONS["bin"].value(theta, width)
    s = _votes(m[0], bin_[0], layout)
    h = s / layout.cell**2
    chosen = torch.stack([torch.stack([h[cell] for cell in layout.cells_of(k)]) for k in range(len(layout.places))])
    first = dict(zip(("e", "q", "n", "v"), _normalised(chosen, eps), strict=True))
    c = first["v"].clamp(max=CLIP)
    second = dict(zip(("e2", "q2", "n2", "d"), _normalised(c, eps), strict=True))
    return {"x": x, "gx": gx, "gy": gy, "m": m, "theta": theta, "width": width, "bin": bin_, "s": s, "h": h} | {
        "eps": eps,
        **first,
        "cut": cut,
        "c": c,
        **second,
    }


def _histograms(x: Tensor, layout: HogLayout) -> Tensor:
    """The cells' histograms by torch's own gradient, complex numbers and scatter: (rows, columns, bins)."""
    (down, right) = (torch.gradient(2 * x[0], dim=axis)[0] for axis in (0, 1))
    down[[0, -1]], right[:, [0, -1]] = 0.0, 0.0
    gradient = torch.complex(right, down)
    angle = FUNCTIONS["direction"].value(gradient.real, gradient.imag)
    rows, columns = layout.cells
    inside = (slice(rows * layout.cell), slice(columns * layout.cell))
    bins = (angle[inside] * layout.bins / 180).long().clamp(max=layout.bins - 1)
    cell = torch.arange(rows).repeat_interleave(layout.cell)[:, None] * columns
    cell = cell + torch.arange(columns).repeat_interleave(layout.cell)
    votes = torch.zeros(rows * columns * layout.bins, dtype=torch.float64)
    votes.scatter_add_(0, (cell * layout.bins + bins).flatten(), gradient.abs()[inside].flatten())
    return votes.reshape(rows, columns, layout.bins) / layout.cell**2


def _votes(m: Tensor, bins: Tensor, layout: HogLayout) -> Tensor:
    rows, columns = layout.cells
    height, width = rows * layout.cell, columns * layout.cell
    votes = [torch.where(bins == b + 1, m, 0.0)[:height, :width] for b in range(layout.bins)]
    cells = torch.stack(votes).reshape(layout.bins, rows, layout.cell, columns, layout.cell)
    return cells.sum(dim=(2, 4)).permute(1, 2, 0).contiguous()


def _normalised(block: Tensor, eps: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Sums of squares (blocks, cells) and (blocks,), norms (blocks,), and the blocks divided by them."""
    squares = (block * block).sum(dim=2)
    totals = squares.sum(dim=1)
    norms = torch.sqrt(totals + eps * eps)
    return squares, totals, norms, block / norms[:, None, None]


def _title(layout: HogLayout) -> str:
    return (
        f"HOG of {layout.height}×{layout.width} pixels: cells of {layout.cell}×{layout.cell}, "
        f"blocks of {layout.block}×{layout.block} cells, {layout.bins} bins"
    )


def _summary(layout: HogLayout) -> str:
    size = len(layout.places) * layout.block**2 * layout.bins
    return (
        "Each pixel compares its neighbours: how much brighter is it to the right, and below? This gives a direction "
        "and a magnitude. In each cell the pixels vote, weighted by their magnitude, for the bin of their direction; "
        f"their exact positions are discarded. Blocks of cells are normalised to length 1, which leaves {size} values."
    )


_SYMBOLS = {
    "x": Symbol("x", (1, 2)),
    "gx": Symbol("g", ("x", 1, 2)),
    "gy": Symbol("g", ("y", 1, 2)),
    "m": Symbol("m", (1, 2)),
    "theta": Symbol("θ", (1, 2)),
    "width": Symbol("w"),
    "bin": Symbol("b", (1, 2)),
    "s": Symbol("s", (0, 1, 2)),
    "h": Symbol("h", (0, 1, 2)),
    "eps": Symbol("ε"),
    "e": Symbol("e", (0, 1)),
    "q": Symbol("q", (0,)),
    "n": Symbol("n", (0,)),
    "v": Symbol("v", (0, 1, 2)),
    "cut": Symbol("t"),
    "c": Symbol("c", (0, 1, 2)),
    "e2": Symbol("e", (0, 1), ("c",)),
    "q2": Symbol("q", (0,), ("c",)),
    "n2": Symbol("n", (0,), ("c",)),
    "d": Symbol("d", (0, 1, 2)),
}
_NORM: Template = ("row", "√", "(", ("sub", "Σ", "block"), ("sup", "h", "2"), "+", ("sup", "ε", "2"), ")")
_OVERVIEW: Template = ("row", "d", "=", ("frac", "h", _NORM), ",", "h", "=", ("sub", "Σ", "cell"), "m", "[", "θ", "]")
