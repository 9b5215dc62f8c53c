"""One window of a scan: where it is, what it looks like, and how its score is computed."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from visualizer.engine.detector.features import CELL, FeatureName
from visualizer.engine.detector.net import NetDetector, as_convolution, pooled_maps, scan_maps
from visualizer.engine.detector.scan import Candidates, resized
from visualizer.engine.detector.template import Correlation, Template, correlation
from visualizer.engine.walks.detector import Layer, layer_of
from visualizer.lessons.detector.findings import Scanning
from visualizer.lessons.detector.kept import Place


def place_of(scanning: Scanning, asked: Place | None) -> Place:
    """The window that was asked for, brought within this scan; the best one where none was."""
    levels = scanning.scan.levels
    if asked is None:
        return candidate_place(scanning, scanning.candidates, 0)
    level = min(asked.level, len(levels) - 1)
    rows, columns = levels[level].scores.shape
    return Place(level, min(asked.row, rows - 1), min(asked.column, columns - 1))


def candidate_place(scanning: Scanning, candidates: Candidates, number: int) -> Place:
    """Where one of the candidates is."""
    level = int(candidates.levels[number])
    row, column = divmod(int(candidates.places[number]), scanning.scan.levels[level].scores.shape[1])
    return Place(level, row, column)


def nearest_place(scanning: Scanning, candidates: Candidates, row: int, column: int) -> Place:
    """The window that a click means: the best candidate around that pixel, else one at the first scale."""
    boxes = candidates.boxes
    inside = (
        (boxes[:, 0] <= row + 0.5)
        & (row + 0.5 <= boxes[:, 0] + boxes[:, 2])
        & (boxes[:, 1] <= column + 0.5)
        & (column + 0.5 <= boxes[:, 1] + boxes[:, 3])
    ).nonzero()
    if len(inside):
        return candidate_place(scanning, candidates, int(inside[0]))
    return Place(0, *scanning.scan.levels[0].place_at(row + 0.5, column + 0.5))


@dataclass(frozen=True, eq=False)
class Seen:
    """A window in numbers.

    `image` (channels, rows, columns): what the detector sees, at its scale; `layer`: the convolution that gives the
    score; `sums`: what each of its maps adds. Of a ConvNet, `outputs` says what it makes of the classes, and `alone`
    what it would score if it were given the window cut out; `correlation` says how a template's sum is normalised.
    """

    place: Place
    image: Tensor
    score: float
    layer: Layer
    sums: Tensor
    outputs: Tensor | None = None
    alone: float | None = None
    correlation: Correlation | None = None

    @property
    def label(self) -> int:
        """The likeliest class of a ConvNet."""
        return int(self.outputs.argmax()) if self.outputs is not None else 0


def seen_at(scanning: Scanning, place: Place) -> Seen:
    """The window's numbers, computed anew from the image."""
    level, detector = scanning.scan.levels[place.level], scanning.ready.detector
    image = resized(scanning.ready.image, level.scale)
    top, left = place.row * level.stride, place.column * level.stride
    window = image[:, top : top + level.window[0], left : left + level.window[1]]
    outputs = alone = None
    if isinstance(detector, NetDetector):
        alone = float(detector.score(window)[0, 0])
        outputs = _outputs(detector, pooled_maps(detector.net, image), place)
    layer = layer_of(detector, image, int(outputs.argmax()) if outputs is not None else 0)
    return Seen(
        place,
        window,
        float(level.scores[place.row, place.column]),
        layer,
        layer.sums(place.row, place.column),
        outputs,
        alone,
        correlation(detector, window[0]) if isinstance(detector, Template) else None,
    )


def parts_of(seen: Seen, feature: FeatureName) -> Tensor:
    """What each place of the patch adds to a linear classifier's score: (rows, columns) of blocks, or of cells."""
    products = seen.layer.products(seen.place.row, seen.place.column).sum(dim=0)
    if feature == "hog":
        return products
    cells = len(products) // CELL
    return products.view(cells, CELL, cells, CELL).sum(dim=(1, 3))


def classes_of(scanning: Scanning, candidates: Candidates) -> list[int] | None:
    """The likeliest class of each candidate; None for a detector that knows no classes."""
    detector = scanning.ready.detector
    if not isinstance(detector, NetDetector):
        return None
    maps = {
        level: pooled_maps(detector.net, resized(scanning.ready.image, scanning.scan.levels[level].scale))
        for level in set(candidates.levels.tolist())
    }
    places = (candidate_place(scanning, candidates, number) for number in range(len(candidates)))
    return [int(_outputs(detector, maps[place.level], place).argmax()) for place in places]


def _outputs(detector: NetDetector, maps: Tensor, place: Place) -> Tensor:
    side = detector.net.shape.sizes[2]
    cut = maps[:, place.row : place.row + side, place.column : place.column + side]
    return scan_maps(cut, as_convolution(detector.net))[:, 0, 0]
