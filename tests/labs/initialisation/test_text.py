from __future__ import annotations

import math

import pytest

from tests.labs.initialisation.made import spaced
from visualizer.engine.experiments.scale_sweep import Start
from visualizer.engine.training.start import STARTS
from visualizer.labs.initialisation.styles import start_style
from visualizer.labs.initialisation.text import (
    change_text,
    ends_text,
    factor_text,
    layers_text,
    number_text,
    scale_title,
    start_name,
)
from visualizer.labs.kit.choices import INITIALISATION_NAMES
from visualizer.labs.kit.figure import inks


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (Start("xavier"), "Xavier"),
        (Start("he", 0.5), "He × 0.5"),
        (Start("normal"), "Normal × 1"),
        (Start("uniform", 0.01), "Uniform × 0.01"),
        (Start("zeros"), "Zeros"),
        (Start("equal", 1 / 16), "All equal (0.062)"),
    ],
)
def test_a_start_in_a_few_words(start: Start, name: str) -> None:
    assert start_name(start) == name


def test_numbers_losses_and_factors() -> None:
    assert [number_text(value) for value in (0.0, 0.0625, 62.0, 2.4e-11, math.nan)] == [
        "0",
        "0.062",
        "62",
        "2.4·10⁻¹¹",
        "diverged",
    ]
    assert [ends_text(loss) for loss in (0.5, math.inf)] == ["ends at 0.500", "diverges"]
    assert [spaced(factor_text(factor)) for factor in (0.93, 0.04, 25.0, math.nan, 0.0)] == [
        "× 0.93",
        "÷ 25",
        "× 25",
        "—",
        "—",
    ]
    assert [change_text(factor) for factor in (0.04, 1.02, 4.5, 2e7)] == [
        "shrinks to 1/25",
        "stays as large",
        "grows 4.5 times",
        "grows 2.0·10⁷ times",
    ]


@pytest.mark.parametrize(
    ("layers", "words"),
    [([1, 2, 3, 4], "every layer"), ([2], "layer 2"), ([1, 2, 3], "layers 1 to 3"), ([1, 3], "layers 1, 3")],
)
def test_layers_in_words(layers: list[int], words: str) -> None:
    assert layers_text(layers, 4) == words


def test_every_kind_has_a_name_a_scale_and_a_look_of_its_own() -> None:
    assert set(INITIALISATION_NAMES) == set(STARTS)
    assert scale_title("normal") == "standard deviation of the weights"
    assert scale_title("he") == "times the weights of He"
    looks = [start_style(Start(kind), inks(dark)) for dark in (False, True) for kind in INITIALISATION_NAMES]
    assert len({(look["line"]["color"], look["line"]["dash"], look["marker"]["symbol"]) for look in looks}) == 2 * 8
