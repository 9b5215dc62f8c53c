"""What the steps of a deconvolutional net mean, in plain language: titles, notes, the summary."""

from __future__ import annotations

from visualizer.engine.convnet.deconvnet import Unit

Words = tuple[str, str]
"""A step's title and its note."""

SUMMARY = (
    "A deconvolutional net runs the layers backwards, to show in the pixels what made a unit active: all other units "
    "of its layer are set to 0, each number returns to the place that won its pooling window, ReLU keeps what is "
    "positive, and the same kernels, transposed, lead to the layer below. We follow one pixel, map by map."
)
FIRST: Words = (
    "How active is the unit?",
    "The way back begins with ReLU, too: an activation is positive already, so it passes as it is.",
)
DOWN: Words = (
    "What comes down to this place of the pooled map?",
    "On the way forward the unit multiplied this place with one number of its kernel. On the way back its own number "
    "is multiplied with that same one: the kernel transposed.",
)
NOT_SEEN: Words = (
    "What comes down to a place that the unit did not see?",
    "The unit’s kernel does not reach as far as this place, so nothing comes down to it: 0.",
)
UNPOOL: Words = (
    "Did this place win its pooling window?",
    "The switch is 1 where the largest number of the window was on the way forward, and the number returns there; it "
    "is 0 at the others, which get nothing back.",
)
NO_WINDOW: Words = (
    "What comes back to a place that no pooling window saw?",
    "Pooling left this place out, so nothing comes back to it: 0.",
)
RELU: Words = (
    "What does ReLU let through on the way back?",
    "The deconvnet keeps what is positive now. A gradient would keep what was positive on the way forward instead; "
    "guided back-propagation asks for both.",
)
PART: Words = (
    "What does this map add to the pixel?",
    "Each number around the pixel times the weight by which it saw the pixel on the way forward, added up. As a place "
    "further down saw it with a number further up of its kernel, the kernel is read backwards.",
)
PIXEL: Words = (
    "What do all maps add up to?",
    "The pixel of the picture: positive where a brighter pixel is what the unit looks for, negative for a darker one.",
)


def title(unit: Unit, pixel: tuple[int, int]) -> str:
    row, column = unit.place
    return (
        f"Map {unit.map + 1}’s unit at row {row + 1}, column {column + 1}, back to the pixel at row {pixel[0] + 1}, "
        f"column {pixel[1] + 1}"
    )


def of_map(map: int) -> str:
    return f"map {map + 1}"
