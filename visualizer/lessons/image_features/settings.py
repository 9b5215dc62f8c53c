"""The settings of the lesson."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from streamlit.delta_generator import DeltaGenerator

from visualizer.engine.features.features import Similarity
from visualizer.inputs.images.crop_setting import CROP
from visualizer.inputs.images.panel import SAMPLE
from visualizer.inputs.images.point import Point
from visualizer.inputs.images.samples import LABELS
from visualizer.ui.address import Address
from visualizer.ui.declared import Declared
from visualizer.ui.edits import LinkedEdits
from visualizer.ui.number_settings import Integer, Number, Slider
from visualizer.ui.settings import Choice, Switch

FEATURES, WALK, MATCH, COMPARE = "features", "walk", "match", "compare"
SIFT, HOG, SPIN, RIFT, TEXTONS, GLOH = "sift", "hog", "spin", "rift", "textons", "gloh"
SAME, OWN = "same", "own"

VIEW = Choice(
    "feature_view",
    "View",
    "Each feature on the image, HOG number by number, keypoints matched, or what each is invariant to.",
    {FEATURES: "Features", WALK: "HOG walk", MATCH: "Match", COMPARE: "Compare"},
    buttons=True,
    default=FEATURES,
)


@dataclass(frozen=True, kw_only=True)
class FeatureSettings:
    """What can be chosen, but for the view and the image."""

    feature: Annotated[
        str,
        Choice(
            "feature",
            "Feature",
            "What is laid over the image, and described at the point.",
            {SIFT: "SIFT", HOG: "HOG", SPIN: "Spin image", RIFT: "RIFT", TEXTONS: "Textons", GLOH: "GLOH"},
            buttons=True,
        ),
    ] = SIFT
    point_down: Annotated[
        float, Number("point_down", "Point, from the top, %", "Or click on the image.", 0.0, 100.0, 0.5)
    ] = 34.3
    point_right: Annotated[
        float, Number("point_right", "Point, from the left, %", "Or click on the image.", 0.0, 100.0, 0.5)
    ] = 37.0
    cell_side: Annotated[
        str,
        Choice(
            "hog_cell",
            "Pixels in a cell",
            "A cell has as many rows as columns. Its pixels vote in one histogram.",
            {str(side): f"{side} × {side}" for side in (2, 4, 8)},
            buttons=True,
        ),
    ] = "4"
    block_side: Annotated[
        str,
        Choice(
            "hog_block",
            "Cells in a block",
            "A block's histograms are normalised together. Blocks overlap: the next begins one cell on.",
            {"1": "1 × 1", "2": "2 × 2"},
            buttons=True,
        ),
    ] = "2"
    bins: Annotated[int, Integer("hog_bins", "Bins", "How many directions the half circle is cut into.", 2, 18)] = 9
    second: Annotated[
        str,
        Choice(
            "second",
            "Second image",
            "The same one, changed in a way that is known, so that right matches can be counted; or another.",
            {SAME: "the same, changed"} | dict(LABELS) | {OWN: "your own"},
        ),
    ] = SAME
    turn: Annotated[
        float, Slider("turn", "Turned by, in degrees", "To the right, around its middle.", -180.0, 180.0, 5.0)
    ] = 30.0
    scale: Annotated[float, Slider("scale", "Scaled to, times", "1 leaves the size as it is.", 0.5, 1.5, 0.05)] = 1.0
    light: Annotated[
        float,
        Slider(
            "light", "Brightness, times", "Every pixel times this; what would be beyond white is white.", 0.3, 1.7, 0.05
        ),
    ] = 1.0
    method: Annotated[
        str,
        Choice(
            "method",
            "Keypoints",
            "SIFT: 128 numbers a point. ORB: 256 yes-or-no comparisons.",
            {"sift": "SIFT", "orb": "ORB"},
            buttons=True,
        ),
    ] = "sift"
    ratio: Annotated[
        float,
        Slider(
            "ratio",
            "Ratio test",
            "A match stands if its descriptor is at most this many times as far off as the second nearest one; 1 "
            "takes all.",
            0.5,
            1.0,
            0.05,
        ),
    ] = 0.8
    follow: Annotated[
        bool,
        Switch(
            "follow",
            "Regions scale along",
            "Spin image, RIFT and GLOH describe regions that a detector finds, with their size. Off: the size stays "
            "in pixels.",
        ),
    ] = True
    file_room: DeltaGenerator
    """Where the field for a second image of the visitor's own goes."""

    @property
    def point(self) -> Point:
        return Point(self.point_down, self.point_right)

    @property
    def cell(self) -> int:
        return int(self.cell_side)

    @property
    def block(self) -> int:
        return int(self.block_side)

    @property
    def motion(self) -> Similarity:
        return Similarity(self.turn, self.scale, self.light)


SETTINGS = Declared(FeatureSettings)
ADDRESS = Address("image_features", (SAMPLE, CROP, VIEW, *SETTINGS), LinkedEdits("hog_numbers", {"x": "x"}))
