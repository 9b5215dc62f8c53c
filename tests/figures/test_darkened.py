"""Figures on a dark page: what stands on them can still be read."""

from __future__ import annotations

import pytest

from tests.test_theme import CONFIG, TEXT, contrast
from tests.test_theme import MARK as MARK_CONTRAST
from visualizer.figures import svg
from visualizer.figures.grid import _STRONGEST, weight_colour
from visualizer.figures.palette import CARD, INK, MARK, MINUS, MUTED, PLUS, mixed

HUE_TURNED = ((-0.574, 1.43, 0.144), (0.426, 0.43, 0.144), (0.426, 1.43, -0.856))
"""The matrix of hue-rotate(180deg), as CSS Filter Effects has it."""
INVERTED = 0.93
PAGE = CONFIG["theme"]["dark"]["backgroundColor"]


def turned(colour: str) -> str:
    """What the figure's filter makes of a colour."""
    inverted = [INVERTED + (1 - 2 * INVERTED) * int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    mixed = (sum(share * part for share, part in zip(row, inverted, strict=True)) for row in HUE_TURNED)
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in mixed)


def test_text_and_lines_stand_out_from_the_page() -> None:
    for colour in (INK, MUTED):
        assert contrast(turned(colour), PAGE) >= TEXT
    for colour in (PLUS, MINUS, MARK):
        assert contrast(turned(colour), PAGE) >= MARK_CONTRAST


@pytest.mark.parametrize("ground", [mixed(PLUS, _STRONGEST), mixed(MINUS, _STRONGEST), CARD])
def test_numbers_stand_out_from_their_cells(ground: str) -> None:
    assert contrast(turned(INK), turned(ground)) >= TEXT


def test_weights_stand_out_from_their_colours() -> None:
    for number in range(200):
        assert contrast(INK, weight_colour(number)) >= TEXT
        assert contrast(turned(INK), turned(weight_colour(number))) >= TEXT, number


def test_the_card_lets_the_page_through() -> None:
    dark = svg.darkened(svg.svg(10, 10, [svg.rect(0, 0, 1, 1, CARD)], "a figure"))

    assert dark.count(f'fill="{CARD}"') == 1
    assert dark.startswith(f'<svg style="filter:invert({INVERTED}) hue-rotate(180deg)"')
