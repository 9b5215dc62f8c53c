"""What the steps of a deconvolutional net mean: titles, notes, the summary."""

from __future__ import annotations

from visualizer.engine.convnet.deconvnet import Unit

Words = tuple[str, str]
"""A step's title and its note."""

SUMMARY = (
    "A deconvolutional net runs the layers backwards to show, as pixels, what activated a unit: all other units of its "
    "layer are set to 0, each value returns to the position of its pooling window's maximum, ReLU keeps the positive "
    "values, and the same kernels, transposed, lead to the layer below. We follow one pixel, map by map."
)
FIRST: Words = (
    "How active is the unit?",
    "The deconvnet begins with ReLU, too: an activation is never negative, so it passes unchanged.",
)
DOWN: Words = (
    "What reaches this position of the pooled map?",
    "In the forward pass the unit multiplied this position by one weight of its kernel. In the backward direction the "
    "unit's own value is multiplied by the same weight: the kernel is transposed.",
)
NOT_SEEN: Words = (
    "What reaches a position that the unit did not see?",
    "The unit’s kernel does not extend to this position, so it receives 0.",
)
UNPOOL: Words = (
    "Was this position the maximum of its pooling window?",
    "The switch is 1 at the position of the window's maximum in the forward pass, and the value returns there; at the "
    "other positions it is 0, and nothing returns.",
)
NO_WINDOW: Words = (
    "What returns to a position that no pooling window covered?",
    "Pooling skipped this position, so it receives 0.",
)
RELU: Words = (
    "What does ReLU let through in the backward direction?",
    "The deconvnet keeps the values that are positive now. A gradient would instead keep those that were positive in "
    "the forward pass; guided back-propagation requires both.",
)
PART: Words = (
    "What does this map add to the pixel?",
    "Each value around the pixel is multiplied by the weight with which it saw the pixel in the forward pass, and the "
    "products are added. A position further down saw the pixel with a weight further up in its kernel, so the kernel "
    "is read backwards.",
)
PIXEL: Words = (
    "What do all maps add up to?",
    "The pixel of the projection: positive where the unit looks for a brighter pixel, negative for a darker one.",
)


def title(unit: Unit, pixel: tuple[int, int]) -> str:
    row, column = unit.place
    return (
        f"Map {unit.map + 1}’s unit at row {row + 1}, column {column + 1}, back to the pixel at row {pixel[0] + 1}, "
        f"column {pixel[1] + 1}"
    )


def of_map(map: int) -> str:
    return f"map {map + 1}"
