"""The settings of the lesson: their names in the URL, limits, labels and help."""

from __future__ import annotations

from typing import Any

from visualizer.engine.convnet.weights import SHAPES
from visualizer.inputs.images.crop_setting import CropSetting
from visualizer.lessons.detector.scene_setting import SCENE_SEED
from visualizer.text.numbers import percent
from visualizer.ui.settings import (
    Choice,
    Integer,
    Number,
    Setting,
    Switch,
)
from visualizer.ui.slider import Slider

SCAN, WALK = "scan", "walk"
TEMPLATE, FACES, MARKS, NET = "template", "faces", "marks", "net"
PICTURE, MADE = "picture", "made"
MOST_SCALES = 8
MOST_WALKED = 11
SIDES = (15, 20, 25, 30, 40, 50)
_NETS = {"digits": "digits", "fashion": "clothes", "signs": "traffic signs"}

VIEW = Choice(
    "det_view",
    "View",
    SCAN,
    "The picture scanned, or the score of one window number by number.",
    {SCAN: "Scan", WALK: "One score"},
    buttons=True,
)
CROP = CropSetting("crop", "Crop", None, "The template, as top,left,height,width in pixels of the picture.", largest=64)
KIND = Choice(
    "det_kind",
    "Detector",
    TEMPLATE,
    "What says how much a window looks like what is sought.",
    {TEMPLATE: "Template", FACES: "Faces", MARKS: "My marks", NET: "ConvNet"},
    buttons=True,
)
SCENE = Choice(
    "det_scene",
    "Scan",
    MADE,
    "A scene made of images that the detector has not learnt from, where we know what stands where; or your picture.",
    {MADE: "a scene with known boxes", PICTURE: "my picture"},
    buttons=True,
)
RESOLUTION = Integer(
    "det_resolution",
    "Template’s longer side",
    11,
    "Template and picture are both brought down until the crop’s longer side has so many pixels. Up to "
    f"{MOST_WALKED} the score can be walked through.",
    3,
    32,
)
FEATURE = Choice(
    "det_feature",
    "What it sees of a patch",
    "hog",
    "Histograms of oriented gradients, or the brightness of each pixel.",
    {"hog": "HOG", "raw": "raw pixels"},
    buttons=True,
)
SIDE = Choice(
    "det_side",
    "Side of a patch",
    "25",
    "The patches around your marks have so many pixels of the picture on each side.",
    {str(side): f"{side} pixels" for side in SIDES},
)
SEED = Integer("det_seed", "Seed of the split", 0, "Which patches are held out for the test.", 0, 9999)
ROUNDS = Integer(
    "det_rounds",
    "Rounds of hard negatives",
    0,
    "Scan photos that hold no face, add the worst false alarms to the patches without a face, and train again.",
    0,
    3,
)
TRAINED_ON = Choice(
    "det_net",
    "The ConvNet tells apart",
    "digits",
    "The small nets of the lesson on ConvNets, with the weights that come with the app.",
    {name: _NETS[name] for name in SHAPES},
    buttons=True,
)
NOTHING = Switch(
    "det_nothing",
    "One more output: something, or nothing",
    True,
    "The net must call every window one of its classes. One more output, trained here on windows that hold nothing "
    "whole, says whether to ask at all.",
)
INK = Choice(
    "det_ink",
    "The picture is",
    "auto",
    "The net has learnt light on dark. A picture that is dark on light is turned over first.",
    {"auto": "as its mean says", "light": "light on dark", "dark": "dark on light"},
    buttons=True,
)
FIRST = Number(
    "det_first",
    "First scale",
    1.0,
    "1 is the picture as it is; above 1 it is enlarged, to find what is smaller than the window.",
    0.1,
    2.0,
    0.1,
)
RATIO = Number("det_ratio", "From scale to scale", 1.4, "How many times smaller each scale is.", 1.05, 3.0, 0.05)
COUNT = Integer("det_scales", "Scales", 5, "At how many sizes the picture is scanned.", 1, MOST_SCALES)
_CORRELATION = Slider(
    "det_correlation", "Threshold", 0.8, "What correlates less than this is no detection.", 0.0, 1.0, 0.01
)


def _odds(kind: str, default: float) -> Slider:
    return Slider(
        f"det_{kind}_odds",
        "Threshold",
        default,
        f"On the score, the log-odds ln p − ln(1 − p): 0 is p = {percent(0.5, 0)}, 2 is {percent(0.88, 0)}, 5 is "
        f"{percent(0.993, 1)}.",
        -5.0,
        15.0,
        0.1,
    )


THRESHOLDS: dict[str, Slider] = {
    TEMPLATE: _CORRELATION,
    FACES: _odds(FACES, 1.5),
    MARKS: _odds(MARKS, 2.0),
    NET: _odds(NET, 6.0),
}
OVERLAP = Slider(
    "det_overlap",
    "Most overlap",
    0.3,
    "Of two boxes that share more than this (intersection over union), the one with the lower score goes.",
    0.0,
    1.0,
    0.05,
)
LEVEL = Integer("det_level", "Score map of scale", 1, "Counted from the first, the largest.", 1, MOST_SCALES)
MAP = Integer("det_map", "Map", 0, "Which of the maps.", 0, 64, "adds most to the score")

TABLE: tuple[Setting[Any], ...] = (
    *(VIEW, KIND, SCENE, SCENE_SEED),
    *(RESOLUTION, FEATURE, SIDE, SEED, ROUNDS),
    *(TRAINED_ON, NOTHING, INK),
    *(FIRST, RATIO, COUNT),
    *THRESHOLDS.values(),
    *(OVERLAP, LEVEL, MAP),
)
