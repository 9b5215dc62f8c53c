"""A score as a walk: replayed exactly, it writes the number that is in the score map."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.convnet.weights import load_convnet
from visualizer.engine.detector.features import LinearDetector
from visualizer.engine.detector.linear import LinearClassifier
from visualizer.engine.detector.net import NetDetector
from visualizer.engine.detector.template import Template, correlation
from visualizer.engine.walks.detector import layer_of, walk_of

IMAGE = torch.rand((1, 60, 70), generator=torch.Generator().manual_seed(0), dtype=torch.float64)


@pytest.mark.parametrize("place", [(0, 0), (1, 30), (20, 20), (49, 59)])
def test_a_templates_walk_writes_its_numerator(place: tuple[int, int]) -> None:
    template = Template(IMAGE[0, 20:31, 20:31].clone())
    walk = walk_of(layer_of(template, IMAGE), *place, 0, "Words.")
    assert walk.trace.replay() < 1e-12
    step = walk.trace.steps[walk.start - 1]
    assert step.note.endswith("Words.")
    row, column = place
    found = correlation(template, IMAGE[0, row : row + 11, column : column + 11])
    assert float(walk.trace.value(step.target)) == pytest.approx(found.numerator, abs=1e-12)
    assert found.score == pytest.approx(float(template.score(IMAGE)[place]), abs=1e-10)


def test_a_nets_walk_writes_what_one_map_adds() -> None:
    layer = layer_of(NetDetector(load_convnet("digits")), IMAGE, output=3)
    sums = layer.sums(2, 5)
    for number in (0, 15):
        walk = walk_of(layer, 2, 5, number, "")
        value = walk.trace.value(walk.trace.steps[walk.start - 1].target)
        assert float(value) == pytest.approx(float(sums[number]), abs=1e-12)
        assert walk.trace.replay() < 1e-12


def test_a_kernel_that_is_too_large_is_refused() -> None:
    raw = LinearDetector(LinearClassifier(torch.ones(225, dtype=torch.float64), 0.0), "raw", 15)
    with pytest.raises(ValueError, match="at most 11 × 11 numbers for a walk, got 15 × 15"):
        walk_of(layer_of(raw, IMAGE), 0, 0, 0, "")
