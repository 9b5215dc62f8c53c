"""A HOG descriptor: pixels, gradients, histograms and blocks as grids, as each chapter needs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.scene import Grid, Label, Mark, Products, Scene, Tint

WIDTH, HEIGHT = 1020.0, 620.0
_LARGEST = 44.0
_TITLE = 30.0
_APART = 6.0
_GRADIENTS, _POLAR, _VOTES, _BLOCKS = ("", "Gradients"), ("Magnitude and direction",), ("Votes",), ("Blocks",)


@dataclass(frozen=True)
class Region:
    """The space for a grid, or for several below each other, in the chapters given."""

    x: float
    y: float
    width: float
    height: float
    chapters: tuple[str, ...]


def draw_hog(trace: Trace) -> Scene:
    """The scene of `trace_hog`, one block at a time."""
    blocks = trace["d"].shape[0]
    axes = dict.fromkeys(("e", "q", "n", "v", "c", "e2", "q2", "n2", "d"), 0)
    marks = (*_pixel_marks(trace), *_vote_marks(trace), *_block_marks(trace))
    _, rows, columns = trace["x"].shape
    about = f"An image of {rows} × {columns}, its gradients, the histograms of its cells, and its blocks."
    return Scene(WIDTH, HEIGHT, marks, blocks, "block", axes, about)


def _pixel_marks(trace: Trace) -> Iterator[Mark]:
    third, half = WIDTH / 3, HEIGHT / 2
    yield from _plane(trace, "x", "image", Region(0, 0, third, HEIGHT - 40, _GRADIENTS), "grey")
    yield from _plane(trace, "gx", "to the right: gx", Region(third, 0, third, HEIGHT - 40, _GRADIENTS))
    yield from _plane(trace, "gy", "downwards: gy", Region(2 * third, 0, third, HEIGHT - 40, _GRADIENTS))
    yield from _plane(trace, "gx", "to the right: gx", Region(0, 0, third, half, _POLAR))
    yield from _plane(trace, "gy", "downwards: gy", Region(0, half, third, half, _POLAR))
    yield from _plane(trace, "m", "magnitude m", Region(third, 0, third, half, _POLAR))
    yield from _plane(trace, "theta", "direction θ in degrees", Region(third, half, third, half, _POLAR))
    yield from _plane(trace, "bin", "bin b", Region(2 * third, half / 2, third, half, _POLAR))


def _vote_marks(trace: Trace) -> Iterator[Mark]:
    left, half = 400.0, HEIGHT / 2
    yield from _plane(trace, "m", "magnitude m", Region(0, 0, left, half, _VOTES))
    yield from _plane(trace, "bin", "bin b", Region(0, half, left, half, _VOTES))
    right = WIDTH - left
    yield from _cells(trace, "s", "votes s, one row per cell", Region(left, 0, right, half, _VOTES))
    yield from _cells(trace, "h", "histograms h", Region(left, half, right, half, _VOTES))


def _block_marks(trace: Trace) -> Iterator[Mark]:
    left, middle, third = 430.0, 190.0, HEIGHT / 3
    yield from _cells(trace, "h", "histograms h", Region(0, 0, left, HEIGHT - 150, _BLOCKS))
    yield Label(left / 2, HEIGHT - 138, 15, text="products", chapters=_BLOCKS)
    yield Products(8, HEIGHT - 130, left - 16, 120)
    for number, names in enumerate((("e", "q", "n"), ("e2", "q2", "n2"))):
        for column, (name, title) in enumerate(zip(names, ("squares", "sum", "norm"), strict=True)):
            at: tuple[int | str, ...] = ("@",) if column == 0 else ()
            rows = trace[name].shape[-1]
            region = Region(left + column * middle / 3, number * 2 * third, middle / 3, third, _BLOCKS)
            yield from _grid(name, at, rows, 1, title, region)
    titles = {"v": "v: divided by the norm", "c": "c: clipped at 0.2", "d": "d: divided again"}
    for number, (name, title) in enumerate(titles.items()):
        region = Region(left + middle, number * third, WIDTH - left - middle, third, _BLOCKS)
        _, cells, bins = trace[name].shape
        yield from _grid(name, ("@",), cells, bins, title, region)


def _plane(trace: Trace, name: str, title: str, region: Region, tint: Tint = "signed") -> Iterator[Mark]:
    """The pixels of an array (1, H, W)."""
    yield from _grid(name, (0,), trace[name].shape[1], trace[name].shape[2], title, region, tint)


def _cells(trace: Trace, name: str, title: str, region: Region) -> Iterator[Mark]:
    """A grid for each row of cells, with a line for each cell and a column for each bin."""
    rows, cells, bins = trace[name].shape
    yield _title(title, region)
    pitch = (region.height - _TITLE - 8) / rows
    cell = min(_LARGEST, (region.width - 16) / bins)
    height = min(30.0, (pitch - _APART) / cells)
    for row in range(rows):
        x, y = region.x + (region.width - cell * bins) / 2, region.y + _TITLE + row * (height * cells + _APART)
        yield Grid(x, y, cell, name, (row,), cells, bins, chapters=region.chapters, height=height)


def _grid(
    name: str, at: tuple[int | str, ...], rows: int, columns: int, title: str, region: Region, tint: Tint = "signed"
) -> Iterator[Mark]:
    cell = min(_LARGEST, (region.width - 16) / columns, (region.height - _TITLE - 8) / rows)
    wide = min(_LARGEST, (region.width - 16) / columns) if columns == 1 else cell
    x = region.x + (region.width - wide * columns) / 2
    yield _title(title, region)
    yield Grid(x, region.y + _TITLE, wide, name, at, rows, columns, tint, chapters=region.chapters, height=cell)


def _title(words: str, region: Region) -> Label:
    return Label(region.x + region.width / 2, region.y + 15, 15, text=words, chapters=region.chapters)
