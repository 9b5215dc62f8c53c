"""The palette can be read: WCAG contrasts of every text and mark, light and dark."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

CONFIG = tomllib.loads((Path(__file__).parent.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
TEXT, MARK = 4.5, 3.0
HUES = ("blue", "orange", "violet", "green", "yellow", "red", "gray")


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance of #rrggbb."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_contrasts_with_what_it_stands_on(mode: str) -> None:
    theme = CONFIG["theme"][mode]
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        assert contrast(theme["textColor"], ground) >= TEXT
        assert contrast(theme["linkColor"], ground) >= TEXT
        for hue in HUES:
            assert contrast(theme[f"{hue}TextColor"], ground) >= TEXT, hue
            assert contrast(theme[f"{hue}Color"], ground) >= (MARK if hue == "yellow" else TEXT), hue
    for hue in HUES:
        assert contrast(theme[f"{hue}TextColor"], theme[f"{hue}BackgroundColor"]) >= TEXT, hue
        assert contrast(theme["textColor"], theme[f"{hue}BackgroundColor"]) >= TEXT, hue


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_primary_colour_carries_white_labels_and_stands_out(mode: str) -> None:
    theme = CONFIG["theme"][mode]
    assert contrast("#ffffff", theme["primaryColor"]) >= TEXT
    assert contrast(theme["backgroundColor"], theme["primaryColor"]) >= MARK


def test_both_modes_set_the_same_colours() -> None:
    assert CONFIG["theme"]["light"].keys() == CONFIG["theme"]["dark"].keys()
