"""The settings of the lesson."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from visualizer.engine.convnet.weights import SHAPES
from visualizer.engine.data.labelled_images import Name
from visualizer.engine.detector.features import FeatureName
from visualizer.inputs.images.crop_setting import CropSetting
from visualizer.inputs.images.panel import SAMPLE
from visualizer.lessons.detector.kept import MARKED, PLACE
from visualizer.lessons.detector.scenes import SCENE_SEED
from visualizer.text.numbers import percent
from visualizer.ui.address import Address
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer, Number, Slider
from visualizer.ui.settings import Choice, Switch

SCAN, WALK = "scan", "walk"
TEMPLATE, FACES, MARKS, NET = "template", "faces", "marks", "net"
PICTURE, MADE = "picture", "made"
MAX_SCALES = 8
MAX_WALKED = 11
SIDES = (15, 20, 25, 30, 40, 50)
_NETS = {"digits": "digits", "fashion": "clothes", "signs": "traffic signs"}

VIEW = Choice(
    "det_view",
    "View",
    "The image scanned, or the score of one window number by number.",
    {SCAN: "Scan", WALK: "One score"},
    buttons=True,
    default=SCAN,
)
CROP = CropSetting(
    "crop", "Crop", "The template, as top,left,height,width in pixels of the image.", largest=64, default=None
)
_CORRELATION = Slider(
    "det_correlation", "Threshold", "What correlates less than this is no detection.", 0.0, 1.0, 0.01, default=0.8
)


def _odds(kind: str, default: float) -> Slider:
    return Slider(
        f"det_{kind}_odds",
        "Threshold",
        f"On the score, the log-odds ln p − ln(1 − p): 0 is p = {percent(0.5, 0)}, 2 is {percent(0.88, 0)}, "
        f"5 is {percent(0.993, 1)}.",
        -5.0,
        15.0,
        0.1,
        default=default,
    )


THRESHOLDS: dict[str, Slider] = {
    TEMPLATE: _CORRELATION,
    FACES: _odds(FACES, 1.5),
    MARKS: _odds(MARKS, 2.0),
    NET: _odds(NET, 6.0),
}
LEVEL = Integer("det_level", "Score map of scale", "Counted from the first, the largest.", 1, MAX_SCALES, default=1)
MAP = Integer("det_map", "Map", "Which of the maps.", 0, 64, "adds most to the score", default=0)


@dataclass(frozen=True, kw_only=True)
class ScanChoice:
    """What is scanned, and how."""

    kind: Annotated[
        str,
        Choice(
            "det_kind",
            "Detector",
            "What says how much a window looks like what is sought.",
            {TEMPLATE: "Template", FACES: "Faces", MARKS: "My marks", NET: "ConvNet"},
            buttons=True,
        ),
    ] = TEMPLATE
    scene: Annotated[
        str,
        Choice(
            "det_scene",
            "Scan",
            "A scene made of images that the detector has not learned from, where we know what stands where; or your "
            "picture.",
            {MADE: "a scene with known boxes", PICTURE: "my image"},
            buttons=True,
        ),
    ] = MADE
    scene_seed: Annotated[int, SCENE_SEED]
    resolution: Annotated[
        int,
        Integer(
            "det_resolution",
            "Template’s longer side",
            "Template and image are both downscaled until the crop’s longer side has this many pixels. Up to "
            f"{MAX_WALKED} the score can be walked through.",
            3,
            32,
        ),
    ] = 11
    feature: Annotated[
        FeatureName,
        Choice(
            "det_feature",
            "What it sees of a patch",
            "Histograms of oriented gradients, or the brightness of each pixel.",
            {"hog": "HOG", "raw": "raw pixels"},
            buttons=True,
        ),
    ] = "hog"
    patch_side: Annotated[
        str,
        Choice(
            "det_side",
            "Side of a patch",
            "The patches around your marks have this many pixels of the image on each side.",
            {str(side): f"{side} pixels" for side in SIDES},
        ),
    ] = "25"
    seed: Annotated[
        int, Integer("det_seed", "Seed of the split", "Which patches are held out for the test.", 0, 9999)
    ] = 0
    rounds: Annotated[
        int,
        Integer(
            "det_rounds",
            "Rounds of hard negatives",
            "Scan photos that hold no face, add the worst false alarms to the patches without a face, and train again.",
            0,
            3,
        ),
    ] = 0
    net: Annotated[
        Name,
        Choice(
            "det_net",
            "Classes of the ConvNet",
            "The small nets of the lesson on ConvNets, with the weights that come with the app.",
            {name: _NETS[name] for name in SHAPES},
            buttons=True,
        ),
    ] = "digits"
    nothing: Annotated[
        bool,
        Switch(
            "det_nothing",
            "One more output: something, or nothing",
            "The net must call every window one of its classes. One more output, trained here on windows that hold "
            "nothing whole, says whether to ask at all.",
        ),
    ] = True
    ink: Annotated[
        str,
        Choice(
            "det_ink",
            "The image is",
            "The net has learned light on dark. An image that is dark on light is inverted first.",
            {"auto": "as its mean says", "light": "light on dark", "dark": "dark on light"},
            buttons=True,
        ),
    ] = "auto"
    first: Annotated[
        float,
        Number(
            "det_first",
            "First scale",
            "1 is the image as it is; above 1 it is enlarged, to find what is smaller than the window.",
            0.1,
            2.0,
            0.1,
        ),
    ] = 1.0
    ratio: Annotated[
        float, Number("det_ratio", "From scale to scale", "How many times smaller each scale is.", 1.05, 3.0, 0.05)
    ] = 1.4
    count: Annotated[int, Integer("det_scales", "Scales", "At how many sizes the image is scanned.", 1, MAX_SCALES)] = 5
    threshold: float
    """That of this kind of detector."""
    overlap: Annotated[
        float,
        Slider(
            "det_overlap",
            "Most overlap",
            "Of two boxes that share more than this (intersection over union), the one with the lower score goes.",
            0.0,
            1.0,
            0.05,
        ),
    ] = 0.3

    @property
    def made(self) -> bool:
        """Whether a made scene is scanned, in place of the image."""
        return self.kind in (FACES, NET) and self.scene == MADE

    @property
    def side(self) -> int:
        """Of a patch, in pixels."""
        return int(self.patch_side)


SETTINGS = Declared(ScanChoice)
ADDRESS = Address("detector", (SAMPLE, CROP, VIEW, *SETTINGS, *THRESHOLDS.values(), LEVEL, MAP, PLACE, MARKED))
