"""What the page puts together: the scan, the window that is looked at and its walk, the link, and the words due."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from visualizer.engine.detector.features import LinearDetector
from visualizer.engine.walks.detector import LARGEST, Walk, walk_of
from visualizer.inputs.images.crop_setting import Crop
from visualizer.inputs.images.panel import SAMPLE, Chosen
from visualizer.lessons.detector import settings
from visualizer.lessons.detector.findings import Scanning
from visualizer.lessons.detector.kept import MARKED, PLACE, Mark, Place, read_kept, write_kept
from visualizer.lessons.detector.marks_panel import draw_marks, marks_on
from visualizer.lessons.detector.scan_view import draw_scan
from visualizer.lessons.detector.session import open_scan, place_in
from visualizer.lessons.detector.settings import ADDRESS, ScanChoice
from visualizer.lessons.detector.window import Seen, place_of, seen_at
from visualizer.lessons.detector.window_view import score_words, signed
from visualizer.once import once
from visualizer.ui import frame
from visualizer.ui.messages import Beside
from visualizer.ui.refusal import Refusal
from visualizer.ui.share_panel import draw_share
from visualizer.unattended import note_refusal

_AT = "detector_walked"
_COIN = Crop(32, 15, 48, 48)
"""The first coin."""
_QUESTION = "Where is it? A classifier is asked at every place and size."


@dataclass(frozen=True, eq=False)
class Lesson:
    """The scan of a choice (the last one that was possible, where `refusal` says why), and the window looked at."""

    choice: ScanChoice
    chosen: Chosen
    marks: tuple[Mark, ...]
    scanning: Scanning | None
    refusal: Refusal | None
    seen: Seen | None

    def walk(self, asked: int = 0) -> Walk | Refusal | None:
        """The walk at the window; None where nothing could be scanned yet."""
        if self.scanning is None or self.seen is None:
            return None
        scanning, seen = self.scanning, self.seen
        return once(seen, "walk", lambda: walk_at(self.choice, scanning, seen, asked), of=(self.choice, asked))


def first_example() -> None:
    """Begin with the coins, where one coin as the template finds all 24; unless an image has been chosen."""
    if not any(name in st.session_state or name in st.query_params for name in (SAMPLE.name, settings.CROP.name)):
        st.session_state[SAMPLE.name] = "coins"
        st.session_state[settings.CROP.name] = _COIN


def open_lesson(choice: ScanChoice, chosen: Chosen) -> Lesson:
    """Read what was clicked, and scan."""
    marks = marks_on(chosen.picture, read_kept(MARKED)) if choice.kind == settings.MARKS else read_kept(MARKED)
    write_kept(MARKED, marks)
    shown, scanning, refusal = open_scan(choice, chosen, marks)
    asked = place_in(scanning, read_kept(PLACE))
    write_kept(PLACE, asked)
    return Lesson(shown, chosen, marks, scanning, refusal, _seen(scanning, asked))


def _seen(scanning: Scanning | None, asked: Place | None) -> Seen | None:
    if scanning is None:
        return None
    place = place_of(scanning, asked)
    return once(scanning, "seen", lambda: seen_at(scanning, place), of=place)


def draw_words(lesson: Lesson, beside: Beside, *, scan: bool) -> None:
    """What a link got wrong, and why there is no such scan: once, beside the setting where that is in view.

    What the marks lack is said beside them by `draw_marks`; without the scan's view, neither they nor the settings are
    in view.
    """
    ADDRESS.draw_notice()
    refusal = lesson.refusal
    if refusal is None:
        return
    note_refusal(refusal.text)
    if scan and refusal.beside == "marks":
        return
    if scan and refusal.beside in beside:
        beside[refusal.beside].warning(refusal.words.strip())
    else:
        frame.say(refusal.words.strip(), "refusal")


def draw_scan_view(lesson: Lesson, beside: Beside) -> None:
    st.subheader(_QUESTION, anchor=False)
    if lesson.choice.kind == settings.MARKS:
        draw_marks(lesson.chosen.picture, lesson.marks, lesson.choice.side)
    if lesson.scanning and lesson.seen:
        draw_scan(lesson.choice, lesson.scanning, lesson.seen, beside["threshold"])


def player_key(lesson: Lesson, asked: int) -> str:
    """One player for each window and map: each begins at its own step. A step in the address is the last one's."""
    key = f"detector_walk_{hash((lesson.seen, asked))}"
    if st.session_state.get(_AT) not in (None, key):
        st.query_params.pop("step", None)
    st.session_state[_AT] = key
    return key


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


def draw_sharing(lesson: Lesson, walk: Walk | None) -> None:
    """In a popover of the toolbar. Marks and the window that is looked at are in the link."""
    own = lesson.chosen.own and not lesson.choice.made
    trace, start = ((lambda: walk.trace), walk.start) if walk else (None, 0)
    draw_share(ADDRESS, {}, trace, start=start, own_picture=own)
