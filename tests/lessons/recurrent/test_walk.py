"""One unit of a large net has the same numbers as in the whole net."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.sequences.model import run_model
from visualizer.lessons.recurrent.settings import SETTINGS
from visualizer.lessons.recurrent.walk import read_and_model, unit_trace


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
@pytest.mark.parametrize(("time", "unit"), [(0, 0), (5, 31), (19, 7)])
def test_a_unit_of_the_whole(cell: str, time: int, unit: int) -> None:
    settings = SETTINGS.of({"cell": cell, "units": 32, "text": "abcabcabdabcabcabdabc"})
    sequence, model = read_and_model(settings, 100)
    whole = run_model(model, sequence.x)
    trace = unit_trace(model, sequence, time, unit)
    first = time + 1 - len(trace["x"])
    for name in ("h", "c") if cell == "lstm" else ("h",):
        torch.testing.assert_close(trace[name][:, 0], whole[name][first : time + 1, unit])
    assert trace.replay() <= 1e-12
    assert len(trace.names["time"]) == len(trace["x"]) <= 12
