"""A convolution as columns of grids: image, kernel, the products that a step adds up, output.

In the backward pass a column shows the gradient of what it showed before, in the same position.
"""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.columns import HEIGHT, TOP, Column, Face, column_marks, fitted, image_face, signed
from visualizer.scenes.scene import Box, Label, Mark, Number, Products, Scene, Window

BACK_OUTPUT, BACK_KERNEL, BACK_IMAGE = "Backward: output", "Backward: kernel", "Backward: image"
FORWARD = ("", "Forward", "Loss")
GAP = 30.0
PRODUCTS = 280.0
LOSS_ROOM = 54.0


def draw_convolution(trace: Trace) -> Scene:
    """The scene of `trace_convolution`: every channel of the image, one filter at a time."""
    image, kernel, output = (fitted(trace, column) for column in (_image(trace), _kernel(trace), _output(trace)))
    marks: list[Mark] = []
    x = 8.0
    for column in (image, kernel):
        marks += column_marks(trace, column, x)
        x += column.width + GAP
    marks += bias_marks(trace, x - GAP - kernel.width / 2)
    if any(unseen_of(trace)):
        marks += [Label(8 + image.width / 2, HEIGHT - 10, 14, text="shaded: covered by no window")]
    marks += [Label(x + PRODUCTS / 2, 16, 15, text="products"), Products(x, TOP, PRODUCTS, HEIGHT - TOP)]
    x += PRODUCTS + GAP
    marks += column_marks(trace, output, x)
    marks += _loss(trace, x + output.width / 2)
    filters = len(trace["weight"])
    axes = dict.fromkeys(("weight", "bias", "y", "error", "target"), 0)
    axes |= {f"grad_{name}": 0 for name in ("weight", "bias", "y")}
    return Scene(x + output.width + 8, HEIGHT, tuple(marks), filters, "filter", axes, _description(trace))


def windows_of(trace: Trace, target: str) -> Window:
    """How the trace's windows lie on what they see."""
    windows = trace.windows
    if windows is None:
        raise ValueError("the trace has no windows")
    top, _, left, _ = windows.padding
    return Window(target, windows.kernel, windows.stride, windows.dilation, (top, left))


def unseen_of(trace: Trace) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Rows and columns of the image that no window covers."""
    return (trace.windows.rows.unseen, trace.windows.columns.unseen) if trace.windows else ((), ())


def _image(trace: Trace) -> Column:
    channels = len(trace["x"])
    return Column(
        (
            image_face(trace, "x", "image", (*FORWARD, BACK_OUTPUT, BACK_KERNEL)),
            Face("grad_x", "∂ℓ/∂ image", (BACK_IMAGE,), signed(channels)),
        ),
        width=250.0,
        frame=False,
        padding=trace.windows.padding if trace.windows else (0, 0, 0, 0),
        window=windows_of(trace, "y"),
        unseen=unseen_of(trace),
    )


def _kernel(trace: Trace) -> Column:
    tints = signed(trace["weight"].shape[1])
    return Column(
        (
            Face("weight", "kernel", (*FORWARD, BACK_OUTPUT, BACK_IMAGE), tints),
            Face("grad_weight", "∂ℓ/∂ kernel", (BACK_KERNEL,), tints),
        ),
        width=160.0,
        frame=True,
    )


def _output(trace: Trace) -> Column:
    backward = (BACK_OUTPUT, BACK_KERNEL, BACK_IMAGE)
    faces: tuple[Face, ...] = (
        Face("y", "output", FORWARD, signed(1)),
        Face("grad_y", "∂ℓ/∂ output", backward, signed(1)),
    )
    if "target" in trace.arrays:
        faces = (
            Face("y", "output", FORWARD, signed(1), 0),
            Face("target", "target", FORWARD, signed(1), 1),
            Face("error", "error", ("", "Loss"), signed(1), 2),
            Face("grad_y", "∂ℓ/∂ output", backward, signed(1), 2),
        )
    return Column(
        faces,
        width=250.0,
        frame=True,
        height=HEIGHT - TOP - (LOSS_ROOM if "loss" in trace.arrays else 0),
    )


def bias_marks(trace: Trace, middle: float) -> Iterator[Mark]:
    """The bias below the kernel; its gradient beside it."""
    if "bias" not in trace.arrays:
        return
    y = HEIGHT - 14
    yield Label(middle - 62, y, 15, ref="bias[@]")
    for ref, x, role in (("bias[@]", middle - 20, "value"), ("grad_bias[@]", middle + 50, "gradient")):
        if ref.split("[")[0] in trace.arrays:
            yield Box(x - 34, y - 13, 68, 26, (ref,), radius=6, plain=role == "gradient")
            yield Number(x, y, ref, 15, "gradient" if role == "gradient" else "value", shrink=62)


def _loss(trace: Trace, middle: float) -> Iterator[Mark]:
    if "loss" in trace.arrays:
        y = HEIGHT - 26
        yield Box(middle - 48, y - 20, 96, 40, ("loss",), radius=20)
        yield Number(middle, y, "loss", 16, shrink=86)
        yield Label(middle - 58, y, 15, text="loss ", ref="loss", anchor="end")


def _description(trace: Trace) -> str:
    channels, rows, columns = trace["x"].shape
    return f"An image of {channels} × {rows} × {columns}, the kernel, the products of a step, and the output."
