"""The HOG of the crop as a walk: what one visitor has in front of them, and those numbers that they changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st
import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine import Ref
from visualizer.engine.features.features import trace_hog
from visualizer.engine.superscripts import scientific
from visualizer.engine.trace.trace import Trace
from visualizer.engine.walks.hog.hog import hog_by_skimage, hog_layout
from visualizer.engine.walks.hog.steps import VOTES
from visualizer.lessons.image_features.settings import ADDRESS, FeatureSettings
from visualizer.ui.edits import Arrays, EditedNumbers, Edits, stands
from visualizer.ui.opening import opening_step
from visualizer.ui.refusal import Refusal, sentence

MOST_STEPS = 25_000
_LESSON = "hog_lesson"
_MEANWHILE = "Until then cells of 4 × 4 are shown, one to a block, with black where the crop ends."


@dataclass(frozen=True)
class HogSettings:
    """Pixels in a cell's row, cells in a block's row, and bins."""

    cell: int = 4
    block: int = 1
    bins: int = 9


class HogLesson:
    """The walk in one session. What makes none changes nothing; an edit stays for as long as the crop does."""

    def __init__(self, settings: HogSettings, x: Tensor, edits: Edits | None = None) -> None:
        """x (1, H, W): the crop's brightness."""
        self.refusal = refusal(settings, x)
        if self.refusal:
            self.refusal = replace(self.refusal, stays=_MEANWHILE)
            settings = HogSettings()
            x = functional.pad(x, (0, max(0, 4 - x.shape[2]), 0, max(0, 4 - x.shape[1])))
        self.settings = settings
        self.numbers = EditedNumbers({"x": x}, edits)
        self._walked: tuple[Arrays, HogSettings] | None = None

    @property
    def trace(self) -> Trace:
        """The walk; computed once."""
        now = (self.numbers.arrays, self.settings)
        if self._walked is None or self._walked[0] is not now[0] or self._walked[1] != now[1]:
            chosen = self.settings
            self._trace = trace_hog(now[0]["x"], cell=chosen.cell, block=chosen.block, bins=chosen.bins)
            self._walked = now
        return self._trace

    @property
    def start(self) -> int:
        """The step to open at: pixels have voted, and more are to come."""
        return opening_step(self.trace, VOTES)

    def follow(self, settings: HogSettings, x: Tensor) -> None:
        """Take other settings or another crop. Those of which no walk can be made change nothing."""
        found = refusal(settings, x)
        if found:
            self.refusal = found if self.refusal is None or self.refusal.stays != _MEANWHILE else self.refusal
            return
        self.refusal = None
        self.settings = settings
        before, start = self.numbers.start, {"x": x}
        if not torch.equal(before["x"], x):
            kept = {ref: value for ref, value in self.numbers.edits.items() if stands(ref, before, start)}
            self.numbers.restart(start, kept)

    def edit(self, ref: Ref, value: float) -> None:
        """Change one pixel of the walk on screen."""
        self.numbers.change({ref: value})


def open_walk(settings: FeatureSettings, x: Tensor) -> HogLesson:
    """The walk that this session has open, with these settings over these numbers; its edits are in the address."""
    chosen = HogSettings(settings.cell, settings.block, settings.bins)
    lesson: HogLesson | None = st.session_state.get(_LESSON)
    if lesson is None:
        lesson = st.session_state[_LESSON] = HogLesson(chosen, x, ADDRESS.linked_edits())
    lesson.follow(chosen, x)
    ADDRESS.keep_edits(lesson.numbers.edits)
    return lesson


def close_walk() -> None:
    """Forget the walk: the next one starts from its settings alone."""
    st.session_state.pop(_LESSON, None)


def refusal(settings: HogSettings, x: Tensor) -> Refusal | None:
    """Why a crop (1, H, W) has no walk with these settings; None where it has one."""
    try:
        layout = hog_layout(x.shape[1], x.shape[2], settings.cell, settings.block, settings.bins)
    except ValueError as error:
        return Refusal("hog", sentence(str(error)).replace(" x has", " the crop has"))
    blocks, cells = len(layout.places), layout.cells[0] * layout.cells[1]
    steps = 5 * x.shape[1] * x.shape[2] + 2 * cells * settings.bins
    steps += blocks * (settings.block**2 * (3 * settings.bins + 2) + 4)
    if steps > MOST_STEPS:
        text = f"This walk would have {steps:,} steps; at most {MOST_STEPS:,} are played. Take a smaller crop, "
        return Refusal("hog", f"{text}larger cells or fewer bins.")
    return None


def agreement(lesson: HogLesson) -> str:
    """How far scikit-image's descriptor of the same pixels is from the walk's, in words."""
    x, chosen, trace = lesson.trace["x"][0], lesson.settings, lesson.trace
    layout = hog_layout(x.shape[0], x.shape[1], chosen.cell, chosen.block, chosen.bins)
    apart = float((trace["d"].flatten() - torch.from_numpy(hog_by_skimage(x.numpy(), layout))).abs().max())
    return (
        f"scikit-image’s hog gives the same {trace['d'].numel()} numbers; none differs by more than "
        f"{scientific(apart)}. It adds the votes up in single precision."
    )
