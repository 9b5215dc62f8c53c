"""Handwritten digits, 8 × 8, out of scikit-learn's wheel.

Source: test set of Optical Recognition of Handwritten Digits (Alpaydin & Kaynak 1998, UCI Machine Learning Repository).
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor

DIGITS_COUNT = 1797
SIDE = 8
DIGITS_INPUTS = tuple(f"pixel {row + 1}, {column + 1}" for row in range(SIDE) for column in range(SIDE))
"""The names of the inputs: row and column, from the top left."""
_INK = 16
"""The largest number of a pixel in the file."""


@cache
def load_digits() -> tuple[Tensor, Tensor]:
    """All the digits, as sklearn.datasets.load_digits has them; not to be changed in place.

    Shapes: pixels (1797, 64) float64, from 0 for paper to 1 for ink; labels (1797,) int64.
    """
    # By its path: importing scikit-learn takes more than a second, for a file that takes 0.03 s.
    found = find_spec("sklearn")
    if found is None or found.origin is None:
        raise ImportError("scikit-learn is not installed: its wheel holds the digits")
    file = Path(found.origin).parent / "datasets" / "data" / "digits.csv.gz"
    lines = gzip.decompress(file.read_bytes()).decode("ascii").split()
    table = torch.tensor([[float(cell) for cell in line.split(",")] for line in lines], dtype=torch.float64)
    return table[:, :-1] / _INK, table[:, -1].long()
