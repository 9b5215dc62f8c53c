"""What the steps of a convolution mean: titles, notes, the summary.

Titles and notes depend on few numbers only, so that the thousands of steps of a walk share a handful of them.
"""

from __future__ import annotations

from functools import lru_cache

from visualizer.engine.walks.convolution.layer import Convolution

# ---- forward -----------------------------------------------------------------------------------------------------

# All of these by: is there a bias?
_TITLE = {
    False: "One output pixel: all {products} products",
    True: "One output pixel: all {products} products and the bias",
}
_TITLE_OF_ONE = {False: "One output pixel: one product", True: "One output pixel: one product and the bias"}
_TITLE_AT_BORDER = {
    False: "One output pixel at the border: {inside} of {products} products",
    True: "One output pixel at the border: {inside} of {products} products and the bias",
}
_TITLE_OF_PADDING = "One output pixel that sees only padding"
_ALL_PRODUCTS = {
    False: "Each value in the window is multiplied by the weight in the same position{where}, and the products are "
    "added.",
    True: "Each value in the window is multiplied by the weight in the same position{where}, and the products and the "
    "bias are added.",
}
_ONE_PRODUCT = {
    False: "The value in the window is multiplied by the kernel's only weight.",
    True: "The value in the window is multiplied by the kernel's only weight, and the bias is added.",
}
_AT_BORDER = {
    False: "The window extends past the border, where padding adds zeros. They contribute nothing, which leaves "
    "{inside} of the {products} products.",
    True: "The window extends past the border, where padding adds zeros. They contribute nothing, which leaves "
    "{inside} of the {products} products and the bias.",
}
_PADDING_ONLY = {
    False: "All weights of the kernel meet zeros of the padding, so the output is 0.",
    True: "All weights of the kernel meet zeros of the padding, so only the bias remains.",
}
_SHARED = "All windows of this kernel use the same weights."


@lru_cache(maxsize=4096)
def output_words(inside: int, products: int, biased: bool, where: str, shared: bool) -> tuple[str, str]:
    """The title and note of an output pixel, `inside` of whose products lie on the image.

    `shared` says that there are other windows.
    """
    if inside == 0:
        return _TITLE_OF_PADDING, _PADDING_ONLY[biased]
    if inside < products:
        title, note = _TITLE_AT_BORDER[biased], _AT_BORDER[biased]
        return title.format(inside=inside, products=products), note.format(inside=inside, products=products)
    title, note = (
        (_TITLE[biased], _ALL_PRODUCTS[biased]) if products > 1 else (_TITLE_OF_ONE[biased], _ONE_PRODUCT[biased])
    )
    note = note.format(where=where)
    return title.format(products=products), f"{note} {_SHARED}" if shared else note


def where_multiplied(layer: Convolution) -> str:
    if layer.channels == 1:
        return ""
    if layer.channels_of_group == 1:
        return ", in the one channel that the filter sees"
    return ", in every channel of the filter's group" if layer.groups > 1 else ", in every channel"


# ---- backward ----------------------------------------------------------------------------------------------------

GRAD_X_TITLE = "How much does the loss change with this pixel of the image?"
_WEIGHT_UNUSED = "In every window this weight meets a zero of the padding, so the loss does not depend on it."
_WEIGHT_OF_ONE_WINDOW = (
    "There is one window, so the gradient is that window's ∂ℓ/∂y times the image value that the weight multiplied, "
    "cached in the forward pass."
)
_WEIGHT_IN_ONE = (
    "All {windows} windows share this weight, but it lies on the image in only one of them; in the others it meets "
    "zeros of the padding. So the gradient is that window's ∂ℓ/∂y times the cached image value."
)
_WEIGHT_IN_SOME = (
    "All {windows} windows share this weight, and in {inside} of them it lies on the image, not on padding. Each of "
    "those contributes its ∂ℓ/∂y times the image value that the weight multiplied, cached in the forward pass. The "
    "{inside} products are added."
)
_WEIGHT_IN_ALL = (
    "All {windows} windows share this weight. Each contributes its ∂ℓ/∂y times the image value that the weight "
    "multiplied, cached in the forward pass. The {windows} products are added."
)
_BIAS_OF_ONE = "The bias is added to the only output pixel of its filter, so its gradient is that pixel's ∂ℓ/∂y."
_BIAS_OF_ALL = (
    "The bias is added to each of the {windows} output pixels of its filter, like a weight on a constant input of 1. "
    "So its gradient is the sum of all their ∂ℓ/∂y."
)
_PIXEL_UNSEEN = "No window covers this pixel, so neither the output nor the loss depends on it."
_PIXEL_IN_ONE = "One window covers this pixel, so its gradient is that window's ∂ℓ/∂y times the weight on the pixel."
_PIXEL_IN_SOME = (
    "{windows} windows cover this pixel, each with a different weight on it. Each contributes its ∂ℓ/∂y times that "
    "weight, and the {products} products are added."
)
_PIXEL_IN_ONE_EACH = (
    "One window of each of the {filters} filters covers this pixel, each with a different weight on it. Each "
    "contributes its ∂ℓ/∂y times that weight, and the {products} products are added."
)
_PIXEL_IN_SOME_EACH = (
    "{windows} windows of each of the {filters} filters cover this pixel, each with a different weight on it. Each "
    "contributes its ∂ℓ/∂y times that weight, and the {products} products are added."
)


@lru_cache(maxsize=4096)
def grad_weight_note(inside: int, windows: int) -> str:
    """The note of a weight that lies on the image in `inside` of its filter's windows."""
    if inside == 0:
        return _WEIGHT_UNUSED
    if windows == 1:
        return _WEIGHT_OF_ONE_WINDOW
    note = _WEIGHT_IN_ALL if inside == windows else _WEIGHT_IN_ONE if inside == 1 else _WEIGHT_IN_SOME
    return note.format(inside=inside, windows=windows)


def grad_bias_note(windows: int) -> str:
    return _BIAS_OF_ONE if windows == 1 else _BIAS_OF_ALL.format(windows=windows)


@lru_cache(maxsize=4096)
def grad_x_note(windows: int, filters: int) -> str:
    """The note of a pixel that `windows` windows of each of `filters` filters cover."""
    if windows == 0:
        return _PIXEL_UNSEEN
    if filters == 1:
        note = _PIXEL_IN_ONE if windows == 1 else _PIXEL_IN_SOME
    else:
        note = _PIXEL_IN_ONE_EACH if windows == 1 else _PIXEL_IN_SOME_EACH
    return note.format(windows=windows, filters=filters, products=windows * filters)


# ---- the whole layer ---------------------------------------------------------------------------------------------

_SLIDES = "A {rows}×{columns} window slides over the image."
_SLIDES_BY = "A {rows}×{columns} window slides over the image, {by} pixels at a time."
_SLIDES_BY_BOTH = "A {rows}×{columns} window slides over the image, {down} down and {across} across at a time."
# By: is there a bias?
_OUTPUT = {
    False: "At each position the values in the window are multiplied by the kernel{where}, and the products are added "
    "to give one output pixel.",
    True: "At each position the values in the window are multiplied by the kernel{where}, and the products and the "
    "bias are added to give one output pixel.",
}
_ONE_WINDOW = "There is only one window."
# By: is there one filter, is there one weight?
_WINDOWS = {
    (True, True): "All {height}×{width} windows share the same weight.",
    (True, False): "All {height}×{width} windows share the same {weights} weights.",
    (False, True): "All {height}×{width} windows of a kernel share the same weight.",
    (False, False): "All {height}×{width} windows of a kernel share the same {weights} weights.",
}
_FORWARD_ONLY = "We compute the output one pixel at a time."
_FROM_LOSS = (
    "We go forward to the loss, then back by the chain rule to find how the loss changes with each weight and each "
    "pixel."
)
_FROM_ABOVE = (
    "We go forward, take ∂ℓ/∂y from the layers that follow, then go back by the chain rule to find how the loss "
    "changes with each weight and each pixel."
)


def convolution_title(layer: Convolution) -> str:
    rows, columns = layer.grid.kernel
    kernels = f"A {rows}×{columns} kernel" if layer.filters == 1 else f"{layer.filters} kernels of {rows}×{columns}"
    return f"{kernels} over {image_words(*layer.x.shape)}"


def image_words(channels: int, rows: int, columns: int) -> str:
    return f"an image of {rows}×{columns}, {channels} channel{'s' if channels > 1 else ''}"


def convolution_summary(layer: Convolution) -> str:
    """What an output pixel is, what the windows share, where the walk goes."""
    return " ".join((_slides(layer), _output(layer), _windows(layer), _walk(layer)))


def _slides(layer: Convolution) -> str:
    (rows, columns), (down, across) = layer.grid.kernel, layer.grid.stride
    sentence = _SLIDES if (down, across) == (1, 1) else _SLIDES_BY if down == across else _SLIDES_BY_BOTH
    return sentence.format(rows=rows, columns=columns, by=down, down=down, across=across)


def _output(layer: Convolution) -> str:
    return _OUTPUT[layer.bias is not None].format(where=where_multiplied(layer))


def _windows(layer: Convolution) -> str:
    height, width = layer.grid.outputs
    if height * width == 1:
        return _ONE_WINDOW
    sentence = _WINDOWS[layer.filters == 1, layer.products == 1]
    return sentence.format(height=height, width=width, weights=layer.products)


def _walk(layer: Convolution) -> str:
    if not layer.backward:
        return _FORWARD_ONLY
    return _FROM_LOSS if layer.loss else _FROM_ABOVE


# ---- longer strides ----------------------------------------------------------------------------------------------


def of_channel(kind: str, count: int, number: int) -> str:
    """ "output channel 2", or "output" where there is one."""
    return kind if count == 1 else f"{kind} channel {number + 1}"


def of_kernel(layer: Convolution, filter_: int) -> str:
    return "kernel" if layer.filters == 1 else f"kernel {filter_ + 1}"


def of_kernel_row(layer: Convolution, channel: int, row: int) -> str:
    return f"row {row + 1}" if layer.channels_of_group == 1 else f"channel {channel + 1}, row {row + 1}"
