"""The German Traffic Sign Recognition Benchmark, read as it is published: PPM images and CSV files.

Source: Stallkamp, Schlipsing, Salmen & Igel 2012, *Man vs. computer*, benchmark.ini.rub.de.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image, UnidentifiedImageError
from torch import Tensor

from visualizer.engine.data.images import Images

CLASSES = 43
SIDE = 32
ABOUT = "real photos of traffic signs, from GTSRB (Stallkamp et al. 2012)"
HEADER = ["Filename", "Width", "Height", "Roi.X1", "Roi.Y1", "Roi.X2", "Roi.Y2", "ClassId"]
TRAIN_FILES, TEST_FILE = "GT-[0-9][0-9][0-9][0-9][0-9].csv", "GT-final_test.csv"


def read_gtsrb(folder: Path) -> tuple[Images, Images]:
    """The images to train on and those to test, each the sign alone, brought to 32 × 32.

    The folder is the one that the archives were unpacked in: somewhere below it are folders of .ppm files with a
    GT-00000.csv each, and GT-final_test.csv, beside its images or apart from them.
    Shapes: x (n, 3, 32, 32) float32, from 0 to 1; labels (n,), from 0 to 42.
    Raises: ValueError, in words, where that isn't what is there.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder")
    tables = sorted(folder.rglob(TRAIN_FILES))
    if not tables:
        raise ValueError(f"{folder} has no GT-00000.csv in it or below: the training images of GTSRB are not there")
    tests = sorted(folder.rglob(TEST_FILE))
    if not tests:
        raise ValueError(f"{folder} has no {TEST_FILE} in it or below: GTSRB's test labels are a file of their own")
    train = [sign for table in tables for sign in _signs(table, table.parent)]
    return _stacked(train), _stacked(list(_signs(tests[0], _test_images(folder, tests[0]))))


def _test_images(folder: Path, table: Path) -> Path:
    """The folder with the test images: the published one, and else that of their labels."""
    return next((found for found in sorted(folder.rglob("Final_Test/Images")) if found.is_dir()), table.parent)


def _signs(table: Path, images: Path) -> Iterator[tuple[Tensor, int]]:
    """The signs of one CSV file, (32, 32, 3) uint8, and their classes."""
    with table.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        rows = csv.reader(file, delimiter=";")
        if (header := next(rows, [])) != HEADER:
            raise ValueError(f"{table.name} must begin with {';'.join(HEADER)}, got {';'.join(header)[:100]!r}")
        for number, row in enumerate(rows, start=2):
            where = f"{table.name}, line {number}"
            name, width, height, *box, label = _fields(row, where)
            if not 0 <= label < CLASSES:
                raise ValueError(f"{where}: ClassId must be from 0 to {CLASSES - 1}, got {label}")
            yield _sign(images / name, (width, height), (box[0], box[1], box[2], box[3]), where), label


def _fields(row: list[str], where: str) -> tuple[str, int, int, int, int, int, int, int]:
    name, *numbers = row if len(row) == len(HEADER) else [""]
    if not name or Path(name).name != name:
        raise ValueError(f"{where} must be the name of a file and {len(HEADER) - 1} whole numbers, got {row}")
    try:
        width, height, left, top, right, bottom, label = map(int, numbers)
    except ValueError:
        raise ValueError(f"{where} must have whole numbers after the file's name, got {numbers}") from None
    return name, width, height, left, top, right, bottom, label


def _sign(path: Path, size: tuple[int, int], box: tuple[int, int, int, int], where: str) -> Tensor:
    """The part of an image that its box has, the last row and column included."""
    try:
        with Image.open(path, formats=["PPM"]) as image:
            image.load()
    except FileNotFoundError:
        raise ValueError(f"{where}: {path.name} is not in {path.parent}") from None
    except (UnidentifiedImageError, OSError, ValueError):
        raise ValueError(f"{where}: {path.name} is no PPM image, or a part of it is missing") from None
    if image.size != size or image.mode != "RGB":
        raise ValueError(f"{where}: {path.name} must be {size[0]} × {size[1]} pixels in colour, got {image.size}")
    left, top, right, bottom = box
    if not (0 <= left <= right < size[0] and 0 <= top <= bottom < size[1]):
        raise ValueError(f"{where}: the box {box} is not inside an image of {size[0]} × {size[1]}")
    sign = image.crop((left, top, right + 1, bottom + 1))
    return torch.from_numpy(np.array(sign.resize((SIDE, SIDE), Image.Resampling.BILINEAR)))


def _stacked(signs: list[tuple[Tensor, int]]) -> Images:
    if not signs:
        raise ValueError("a CSV file of GTSRB has no row after its first")
    pixels = torch.stack([pixels for pixels, _ in signs]).permute(0, 3, 1, 2).contiguous()
    return Images(pixels / 255, torch.tensor([label for _, label in signs]))
