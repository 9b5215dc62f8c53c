"""Pooling, and the block of convolution, ReLU and pooling, as columns of grids."""

from __future__ import annotations

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.columns import (
    HEIGHT,
    TOP,
    Column,
    Face,
    column_marks,
    fitted,
    image_face,
    signed,
)
from visualizer.scenes.convolution import bias_marks, unseen_of, windows_of
from visualizer.scenes.scene import Label, Mark, Products, Scene

GAP = 22.0
PRODUCTS = 170.0
_POOLED = "An image of {channels} × {rows} × {columns}, and its pooled map."
_BLOCK = "An image of {channels} × {rows} × {columns}, and the feature map of each layer."


def draw_pooling(trace: Trace) -> Scene:
    """The scene of `trace_pooling`: one channel at a time, the maxima marked."""
    windows = trace.windows
    image = Column(
        (image_face(trace, "x", "image", (), frame=True), Face("grad_x", "∂ℓ/∂ image", (), ("signed",))),
        width=460.0,
        frame=True,
        padding=windows.padding if windows else (0, 0, 0, 0),
        window=windows_of(trace, "y"),
        unseen=unseen_of(trace),
        winners="y",
    )
    pooled = Column(
        (image_face(trace, "y", "pooled", (), frame=True), Face("grad_y", "∂ℓ/∂ pooled", (), ("signed",))),
        width=400.0,
        frame=True,
    )
    marks = [*column_marks(trace, image, 8.0), *column_marks(trace, pooled, 8.0 + image.width + GAP)]
    axes = dict.fromkeys(("x", "y", "grad_x", "grad_y"), 0)
    width = image.width + pooled.width + GAP + 16
    return Scene(width, HEIGHT, tuple(marks), len(trace["x"]), "channel", axes, _description(trace, _POOLED))


def draw_block(trace: Trace) -> Scene:
    """The scene of `trace_block`: image, kernel, products, and the output of each layer, one filter at a time."""
    channels = len(trace["x"])
    forward = ("", "Convolution", "ReLU", "Pooling")
    image_back = ("Backward: image",)
    kernel_back = ("Backward: kernel",)
    backward = tuple(chapter.title for chapter in trace.chapters if chapter.title.startswith("Backward"))
    columns = (
        Column(
            (
                image_face(trace, "x", "image", _without((*forward, *backward), image_back)),
                Face("grad_x", "∂ℓ/∂ image", image_back, signed(channels)),
            ),
            width=190.0,
            frame=False,
            padding=trace.windows.padding if trace.windows else (0, 0, 0, 0),
            window=windows_of(trace, "y"),
            unseen=unseen_of(trace),
        ),
        Column(
            (
                Face("weight", "kernel", _without((*forward, *backward), kernel_back), signed(channels)),
                Face("grad_weight", "∂ℓ/∂ kernel", kernel_back, signed(channels)),
            ),
            width=120.0,
            frame=True,
        ),
        *(
            Column(
                (Face(name, title, (), ("signed",)), Face(f"grad_{name}", f"∂ℓ/∂ {name}", (), ("signed",))),
                width=width,
                frame=True,
                winners="p" if name == "h" else "",
            )
            for name, title, width in (("y", "convolved y", 165.0), ("h", "ReLU h", 165.0), ("p", "pooled p", 130.0))
        ),
    )
    marks: list[Mark] = []
    x = 8.0
    for number, column in enumerate(fitted(trace, each) for each in columns):
        if number == 2:
            marks += [Label(x + PRODUCTS / 2, 16, 15, text="products"), Products(x, TOP, PRODUCTS, HEIGHT - TOP)]
            x += PRODUCTS + GAP
        marks += column_marks(trace, column, x)
        if number == 1:
            marks += bias_marks(trace, x + column.width / 2)
        x += column.width + GAP
    names = ("weight", "bias", "y", "h", "p")
    axes = dict.fromkeys((*names, *(f"grad_{name}" for name in names)), 0)
    return Scene(x, HEIGHT, tuple(marks), len(trace["weight"]), "filter", axes, _description(trace, _BLOCK))


def _without(chapters: tuple[str, ...], taken: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(chapter for chapter in chapters if chapter not in taken)


def _description(trace: Trace, sentence: str) -> str:
    channels, rows, columns = trace["x"].shape
    return sentence.format(channels=channels, rows=rows, columns=columns)
