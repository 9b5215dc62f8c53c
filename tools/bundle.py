"""Bundles the browser's scripts: `python -m tools.bundle` writes them, with `--check` it says which are out of date."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.node import ROOT, run
from visualizer.web.bundle import BUNDLES

ENTRIES = {
    "player": "player/mount.js",
    "film": "film/film.js",
    "number_table": "inputs/arrays/number_table.js",
    "crop": "inputs/images/crop.js",
    "paint": "inputs/images/paint.js",
    "point": "inputs/images/point.js",
    "input_pad": "lessons/convnet/input/input.js",
    "overview": "lessons/convnet/overview/overview.js",
    "layer_table": "lessons/counting_desk/layer_table.js",
    "spots": "lessons/detector/spots.js",
    "gallery": "lessons/retrieval/gallery/board.js",
    "home": "site/home.js",
    "menus": "site/menus.js",
    "link_field": "ui/link_field.js",
}
"""The module of each component, below visualizer/."""
OPTIONS = ("--bundle", "--minify", "--format=iife", "--global-name=bundle", "--charset=utf8", "--target=es2022")


def bundle(entries: Mapping[str, Path], folder: Path) -> None:
    """Write a bundle for each entry. Raises: RuntimeError where esbuild finds a fault, which it has printed."""
    modules = (f"{name}={path}" for name, path in entries.items())
    if run("esbuild", *modules, *OPTIONS, "--log-level=warning", f"--outdir={folder}"):
        raise RuntimeError("esbuild could not bundle the scripts")


def out_of_date() -> list[str]:
    """The committed bundles that are not what the sources give, and files that no source gives."""
    with TemporaryDirectory() as folder:
        bundle(_entries(), Path(folder))
        fresh = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    there = {path.name: path.read_bytes() for path in BUNDLES.iterdir()} if BUNDLES.exists() else {}
    return sorted(name for name in fresh.keys() | there.keys() if fresh.get(name) != there.get(name))


def _entries() -> dict[str, Path]:
    return {name: ROOT / "visualizer" / path for name, path in ENTRIES.items()}


def main(*arguments: str) -> int:
    if "--check" not in arguments:
        bundle(_entries(), BUNDLES)
        return 0
    stale = out_of_date()
    if stale:
        print(f"not what the sources give: {', '.join(stale)}; `make bundles` writes them", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
