"""A scan and what came of it: candidates, what suppression leaves, and how that compares with known boxes."""

from __future__ import annotations

import time
from dataclasses import dataclass

from visualizer.engine.detector.outcome import Curve, Outcome, judge, precision_recall
from visualizer.engine.detector.scan import MAX_CANDIDATES, Candidates, Scan, candidates_of, scales_of, scan_image
from visualizer.engine.detector.suppression import suppress
from visualizer.lessons.detector.detectors import STAYS, Ready
from visualizer.lessons.detector.scenes import Scanned
from visualizer.lessons.detector.settings import ScanChoice
from visualizer.ui.refusal import Refusal


@dataclass(frozen=True, eq=False)
class Scanning:
    """A scan of an image, and the seconds that it took."""

    ready: Ready
    scanned: Scanned
    scan: Scan
    seconds: float
    candidates: Candidates

    def scale(self, level: int) -> float:
        """The size of a level over the image's."""
        return self.scan.levels[level].scale


@dataclass(frozen=True, eq=False)
class Findings:
    """What is left of a scan at a threshold.

    `before` is what scores at least the threshold, `after` what suppression leaves of it; `outcome` and `curve` say how
    that compares with the known boxes, None where there are none. `left_out` is true where `before` is cut short.
    """

    before: Candidates
    after: Candidates
    outcome: Outcome | None
    curve: Curve | None
    left_out: bool


def scan_of(choice: ScanChoice, ready: Ready, scanned: Scanned) -> Scanning | Refusal:
    """The scan, or why it can't be."""
    scales = [ready.shrink * scale for scale in scales_of(choice.first, choice.ratio, choice.count)]
    start = time.perf_counter()
    try:
        scan = scan_image(ready.image, ready.detector, scales)
    except ValueError:
        height, width = ready.detector.window
        rows, columns = ready.image.shape[1:]
        text = (
            f"The image of {columns} × {rows} pixels is smaller than the detector’s window of {width} × {height} at "
            f"every scale. Choose a larger image, or a larger first scale (at most 2)."
        )
        return Refusal("scales", text, STAYS)
    seconds = time.perf_counter() - start
    return Scanning(ready, scanned, scan, seconds, candidates_of(scan))


def kept_of(scanning: Scanning, overlap: float) -> Candidates:
    """What suppression leaves of all candidates. Its order with a threshold makes no difference, so it comes first."""
    candidates = scanning.candidates
    return candidates.only(suppress(candidates.boxes, candidates.scores, overlap))


def findings_of(scanning: Scanning, kept: Candidates, threshold: float) -> Findings:
    """What a threshold leaves of all candidates, and of those that suppression kept."""
    candidates, known = scanning.candidates, scanning.scanned.boxes
    before, after = candidates.above(threshold), kept.above(threshold)
    cut = len(before) == len(candidates) == MAX_CANDIDATES
    if known is None:
        return Findings(before, after, None, None, cut)
    curve = precision_recall(kept.scores, judge(kept.boxes, known))
    return Findings(before, after, judge(after.boxes, known), curve, cut)
