"""The HOG of the crop as a walk: of which cells and blocks, why a crop has none, and scikit-image's beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.features.features import trace_hog
from visualizer.engine.superscripts import scientific
from visualizer.engine.trace.trace import Trace
from visualizer.engine.walks.hog.hog import hog_by_skimage, hog_layout
from visualizer.engine.walks.hog.steps import VOTES
from visualizer.lessons.image_features.settings import ADDRESS
from visualizer.ui.edits import Arrays
from visualizer.ui.refusal import Refusal, sentence
from visualizer.ui.walk_lesson import WalkLesson, opening_step

MAX_STEPS = 25_000
_MEANWHILE = "Until then cells of 4 × 4 are shown, one to a block, with black where the crop ends."


@dataclass(frozen=True)
class HogSettings:
    """Pixels in a cell's row, cells in a block's row, and bins."""

    cell: int = 4
    block: int = 1
    bins: int = 9


class HogLesson(WalkLesson[HogSettings, Tensor]):
    """Given is the crop's brightness (1, H, W)."""

    address = ADDRESS

    def refused(self, settings: HogSettings, x: Tensor) -> Refusal | None:
        found = refusal(settings, x)
        return found if found is None or self.accepted else replace(found, stays=_MEANWHILE)

    def possible(self, settings: HogSettings, x: Tensor) -> HogSettings:
        return HogSettings()

    def start_arrays(self, settings: HogSettings, x: Tensor) -> Arrays:
        missing = [max(0, settings.cell * settings.block - size) for size in x.shape[1:]]
        return {"x": functional.pad(x, (0, missing[1], 0, missing[0]))}

    def walk(self) -> Trace:
        chosen = self.settings
        return trace_hog(self.arrays["x"], cell=chosen.cell, block=chosen.block, bins=chosen.bins)

    def opening(self, trace: Trace) -> int:
        return opening_step(trace, VOTES)


def refusal(settings: HogSettings, x: Tensor) -> Refusal | None:
    """Why a crop (1, H, W) has no walk with these settings; None where it has one."""
    try:
        layout = hog_layout(x.shape[1], x.shape[2], settings.cell, settings.block, settings.bins)
    except ValueError as error:
        return Refusal("hog", sentence(str(error)).replace(" x has", " the crop has"))
    blocks, cells = len(layout.places), layout.cells[0] * layout.cells[1]
    steps = 5 * x.shape[1] * x.shape[2] + 2 * cells * settings.bins
    steps += blocks * (settings.block**2 * (3 * settings.bins + 2) + 4)
    if steps > MAX_STEPS:
        text = f"This walk would have {steps:,} steps; at most {MAX_STEPS:,} are played. Take a smaller crop, "
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
