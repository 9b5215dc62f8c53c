"""The loader of GTSRB, on small archives of that format, and on ones that aren't."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from visualizer.engine.data.gtsrb import HEADER, SIDE, read_gtsrb

TRAIN, TEST = Path("GTSRB/Final_Training/Images"), Path("GTSRB/Final_Test/Images")
SIZE = (40, 36)
BOX = (5, 6, 34, 29)
Row = tuple[object, ...]


def write_gtsrb(folder: Path) -> Path:
    """Three images of class 0 and two of class 42 to train on, one of each to test, laid out as published."""
    for label, count in ((0, 3), (42, 2)):
        names = [f"{number:05}_00000.ppm" for number in range(count)]
        _write(folder / TRAIN / f"{label:05}", f"GT-{label:05}.csv", [(name, *SIZE, *BOX, label) for name in names])
    (folder / TEST).mkdir(parents=True)
    tests = [(f"{number:05}.ppm", *SIZE, *BOX, label) for number, label in enumerate((42, 0))]
    _write(folder / TEST, "../../GT-final_test.csv", tests)
    return folder


def _write(folder: Path, table: str, rows: list[Row]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [";".join(map(str, row)) for row in (HEADER, *rows)]
    (folder / table).write_text("\r\n".join(lines) + "\r\n", encoding="ascii")
    for row in rows:
        Image.fromarray(_pixels(int(str(row[-1])))).save(folder / str(row[0]))


def _pixels(label: int) -> np.ndarray:
    """White, and inside the box red for class 0 and blue for the others."""
    pixels = np.full((SIZE[1], SIZE[0], 3), 255, np.uint8)
    left, top, right, bottom = BOX
    pixels[top : bottom + 1, left : right + 1] = (200, 0, 0) if label == 0 else (0, 0, 200)
    return pixels


def change(folder: Path, old: str, new: str, file: Path = TRAIN / "00000/GT-00000.csv") -> None:
    text = (folder / file).read_text(encoding="ascii")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="ascii")


def test_it_reads_the_signs_in_their_boxes(tmp_path: Path) -> None:
    train, test = read_gtsrb(write_gtsrb(tmp_path))
    assert train.x.shape == (5, 3, SIDE, SIDE) and train.x.dtype == torch.float32
    assert train.labels.tolist() == [0, 0, 0, 42, 42] and test.labels.tolist() == [42, 0]
    for images in (train, test):
        for x, label in zip(images.x, images.labels.tolist(), strict=True):
            wanted = torch.tensor([0, 0, 200] if label else [200, 0, 0]) / 255
            assert torch.allclose(x, wanted[:, None, None].expand(3, SIDE, SIDE))


def test_test_images_may_lie_beside_their_labels(tmp_path: Path) -> None:
    write_gtsrb(tmp_path)
    (tmp_path / "GTSRB/GT-final_test.csv").rename(tmp_path / TEST / "GT-final_test.csv")
    (tmp_path / "GTSRB/Final_Test").rename(tmp_path / "GTSRB/Other")
    assert len(read_gtsrb(tmp_path)[1]) == 2


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Filename;Width", "Name,Width", "GT-00000.csv must begin with Filename;Width;Height"),
        ("00000_00000.ppm;40", "00000_00000.ppm;41", "line 2: 00000_00000.ppm must be 41 × 36 pixels"),
        ("00001_00000.ppm", "missing.ppm", "line 3: missing.ppm is not in"),
        ("00000_00000.ppm", "../00042/00000_00000.ppm", "line 2 must be the name of a file"),
        (";5;6;34;29;0", ";5;6;34;29", "line 2 must be the name of a file and 7 whole numbers"),
        (";5;6;34;29;0", ";5;6;thirty;29;0", "line 2 must have whole numbers"),
        (";5;6;34;29;0", ";5;6;40;29;0", "the box .* is not inside"),
        (";5;6;34;29;0", ";9;6;8;29;0", "the box .* is not inside"),
        (";5;6;34;29;0", ";5;6;34;29;43", "ClassId must be from 0 to 42, got 43"),
    ],
)
def test_a_table_that_is_not_right_is_refused_in_words(tmp_path: Path, old: str, new: str, words: str) -> None:
    change(write_gtsrb(tmp_path), old, new)
    with pytest.raises(ValueError, match=words):
        read_gtsrb(tmp_path)


@pytest.mark.parametrize("data", [b"", b"P6\n40 36\n255\n\0\0", b"\x89PNG\r\n\x1a\n", b"P6\n40 x"])
def test_an_image_that_is_no_ppm_or_cut_off_is_refused(tmp_path: Path, data: bytes) -> None:
    (write_gtsrb(tmp_path) / TRAIN / "00042/00001_00000.ppm").write_bytes(data)
    with pytest.raises(ValueError, match=r"GT-00042.csv, line 3: 00001_00000.ppm is no PPM image"):
        read_gtsrb(tmp_path)


def test_a_grey_image_is_refused(tmp_path: Path) -> None:
    Image.new("L", SIZE).save(write_gtsrb(tmp_path) / TRAIN / "00042/00001_00000.ppm")
    with pytest.raises(ValueError, match="in colour"):
        read_gtsrb(tmp_path)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is no folder"):
        read_gtsrb(tmp_path / "nowhere")
    with pytest.raises(ValueError, match=r"has no GT-00000.csv"):
        read_gtsrb(tmp_path)
    (write_gtsrb(tmp_path) / "GTSRB/GT-final_test.csv").unlink()
    with pytest.raises(ValueError, match=r"has no GT-final_test.csv"):
        read_gtsrb(tmp_path)
    (tmp_path / "GTSRB/GT-final_test.csv").write_text(";".join(HEADER), encoding="ascii")
    with pytest.raises(ValueError, match="no row after its first"):
        read_gtsrb(tmp_path)
