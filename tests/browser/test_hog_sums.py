"""What the HOG walk shows adds up, at every step."""

from __future__ import annotations

import pytest

from tests.browser.bare_player import BarePlayer
from visualizer.engine.features.features import trace_hog
from visualizer.inputs.images.crop_setting import Crop
from visualizer.inputs.images.pictures import hundredths
from visualizer.inputs.images.samples import SAMPLES


@pytest.mark.parametrize(("sample", "cell", "block"), [("cat", 4, 2), ("coins", 8, 1), ("edge", 2, 2)])
def test_every_step_adds_up(bare_player: BarePlayer, sample: str, cell: int, block: int) -> None:
    picture = SAMPLES[sample]()
    trace = trace_hog(hundredths(Crop.busiest(picture, 8, 8).of(picture), colour=False), cell=cell, block=block)
    assert bare_player.faults(trace, list(range(1, len(trace) + 1))) == []
