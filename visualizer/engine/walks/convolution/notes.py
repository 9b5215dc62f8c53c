"""What the steps of a convolution mean, in plain language: titles, notes, the summary.

Titles and notes depend on few numbers only, so that the thousands of steps of a walk share a handful of them.
"""

from __future__ import annotations

from functools import lru_cache

from visualizer.engine.walks.convolution.layer import Convolution

GRAD_X_TITLE = "How much does the loss change with this pixel of the image?"
_SHARED = " Every other window of this kernel uses the same weights."
_UNSEEN = "No window uses this pixel: the output stays the same whatever it is, and so does the loss."


@lru_cache(maxsize=4096)
def output_words(inside: int, products: int, biased: bool, where: str, shared: bool) -> tuple[str, str]:
    """The title and note of an output pixel, `inside` of whose products lie on the image.

    `shared` says that there are other windows.
    """
    bias = " and the bias" if biased else ""
    if inside == products:
        what = f"all {products} products" if products > 1 else "one product"
        each = f"Each number under the window times the kernel's number in the same place{where}"
        added = "; the products and the bias add up" if biased else "; the products add up"
        if products == 1:
            each, added = "The number under the window times the kernel's one number", ", plus the bias" * biased
        return f"One output pixel: {what}{bias}", f"{each}{added}.{_SHARED * shared}"
    if inside:
        of = f"{inside} of {products} products"
        left = f"leaves {inside} of the {products} products, added up{' with the bias' if biased else ''}"
        return (
            f"One output pixel at the border: {of}{bias}",
            f"The window reaches past the border, where padding puts zeros. A zero adds nothing, which {left}.",
        )
    left = "only the bias is left" if biased else "the output is 0"
    return (
        "One output pixel that sees nothing of the image",
        f"All of the kernel's numbers lie on zeros of the padding. They add nothing, so {left}.",
    )


def where_multiplied(layer: Convolution) -> str:
    if layer.channels == 1:
        return ""
    if layer.channels_of_group == 1:
        return ", in the one channel that the filter sees"
    return ", in every channel" + (" of the filter's group" if layer.groups > 1 else "")


@lru_cache(maxsize=4096)
def grad_weight_note(inside: int, windows: int) -> str:
    """The note of a weight that lies on the image in `inside` of its filter's windows."""
    if inside == 0:
        return "In every window this weight lies on a zero of the padding, so the loss does not depend on it."
    if windows == 1:
        return (
            "There is one window. So the gradient is that window's ∂ℓ/∂y times the number of the image that the "
            "weight was multiplied with, cached in the forward pass."
        )
    each = (
        f"each gives ∂ℓ/∂y there times the number of the image that the weight was multiplied with, cached in the "
        f"forward pass. The {inside} products add up."
    )
    if inside == 1:
        return (
            f"The weight serves in all {windows} windows, but lies on the image in one only; in the others it meets "
            f"zeros of the padding. That one gives its ∂ℓ/∂y times the cached number of the image."
        )
    if inside < windows:
        return f"Of the {windows} windows that share this weight, {inside} have it on the image, not on padding: {each}"
    return f"All {windows} windows share this weight: {each}"


def grad_bias_note(windows: int) -> str:
    if windows == 1:
        return "The bias is added to the one output pixel of its filter, so its gradient is that pixel's ∂ℓ/∂y."
    return (
        f"The bias is added to each of the {windows} output pixels of its filter, as if it were multiplied with 1. "
        f"So its gradient is all their ∂ℓ/∂y added up."
    )


@lru_cache(maxsize=4096)
def grad_x_note(windows: int, filters: int) -> str:
    """The note of a pixel that lies in so many windows of each of so many filters."""
    if windows == 0:
        return _UNSEEN
    if windows * filters == 1:
        return "One window sees this pixel. So its gradient is that window's ∂ℓ/∂y times the weight that it met there."
    seen = "One window sees" if windows == 1 else f"{windows} windows see"
    each = f" of each of the {filters} filters" if filters > 1 else ""
    seen = seen if filters == 1 else f"One window{each} sees" if windows == 1 else f"{windows} windows{each} see"
    return (
        f"{seen} this pixel, each under another weight. Each gives its ∂ℓ/∂y times that weight, and the "
        f"{windows * filters} products add up."
    )


# ---- the whole layer ---------------------------------------------------------------------------------------------


def convolution_title(layer: Convolution) -> str:
    rows, columns = layer.grid.kernel
    kernels = "One kernel" if layer.filters == 1 else f"{layer.filters} kernels"
    return f"{kernels} of {rows}×{columns} over {image_words(*layer.x.shape)}"


def image_words(channels: int, rows: int, columns: int) -> str:
    return f"an image of {rows}×{columns}, {channels} channel{'s' if channels > 1 else ''}"


def convolution_summary(layer: Convolution) -> str:
    """Three sentences: what an output pixel is, what the windows share, where the walk goes."""
    rows, columns = layer.grid.kernel
    bias = " and a bias" if layer.bias is not None else ""
    first = (
        f"A window of {rows}×{columns} slides over the image{_steps(layer)}; wherever it stops, it multiplies what it "
        f"sees with the kernel{where_multiplied(layer)}, and the products{bias} add up to one output pixel"
    )
    height, width = layer.grid.outputs
    weights = f"the same {layer.products} weights" if layer.products > 1 else "the same weight"
    each = "" if layer.filters == 1 else " of a kernel"
    second = f"All {height}×{width} windows{each} share {weights}" if height * width > 1 else "There is one window"
    return f"{first}. {second}. {_walk(layer)}"


def _steps(layer: Convolution) -> str:
    rows, columns = layer.grid.stride
    if (rows, columns) == (1, 1):
        return ""
    return f", {rows} pixels at a time" if rows == columns else f", {rows} down and {columns} across at a time"


def _walk(layer: Convolution) -> str:
    if not layer.backward:
        return "We work out the output, one pixel after the other."
    forward = "We go forward to the loss" if layer.loss else "We go forward, take ∂ℓ/∂y from the layers that follow"
    return f"{forward}, then back by the chain rule to see how the loss changes with each weight and each pixel."


# ---- longer strides ----------------------------------------------------------------------------------------------


def of_channel(kind: str, count: int, number: int) -> str:
    """ "output channel 2", or "output" where there is one."""
    return kind if count == 1 else f"{kind} channel {number + 1}"


def of_kernel(layer: Convolution, filter_: int) -> str:
    return "kernel" if layer.filters == 1 else f"kernel {filter_ + 1}"


def of_kernel_row(layer: Convolution, channel: int, row: int) -> str:
    return f"row {row + 1}" if layer.channels_of_group == 1 else f"channel {channel + 1}, row {row + 1}"
