"""What is seen of a unit, in words that are computed from its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from visualizer.engine.convnet.deconvnet import Method, Projection, Unit
from visualizer.engine.convnet.top_patches import Patch
from visualizer.figures.svg import digits

NAMES: Mapping[Method, str] = {"deconvnet": "deconvnet", "gradient": "gradient", "guided": "guided"}
RULES = (
    "All three go back the same way: each number returns to the place that won its pooling window, and the same "
    "filters, transposed, lead to the layer below. **They differ at ReLU alone.** The *gradient* lets through what "
    "belongs to a place whose sum was positive in the forward pass. The *deconvnet* lets through what is positive in "
    "the backward pass. *Guided* back-propagation lets through what is both. Blue: the unit looks for a brighter "
    "pixel, orange: for a darker one. Images in colour are drawn around grey, in the colours that the unit looks for."
)
SOURCES = (
    "Deconvnet: Zeiler & Fergus 2013. Gradient (saliency): Simonyan, Vedaldi & Zisserman 2013. Guided: Springenberg, "
    "Dosovitskiy, Brox & Riedmiller 2014."
)


def where(unit: Unit, activation: float) -> str:
    row, column = unit.place
    return (
        f"Map {unit.map + 1} is most active at row {row + 1}, column {column + 1}, with {digits(activation, 3)}. The "
        f"frame is all that this unit sees of the image."
    )


def passed(found: Mapping[Method, Projection]) -> str:
    """How many numbers each way lets through at the first ReLU, or why there is nothing to tell apart."""
    unit = found["deconvnet"].unit
    if unit.layer == "relu1":
        return (
            "Between this layer and the pixels there is no pooling and no other ReLU: all three are the kernel itself, "
            "laid on the unit’s window. Choose convolution 2 to see them differ."
        )
    arriving = dict(found["gradient"].stages)["unpool1"]
    counts = {method: int(dict(each.stages)["relu1"].count_nonzero()) for method, each in found.items()}
    return (
        f"Here {int(arriving.count_nonzero()):,} numbers arrive at the first ReLU. The gradient lets through "
        f"**{counts['gradient']:,}**, the deconvnet **{counts['deconvnet']:,}**, guided **{counts['guided']:,}**. In "
        f"the pixels the deconvnet’s image agrees with the gradient’s to {_alike(found, 'deconvnet', 'gradient')}, "
        f"with the guided one to {_alike(found, 'deconvnet', 'guided')} (cosine; 1 is the same image)."
    )


def _alike(found: Mapping[Method, Projection], one: Method, other: Method) -> str:
    return digits(cosine(found[one].pixels, found[other].pixels))


def cosine(one: Tensor, other: Tensor) -> float:
    """The cosine of the angle between two images, taken as vectors; 0 where one of them is 0 everywhere."""
    return float(torch.nn.functional.cosine_similarity(one.flatten(), other.flatten(), dim=0, eps=1e-12))


def told(patches: Sequence[Patch], labels: Sequence[int], classes: Sequence[str], images: int) -> str:
    """Which classes the strongest test images are of, as plain text."""
    if not patches:
        return f"No unit of this map is active in any of the {images} test images: the map is dead."
    counts: dict[str, int] = {}
    for label in labels:
        counts[classes[label]] = counts.get(classes[label], 0) + 1
    ordered = sorted(counts.items(), key=lambda each: -each[1])
    names = ", ".join(f"{name} ({count})" for name, count in ordered)
    if len(ordered) == 1:
        return f"All {len(patches)} are of one class: {ordered[0][0]}."
    kinds = "A shape that several classes have in common" if len(ordered) > 3 else "Few classes have what it looks for"
    return f"{kinds}: {names}, of {images} test images."
