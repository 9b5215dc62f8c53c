"""Street View House Numbers, the cropped digits, read as they are published: two .mat files.

Source: Netzer, Wang, Coates, Bissacco, Wu & Ng 2011, ufldl.stanford.edu/housenumbers.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from scipy.io import loadmat

from visualizer.engine.data.images import Images

CLASSES = 10
SIDE = 32
ABOUT = "real photos of house numbers, from SVHN, cropped (Netzer et al. 2011)"
FILES = ("train_32x32.mat", "test_32x32.mat")
VERSION_5 = b"MATLAB 5.0 MAT-file"


def read_svhn(folder: Path) -> tuple[Images, Images]:
    """The digits to train on, and those to test.

    The folder has train_32x32.mat and test_32x32.mat: `X` (32, 32, 3, n) uint8, and `y` (n, 1) from 1 to 10, where 10
    stands for the digit 0.
    Shapes: x (n, 3, 32, 32) float32, from 0 to 1; labels (n,), from 0 to 9.
    Raises: ValueError, in words, where that isn't what is there.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder")
    train, test = (_digits(folder / name) for name in FILES)
    return train, test


def _digits(path: Path) -> Images:
    if not path.is_file():
        raise ValueError(f"{path.parent} has no {path.name}: the cropped digits of SVHN are not there")
    with path.open("rb") as file:
        if not file.read(len(VERSION_5)) == VERSION_5:
            raise ValueError(
                f"{path.name} must be a .mat file of version 5, as SVHN is published; this is another format"
            )
    try:
        found = loadmat(path, variable_names=("X", "y"))
    except Exception as error:
        raise ValueError(f"{path.name} can't be read as a .mat file: a part of it is missing or changed") from error
    pixels, labels = found.get("X"), found.get("y")
    if not isinstance(pixels, np.ndarray) or not isinstance(labels, np.ndarray):
        raise ValueError(f"{path.name} must have X and y, the digits and what they are")
    if pixels.dtype != np.uint8 or pixels.ndim != 4 or pixels.shape[:3] != (SIDE, SIDE, 3):
        raise ValueError(f"X of {path.name} must be (32, 32, 3, n) uint8, got {pixels.shape} {pixels.dtype}")
    if labels.shape != (pixels.shape[3], 1) or not np.isin(labels, np.arange(1, CLASSES + 1)).all():
        raise ValueError(f"y of {path.name} must be ({pixels.shape[3]}, 1), whole numbers from 1 to 10")
    x = torch.from_numpy(np.ascontiguousarray(pixels.transpose(3, 2, 0, 1))) / 255
    return Images(x, torch.from_numpy(labels[:, 0].astype(np.int64) % CLASSES))
