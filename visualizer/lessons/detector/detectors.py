"""Choice and image -> the detector that scans it, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from torch import Tensor

from visualizer.engine.convnet.weights import load_convnet
from visualizer.engine.detector.faces import FACE_SIDE, train_faces
from visualizer.engine.detector.features import LinearDetector
from visualizer.engine.detector.gate import train_gate
from visualizer.engine.detector.linear import Trained
from visualizer.engine.detector.net import NetDetector
from visualizer.engine.detector.scan import Detector, resized
from visualizer.engine.detector.template import Template
from visualizer.inputs.images.crop_setting import Crop
from visualizer.lessons.detector import settings
from visualizer.lessons.detector.kept import Mark
from visualizer.lessons.detector.marks import train_marks, what_is_missing
from visualizer.lessons.detector.scenes import Scanned
from visualizer.lessons.detector.settings import ScanChoice
from visualizer.ui.refusal import Refusal

STAYS = "Until then the last possible scan is shown."
_DARK = 0.5


@dataclass(frozen=True, eq=False)
class Ready:
    """A detector, the image (channels, rows, columns) that it scans, and how its training went, if it was trained.

    `shrink` comes before all scales: a template is laid on an image that is brought down as it is.
    """

    detector: Detector
    image: Tensor
    shrink: float = 1.0
    trained: Trained | None = None
    turned: bool = False


def ready_of(choice: ScanChoice, scanned: Scanned, crop: Crop, marks: tuple[Mark, ...]) -> Ready | Refusal:
    """The detector of this choice."""
    image = scanned.grey
    if choice.kind == settings.TEMPLATE:
        return _template(choice, image, crop)
    if choice.kind == settings.NET:
        return _net(choice, scanned)
    if choice.kind == settings.FACES:
        trained = train_faces(choice.feature, choice.seed, choice.rounds)
        return Ready(LinearDetector(trained.classifier, choice.feature, FACE_SIDE), image, trained=trained)
    try:
        trained = train_marks(image, marks, choice.side, choice.feature, choice.seed)
    except ValueError as error:
        return Refusal("marks" if what_is_missing(marks) else "detector", str(error), STAYS)
    return Ready(LinearDetector(trained.classifier, choice.feature, choice.side), image, trained=trained)


def _template(choice: ScanChoice, image: Tensor, crop: Crop) -> Ready | Refusal:
    """Cut from the image once that is brought down, so that it fits its own place exactly."""
    shrink = min(1.0, choice.resolution / max(crop.height, crop.width))
    smaller = resized(image, shrink)[0]
    top, left = round(crop.top * shrink), round(crop.left * shrink)
    height, width = (max(1, round(side * shrink)) for side in (crop.height, crop.width))
    try:
        detector = Template(smaller[top : top + height, left : left + width].clone())
    except ValueError:
        return Refusal(
            "detector",
            "The template has no contrast: all its pixels are the same, and the correlation is divided by their "
            "contrast, so it is undefined. Choose another crop under Image.",
            STAYS,
        )
    return Ready(detector, image, shrink)


def _net(choice: ScanChoice, scanned: Scanned) -> Ready:
    net = load_convnet(choice.net)
    image = scanned.grey if net.shape.channels == 1 else scanned.colour
    gate = train_gate(choice.net).layer if choice.nothing else None
    turned = (
        net.shape.channels == 1
        and not choice.made
        and (choice.ink == "dark" or (choice.ink == "auto" and float(image.mean()) > _DARK))
    )
    ready = Ready(NetDetector(net, gate), image)
    return replace(ready, image=1 - image, turned=True) if turned else ready
