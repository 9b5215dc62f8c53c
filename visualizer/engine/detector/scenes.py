"""Images made of patches at random places: what a detector looks for stands where we know it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from visualizer.engine.data.labelled_images import Name

_TRIES = 400
_GAP = 8


@dataclass(frozen=True, eq=False)
class Scene:
    """An image with known boxes.

    Shapes: image (channels, rows, columns), float64 from 0 to 1; boxes (m, 4) top, left, height, width; labels (m,),
    int64: which class stands in each box.
    """

    image: Tensor
    boxes: Tensor
    labels: Tensor


def compose(
    canvas: Tensor, wanted: Tensor, labels: Tensor, sides: tuple[int, int], seed: int, others: Tensor | None = None
) -> Scene:
    """Lay patches on a canvas, none over another, each scaled to a random side; those that find no room are left out.

    `others` are laid as well and not known boxes: what a detector should not take for the thing. Shapes: canvas
    (channels, rows, columns); wanted (m, channels, side, side), others likewise; labels (m,); `sides` are the least and
    the most pixels of a side.
    """
    dice = torch.Generator().manual_seed(seed)
    image = canvas.clone()
    taken: list[tuple[int, int, int]] = []
    known: list[int] = []
    both = wanted if others is None else torch.cat([wanted, others])
    for number, patch in enumerate(both):
        side = int(torch.randint(sides[0], sides[1] + 1, (), generator=dice))
        place = _free_place(image.shape[1:], side, taken, dice)
        if place is None:
            continue
        top, left = place
        taken.append((top, left, side))
        smooth = functional.interpolate(patch[None], size=(side, side), mode="bilinear", antialias=True)[0]
        image[:, top : top + side, left : left + side] = smooth
        if number < len(wanted):
            known.append(number)
    boxes = torch.tensor([[top, left, side, side] for top, left, side in taken[: len(known)]], dtype=torch.float64)
    return Scene(image.clamp(0, 1), boxes.view(-1, 4), labels[known])


def _free_place(
    size: torch.Size, side: int, taken: list[tuple[int, int, int]], dice: torch.Generator
) -> tuple[int, int] | None:
    rows, columns = size
    if side > min(rows, columns):
        return None
    for _ in range(_TRIES):
        top = int(torch.randint(0, rows - side + 1, (), generator=dice))
        left = int(torch.randint(0, columns - side + 1, (), generator=dice))
        apart = (
            top + side + _GAP <= row
            or row + length + _GAP <= top
            or left + side + _GAP <= column
            or column + length + _GAP <= left
            for row, column, length in taken
        )
        if all(apart):
            return top, left
    return None


def soft_canvas(rows: int, columns: int, seed: int) -> Tensor:
    """A grey background of soft noise: (1, rows, columns), float64, from about 0.3 to 0.7."""
    dice = torch.Generator().manual_seed(seed)
    coarse = torch.rand((1, 1, max(2, rows // 40), max(2, columns // 40)), generator=dice, dtype=torch.float64)
    smooth = functional.interpolate(coarse, size=(rows, columns), mode="bicubic", align_corners=False)[0]
    return (0.3 + 0.4 * smooth).clamp(0, 1)


_PHOTOS = ("chelsea.png", "coffee.png", "astronaut.png")
_TEST_PHOTO = "rocket.jpg"


def page_for(name: Name, rows: int, columns: int, number: int = 0, *, test: bool = False) -> Tensor:
    """What images of a set are laid on: dark for digits and clothes, a photo without signs for signs.

    The photo of a test is another than those of training, which `number` chooses among. Shape: (channels, rows,
    columns), float64.
    """
    if name != "signs":
        return torch.zeros((1, rows, columns), dtype=torch.float64)
    # By its path: scikit-image's own functions would go and download a file that is missing.
    file = files("skimage") / "data" / (_TEST_PHOTO if test else _PHOTOS[number % len(_PHOTOS)])
    with file.open("rb") as stream, Image.open(stream) as photo:
        pixels = np.array(photo.convert("RGB").resize((columns, rows)))
    return torch.from_numpy(pixels).permute(2, 0, 1).double() / 255
