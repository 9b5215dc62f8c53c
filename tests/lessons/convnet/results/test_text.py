"""The lecture's results beside our own: each says what it is."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.convnet.confusion import Verdicts
from visualizer.engine.convnet.weights import convnet_results
from visualizer.lessons.convnet.results.text import error, result_table, told
from visualizer.text.numbers import percent


def test_the_table_has_the_lectures_figures_and_every_measurement() -> None:
    found = result_table(convnet_results())
    assert "99.2 %" in found and "94.3 %" in found and found.count("the lecture’s figure") == 2
    for result in convnet_results().values():
        assert f"{result['parameters']:,}" in found
        assert f"**{percent(result['accuracy'], 1)}**" in found
    assert "rendered" in found
    assert found.count("\n") == 3 + len(convnet_results())


def test_the_standard_error_of_a_share() -> None:
    assert error(0.5, 100) == pytest.approx(5.0)
    assert error(1.0, 100) > 0


def test_mistakes_are_told_in_words() -> None:
    p = torch.eye(3)[torch.tensor([0, 0, 1, 2, 2])]
    assert "None is mistaken" in told(Verdicts(p, p.argmax(1)), "abc")
    said = told(Verdicts(p, torch.tensor([0, 1, 1, 2, 2])), "abc")
    assert (
        "4 of the 5" in said and "“b” taken for “a”, once" in said and "The hardest class is “b”: 50 % of its 2" in said
    )
