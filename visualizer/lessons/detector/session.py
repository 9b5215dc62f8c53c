"""What this session keeps of the lesson."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from visualizer.inputs.images.panel import Chosen
from visualizer.lessons.detector import settings
from visualizer.lessons.detector.detectors import ready_of
from visualizer.lessons.detector.findings import Scanning, scan_of
from visualizer.lessons.detector.kept import MARKED, PLACE, Mark, Place
from visualizer.lessons.detector.scenes import Scanned, faces_scene, images_scene, own_picture
from visualizer.lessons.detector.settings import ScanChoice
from visualizer.once import once
from visualizer.ui.refusal import Refusal

_LAST, _LOOKED_AT = "detector_last", "detector_looked_at"
_MAX_SCANS = 4
"""Of an image: the scores of one take some megabytes."""


def scanned_of(choice: ScanChoice, chosen: Chosen) -> Scanned:
    """What is scanned with this choice."""
    if choice.made and choice.kind == settings.FACES:
        return faces_scene(choice.scene_seed, choice.seed)
    if choice.made:
        return images_scene(choice.net, choice.scene_seed)
    return own_picture(chosen.picture, faces=choice.kind == settings.FACES)


def open_scan(
    choice: ScanChoice, chosen: Chosen, marks: tuple[Mark, ...]
) -> tuple[ScanChoice, Scanning | None, Refusal | None]:
    """The scan of this choice; where there is none, the last with this detector and its choice, and why."""
    scanned = scanned_of(choice, chosen)
    only = (
        replace(choice, threshold=0.0, overlap=0.0),
        chosen.crop if choice.kind == settings.TEMPLATE else None,
        marks if choice.kind == settings.MARKS else None,
    )

    def make() -> Scanning | Refusal:
        with st.spinner("Making the detector, and scanning …"):
            ready = ready_of(choice, scanned, chosen.crop, marks)
            return ready if isinstance(ready, Refusal) else scan_of(choice, ready, scanned)

    found = once(scanned.picture, "scan", make, of=only, most=_MAX_SCANS)
    if isinstance(found, Scanning):
        st.session_state[_LAST] = (choice, found)
        return choice, found, None
    last: tuple[ScanChoice, Scanning] | None = st.session_state.get(_LAST)
    if last is None or last[0].kind != choice.kind:
        return choice, None, replace(found, stays="")
    before = replace(last[0], threshold=choice.threshold, overlap=choice.overlap)
    return before, last[1], found


def place_in(scanning: Scanning | None, asked: Place | None) -> Place | None:
    """The window that was chosen; none where it was chosen in another scan, so that the best one is shown."""
    before = st.session_state.get(_LOOKED_AT)
    st.session_state[_LOOKED_AT] = scanning
    if scanning is None or before is None or before is scanning:
        return asked
    st.session_state[settings.LEVEL.name] = int(scanning.candidates.levels[0]) + 1
    return None


def close_scan() -> None:
    """Forget what was looked at: the next one starts from its settings alone."""
    for name in (PLACE.name, MARKED.name, _LAST, _LOOKED_AT):
        st.session_state.pop(name, None)
