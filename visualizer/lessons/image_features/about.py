"""What each feature is, in a sentence or two, and who made it."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from visualizer.lessons.image_features.settings import GLOH, HOG, RIFT, SIFT, SPIN, TEXTONS


@dataclass(frozen=True)
class About:
    """The idea of a feature, its paper, and what the overlay on the image shows."""

    idea: str
    paper: str
    overlay: str


ABOUT: Mapping[str, About] = {
    SIFT: About(
        "Find points that can be found again, with a size and a direction of their own. Around each, turned to that "
        "direction, 4 × 4 histograms of 8 gradient directions: 128 numbers.",
        "SIFT: D. Lowe, Distinctive image features from scale-invariant keypoints, IJCV 2004.",
        "A ray for each keypoint: its direction, and how far its region reaches. Yellow: the keypoint nearest to the "
        "point, with its 4 × 4 cells.",
    ),
    HOG: About(
        "Cut the whole image into cells; in each, count which way the brightness grows; bring blocks of 2 × 2 cells "
        "to length 1. Where an edge stands within its cell is forgotten.",
        "HOG: N. Dalal and B. Triggs, Histograms of oriented gradients for human detection, CVPR 2005.",
        "In each cell of 8 × 8 pixels the edges by their direction, the brighter the stronger. Square: the block that "
        "is described, 2 × 2 cells around the point.",
    ),
    SPIN: About(
        "How is brightness spread at each distance from the middle? A turn changes neither distance nor brightness.",
        "Spin images of brightness: S. Lazebnik, C. Schmid, J. Ponce, A sparse texture representation using affine-"
        "invariant regions, CVPR 2003; PAMI 2005.",
        "Circle: the region. Yellow: the quarter of the image whose spin image is most like it.",
    ),
    RIFT: About(
        "Histograms of gradients in 4 rings. Directions count from the way outwards, which turns with the region.",
        "RIFT: S. Lazebnik, C. Schmid, J. Ponce, Semi-local affine parts for object recognition, BMVC 2004; PAMI 2005.",
        "Circles: the rings. Yellow: the quarter of the image whose RIFT is most like it.",
    ),
    TEXTONS: About(
        "Answers of 8 filters at every pixel; the few that come up again and again are the textons. A region is "
        "described by how often each comes up.",
        "Textons: T. Leung and J. Malik, IJCV 2001; rotation-invariant filters (MR8): M. Varma and A. Zisserman, "
        "IJCV 2005.",
        "A colour for each texton, every pixel in that of the nearest. Circle: the region that is counted.",
    ),
    GLOH: About(
        "SIFT's histograms on a log-polar grid, turned to the region's direction: 17 places of 16 directions.",
        "GLOH: K. Mikolajczyk and C. Schmid, A performance evaluation of local descriptors, PAMI 2005. They go on to "
        "bring the 272 numbers down to 128 by a PCA.",
        "The 17 places around the point, turned. Yellow: the quarter of the image whose GLOH is most like it.",
    ),
}


MAX = 16


def _colour(number: int) -> tuple[int, int, int]:
    """Hues by the golden ratio, in three lightnesses by turns."""
    red, green, blue = colorsys.hls_to_rgb(number * 0.61803 % 1, (0.45, 0.62, 0.75)[number % 3], 0.75)
    return round(255 * red), round(255 * green), round(255 * blue)


PALETTE = tuple(map(_colour, range(MAX)))
HEX = tuple("#{:02x}{:02x}{:02x}".format(*colour) for colour in PALETTE)


def coloured(labels: Tensor) -> np.ndarray:
    """Labels (H, W), counted from 0, as colours (H, W, 3)."""
    found: np.ndarray = np.array(PALETTE)[labels.numpy() % MAX]
    return found
