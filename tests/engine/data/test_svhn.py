"""The loader of SVHN's cropped digits, on small files of that format, and on ones that aren't."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from scipy.io import savemat

from visualizer.engine.data.svhn import FILES, read_svhn


def write_svhn(folder: Path) -> Path:
    """Twelve digits to train on, 1 to 10 and 1, 2, and three to test; pixel (row, column) is 3 row + column."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, count in zip(FILES, (12, 3), strict=True):
        write(folder / name, digits(count), np.arange(count)[:, None] % 10 + 1)
    return folder


def digits(count: int) -> np.ndarray:
    row, column, channel, number = np.ogrid[:32, :32, :3, :count]
    return (3 * row + column + 20 * channel + number).astype(np.uint8)


def write(path: Path, pixels: object, labels: object) -> None:
    savemat(path, {"X": pixels, "y": labels}, do_compression=True)


def test_it_reads_digits_with_10_for_0(tmp_path: Path) -> None:
    train, test = read_svhn(write_svhn(tmp_path))
    assert train.x.shape == (12, 3, 32, 32) and train.x.dtype == torch.float32
    assert train.labels.tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2] and test.labels.tolist() == [1, 2, 3]
    assert float(train.x[7, 2, 10, 4]) == pytest.approx((30 + 4 + 40 + 7) / 255)


@pytest.mark.parametrize(
    ("pixels", "labels", "words"),
    [
        (digits(3).astype(float), [[1], [2], [3]], r"X of test_32x32.mat must be \(32, 32, 3, n\) uint8"),
        (digits(3).transpose(3, 0, 1, 2), [[1], [2], [3]], r"X of .* got \(3, 32, 32, 3\) uint8"),
        (digits(3), [[1], [2]], r"y of test_32x32.mat must be \(3, 1\)"),
        (digits(3), [[1], [2], [0]], "whole numbers from 1 to 10"),
        (digits(3), [[1], [2], [2.5]], "whole numbers from 1 to 10"),
        ("text", [[1]], r"X of .* must be"),
    ],
)
def test_arrays_that_are_not_right_are_refused_in_words(
    tmp_path: Path, pixels: object, labels: object, words: str
) -> None:
    write(write_svhn(tmp_path) / FILES[1], pixels, labels)
    with pytest.raises(ValueError, match=words):
        read_svhn(tmp_path)


@pytest.mark.parametrize("data", [b"", b"\x89HDF\r\n\x1a\n" + bytes(600), b"MATLAB 7.3 MAT-file" + bytes(600)])
def test_another_format_is_refused(tmp_path: Path, data: bytes) -> None:
    (write_svhn(tmp_path) / FILES[0]).write_bytes(data)
    with pytest.raises(ValueError, match=r"train_32x32.mat must be a .mat file of version 5"):
        read_svhn(tmp_path)


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.99])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, kept: float) -> None:
    path = write_svhn(tmp_path) / FILES[0]
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    with pytest.raises(ValueError, match=r"train_32x32.mat"):
        read_svhn(tmp_path)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is no folder"):
        read_svhn(tmp_path / "nowhere")
    with pytest.raises(ValueError, match=r"has no train_32x32.mat"):
        read_svhn(tmp_path)
    savemat(write_svhn(tmp_path) / FILES[0], {"other": np.zeros(3)})
    with pytest.raises(ValueError, match="must have X and y"):
        read_svhn(tmp_path)
