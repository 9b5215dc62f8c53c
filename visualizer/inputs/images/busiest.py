"""Where in an image there is most to be seen: the window whose brightness changes most, in more than one direction."""

from __future__ import annotations

import numpy as np

from visualizer.inputs.images.images import Picture
from visualizer.once import once

_BRIGHTNESS = np.array([0.299, 0.587, 0.114])
_ALONG = 0.1
"""What change in one direction alone counts for: a plain edge is better than nothing, a corner better than an edge."""


def busiest_place(picture: Picture, height: int, width: int) -> tuple[int, int]:
    """The top left corner (row, column) of that window; of equal ones the nearest to the middle. Computed once.

    Source: Shi & Tomasi 1994, the smaller eigenvalue of the structure tensor, with a share of the larger.
    """

    def find() -> tuple[int, int]:
        return _nearest_to_the_middle(_change(picture.pixels @ _BRIGHTNESS, height, width))

    return once(picture, "busiest", find, of=(height, width))


def _change(grey: np.ndarray, height: int, width: int) -> np.ndarray:
    """For each window by its top left corner: how much the brightness changes in it."""
    down, right = (np.zeros_like(grey) for _ in range(2))
    down[:-1], right[:, :-1] = np.diff(grey, axis=0), np.diff(grey, axis=1)
    # What leads out of a window at its last row or column is not in it.
    reach = max(1, height - 1), max(1, width - 1)
    rows, columns, both = (_centred_sums(each, *reach) for each in (down**2, right**2, down * right))
    half = (rows + columns) / 2
    apart = np.hypot((rows - columns) / 2, both)
    change = (half - apart) + _ALONG * (half + apart)
    return np.asarray(change[: grey.shape[0] - height + 1, : grey.shape[1] - width + 1])


def _centred_sums(values: np.ndarray, height: int, width: int) -> np.ndarray:
    """The sum of every window of this size, in which the middle counts most: sums over halves of it, summed up."""
    first = (height + 1) // 2, (width + 1) // 2
    return _sums(_sums(values, *first), height + 1 - first[0], width + 1 - first[1])


def _sums(values: np.ndarray, height: int, width: int) -> np.ndarray:
    """The sum of every window of this size."""
    total: np.ndarray = np.pad(values.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    sums = total[height:, width:] - total[:-height, width:] - total[height:, :-width] + total[:-height, :-width]
    return np.asarray(sums)


def _nearest_to_the_middle(change: np.ndarray) -> tuple[int, int]:
    rows, columns = np.nonzero(change >= change.max() - 1e-6 * max(1.0, change.max()))
    middle = (change.shape[0] - 1) / 2, (change.shape[1] - 1) / 2
    nearest = np.hypot(rows - middle[0], columns - middle[1]).argmin()
    return int(rows[nearest]), int(columns[nearest])
