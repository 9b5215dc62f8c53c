"""The answer of the lesson, computed from the scan."""

from __future__ import annotations

from visualizer.lessons.detector import settings
from visualizer.lessons.detector.findings import Findings, Scanning
from visualizer.lessons.detector.settings import ScanChoice
from visualizer.text.numbers import duration, percent
from visualizer.text.words import counted
from visualizer.ui.answer import Answer, Figure

_THINGS = {
    settings.TEMPLATE: ("place", "places"),
    settings.FACES: ("face", "faces"),
    settings.MARKS: ("place", "places"),
}
_CLASSES = {
    "digits": ("digit", "digits"),
    "fashion": ("piece of clothing", "pieces of clothing"),
    "signs": ("sign", "signs"),
}


def answer(choice: ScanChoice, scanning: Scanning, findings: Findings, read_right: int | None) -> Answer:
    """How much was found, from how many windows, and what suppression left of it."""
    words = f"{_found(choice, findings, read_right)}, {_windows(scanning)}. {_suppressed(findings)}"
    return Answer(words, _figures(scanning, findings), more(choice, scanning, findings))


def _found(choice: ScanChoice, findings: Findings, read_right: int | None) -> str:
    one, many = _CLASSES[choice.net] if choice.kind == settings.NET else _THINGS[choice.kind]
    outcome = findings.outcome
    if outcome is None:
        count = len(findings.after)
        return f"**{counted(count, one, many)} found**"
    alarms = counted(outcome.false_alarms, "false alarm")
    right = f" ({read_right} read right)" if read_right is not None else ""
    return f"**{outcome.found} of {outcome.known} {one if outcome.known == 1 else many} found**{right}, **{alarms}**"


def _windows(scanning: Scanning) -> str:
    count = len(scanning.scan.levels)
    return f"from {scanning.scan.windows:,} windows at {counted(count, 'scale')} in {duration(scanning.seconds)}"


def _suppressed(findings: Findings) -> str:
    before, after = len(findings.before), len(findings.after)
    if not before:
        return "Nothing is left to suppress."
    least = "at least " if findings.left_out else ""
    return f"Non-maximum suppression left {after:,} of {least}{before:,} boxes."


def nothing_found(scanning: Scanning) -> str:
    """Why no box is drawn, and what would change that."""
    best = f"{float(scanning.candidates.scores[0]):.2f}".replace("-", "−")
    return f"No window reaches the threshold; the best of all scores {best}. Lower it to see what comes closest."


def _figures(scanning: Scanning, findings: Findings) -> tuple[Figure, ...]:
    outcome, curve = findings.outcome, findings.curve
    if outcome is None or curve is None:
        return ()
    return (
        Figure(
            "Precision", _share(outcome.precision), "The share of the boxes in which there is one, whatever its class"
        ),
        Figure("Recall", _share(outcome.recall), "The share of what is there that was found, whatever its class"),
        Figure("Average precision", f"{curve.average_precision:.2f}", "The area below the curve of the two"),
    )


def _share(share: float | None) -> str:
    return "–" if share is None else percent(share, 0)


def more(choice: ScanChoice, scanning: Scanning, findings: Findings) -> str:
    """What a share of patches told right means for so many windows."""
    trained = scanning.ready.trained
    parts = []
    if trained:
        parts.append(_training(choice, scanning))
    if scanning.ready.turned:
        parts.append("The image is dark on light, so it was inverted first.")
    if left_out := scanning.scan.too_small:
        parts.append(f"{len(left_out)} of the scales are left out: there the image is smaller than the window.")
    return " ".join(parts)


def _training(choice: ScanChoice, scanning: Scanning) -> str:
    trained = scanning.ready.trained
    if trained is None:
        return ""
    yes, no = trained.learnt_from
    learned = f"The classifier learned from {yes:,} patches of the thing and {no:,} without it"
    if trained.held_out is None:
        accuracy = percent(trained.on_training, 1)
        return f"{learned}, of which it classifies {accuracy} correctly; too few are marked to hold some out."
    tested = sum(trained.tested_on)
    wrong = round((1 - trained.held_out) * tested)
    expected = (1 - trained.held_out) * scanning.scan.windows
    said = f"{learned}; of {tested} that were held out it classifies **{percent(trained.held_out, 1)}** correctly."
    windows = f"{scanning.scan.windows:,} windows"
    if not wrong:
        return f"{said} That is no promise for {windows}: so few patches can’t show a rare error."
    return (
        f"{said} As far as {tested} patches can tell, a scan of {windows} would be wrong about {expected:,.0f} times "
        "at the classifier's own threshold, 0. A higher threshold leaves fewer, and misses more."
    )
