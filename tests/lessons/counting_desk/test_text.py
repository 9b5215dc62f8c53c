"""Numbers and layers as the lesson writes them."""

from __future__ import annotations

import pytest

from visualizer.engine.stacks.text import parse_layer
from visualizer.lessons.counting_desk.text import bytes_text, rounded, settings_text, short_count, short_name


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0"),
        (7850, "7,850"),
        (999_999, "999,999"),
        (1_000_000, "1 million"),
        (4_652_008, "4.65 million"),
        (61_618_208, "61.6 million"),
        (60_954_656, "61.0 million"),
        (836_547_104, "837 million"),
        (16 * 10**9, "16 billion"),
        (10**12, "1 trillion"),
    ],
)
def test_a_count_as_people_say_it(count: int, words: str) -> None:
    assert rounded(count) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0"), (208, "208"), (34_944, "34.9K"), (999_700, "1M"), (61_618_208, "61.6M"), (16e9, "16G")],
)
def test_a_count_in_a_few_characters(count: float, words: str) -> None:
    assert short_count(count) == words


def test_sizes() -> None:
    assert [bytes_text(size) for size in (40, 1000, 25_088, 115_210_048)] == ["40 B", "1 kB", "25.1 kB", "115 MB"]


@pytest.mark.parametrize(
    ("word", "settings", "name"),
    [
        ("conv8k5p2", "8 maps, 5×5, padding 2", "conv 5×5"),
        ("conv1k3x5psamed2g4b0", "1 map, 3×5, padding same, dilation 2, groups 4, no bias", "conv 3×5"),
        ("fc1000", "1,000 units", "full"),
        ("max3s2c1", "3×3, stride 2, round up", "max 3×3"),
        ("adapt1", "1×1", "mean"),
        ("lrn5", "5 channels", "lrn"),
        ("relu", "", "relu"),
        ("dropout0.5", "share 0.5", "dropout"),
        ("mbconv24k5s2", "24 maps, 5×5, stride 2, expansion 6", "MB 5×5"),
        ("basic64", "64 maps", "residual"),
    ],
)
def test_a_layer_in_words(word: str, settings: str, name: str) -> None:
    assert settings_text(parse_layer(word)) == settings
    assert short_name(parse_layer(word)) == name
