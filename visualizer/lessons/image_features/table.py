"""The settings of the lesson: their names in the URL, limits, labels and help."""

from __future__ import annotations

from typing import Any

from visualizer.inputs.images.crop_setting import CROP
from visualizer.inputs.images.panel import SAMPLE
from visualizer.inputs.images.samples import LABELS
from visualizer.ui.address import Address
from visualizer.ui.edits import LinkedEdits
from visualizer.ui.settings import (
    Choice,
    Integer,
    Number,
    Setting,
    Switch,
)
from visualizer.ui.slider import Slider

FEATURES, WALK, MATCH, COMPARE = "features", "walk", "match", "compare"
SIFT, HOG, SPIN, RIFT, TEXTONS, GLOH = "sift", "hog", "spin", "rift", "textons", "gloh"
SAME, OWN = "same", "own"

VIEW = Choice(
    "feature_view",
    "View",
    FEATURES,
    "Each feature on the picture, HOG number by number, keypoints matched, or what each is invariant to.",
    {FEATURES: "Features", WALK: "HOG walk", MATCH: "Match", COMPARE: "Compare"},
    buttons=True,
)
FEATURE = Choice(
    "feature",
    "Feature",
    SIFT,
    "What is laid over the picture, and described at the point.",
    {SIFT: "SIFT", HOG: "HOG", SPIN: "Spin image", RIFT: "RIFT", TEXTONS: "Textons", GLOH: "GLOH"},
    buttons=True,
)
POINT_DOWN = Number("point_down", "Point, from the top, %", 34.3, "Or click on the picture.", 0.0, 100.0, 0.5)
POINT_RIGHT = Number("point_right", "Point, from the left, %", 37.0, "Or click on the picture.", 0.0, 100.0, 0.5)

CELL = Choice(
    "hog_cell",
    "Pixels in a cell",
    "4",
    "A cell has as many rows as columns. Its pixels vote in one histogram.",
    {str(side): f"{side} × {side}" for side in (2, 4, 8)},
    buttons=True,
)
BLOCK = Choice(
    "hog_block",
    "Cells in a block",
    "2",
    "A block's histograms are normalised together. Blocks overlap: the next begins one cell on.",
    {"1": "1 × 1", "2": "2 × 2"},
    buttons=True,
)
BINS = Integer("hog_bins", "Bins", 9, "How many directions the half circle is cut into.", 2, 18)

SECOND = Choice(
    "second",
    "Second picture",
    SAME,
    "The same one, changed in a way that is known, so that right matches can be counted; or another.",
    {SAME: "the same, changed"} | dict(LABELS) | {OWN: "your own"},
)
TURN = Slider("turn", "Turned by, in degrees", 30.0, "To the right, around its middle.", -180.0, 180.0, 5.0)
SCALE = Slider("scale", "Scaled to, times", 1.0, "1 leaves the size as it is.", 0.5, 1.5, 0.05)
LIGHT = Slider(
    "light", "Brightness, times", 1.0, "Every pixel times this; what would be beyond white is white.", 0.3, 1.7, 0.05
)
METHOD = Choice(
    "method",
    "Keypoints",
    "sift",
    "SIFT: 128 numbers a point. ORB: 256 yes-or-no comparisons.",
    {"sift": "SIFT", "orb": "ORB"},
    buttons=True,
)
RATIO = Slider(
    "ratio",
    "Ratio test",
    0.8,
    "A match stands if its descriptor is at most this many times as far off as the second nearest one; 1 takes all.",
    0.5,
    1.0,
    0.05,
)
FOLLOW = Switch(
    "follow",
    "Regions scale along",
    True,
    "Spin image, RIFT and GLOH describe regions that a detector finds, with their size. Off: the size stays in pixels.",
)

TABLE: tuple[Setting[Any], ...] = (
    *(VIEW, FEATURE, POINT_DOWN, POINT_RIGHT),
    *(CELL, BLOCK, BINS),
    *(SECOND, TURN, SCALE, LIGHT, METHOD, RATIO, FOLLOW),
)
ADDRESS = Address("image_features", (SAMPLE, CROP, *TABLE), LinkedEdits("hog_numbers", {"x": "x"}))
