"""The view "One score": the convolution around a window, number by number, and how its sum becomes the score."""

from __future__ import annotations

from visualizer.engine.detector.features import LinearDetector
from visualizer.engine.walks.detector import LARGEST, Walk, walk_of
from visualizer.lessons.detector.findings import Scanning
from visualizer.lessons.detector.settings import ScanChoice
from visualizer.lessons.detector.window import Seen
from visualizer.lessons.detector.window_view import score_words, signed
from visualizer.ui.refusal import Refusal


def walk_at(choice: ScanChoice, scanning: Scanning, seen: Seen, asked: int) -> Walk | Refusal:
    """The walk at a window. `asked` is the map, counted from 1; 0 is the one that adds most."""
    side = max(seen.layer.kernel.shape[1:])
    if side > LARGEST:
        help_ = (
            "Downscale until the template's longer side is" if seen.correlation else "Choose HOG in place of raw pixels"
        )
        text = (
            f"The kernel has {side} × {side} numbers; a walk shows up to {LARGEST} × {LARGEST}. {help_}, or look at "
            f"the sums under Scan."
        )
        return Refusal("detector", text, "")
    number = min(asked, len(seen.sums)) - 1 if asked else int(seen.sums.abs().argmax())
    return walk_of(seen.layer, seen.place.row, seen.place.column, number, summary(choice, scanning, seen, number))


def summary(choice: ScanChoice, scanning: Scanning, seen: Seen, number: int) -> str:
    """What the convolution's sum has to do with the score, as plain text."""
    words = score_words(choice, scanning, seen).replace("**", "")
    if seen.correlation:
        return f"For the window that was chosen: {words}"
    kind = "HOG’s maps" if isinstance(scanning.ready.detector, LinearDetector) else "the pooled maps"
    return (
        f"Map {number + 1} of {len(seen.sums)}, {kind}: in the window that was chosen it adds "
        f"{signed(float(seen.sums[number]), 4)}. {words}"
    )
