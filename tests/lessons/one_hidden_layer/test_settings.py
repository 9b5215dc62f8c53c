"""Links: what they stand for, and what is refused in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.lessons.one_hidden_layer.presets import PRESETS
from visualizer.lessons.one_hidden_layer.settings import SETTINGS, read_link, settings_for, settings_of

NAMES = [setting.name for setting in SETTINGS]


def linked(**texts: str) -> dict[str, list[str]]:
    return {name: [text] for name, text in texts.items()}


def test_names_of_the_link() -> None:
    assert [
        *("preset", "inputs", "hidden", "outputs", "activation", "output_activation", "loss"),
        *("bias", "hold_biases", "examples", "batch", "example", "learning_rate", "initialisation", "scale", "seed"),
    ] == NAMES


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_sets_the_settings(preset: str) -> None:
    settings = settings_of(read_link(linked(preset=preset)).values)

    for name, value in PRESETS[preset].settings.items():
        assert getattr(settings, name) == value


def test_what_the_link_says_goes_before_the_preset() -> None:
    reading = read_link(linked(preset="xor", hidden="5", learning_rate="0.1"))

    assert reading.refused == ()
    assert settings_of(reading.values).hidden == 5
    assert settings_of(reading.values).activation == "tanh"


def test_the_example_is_one_of_those_asked_for() -> None:
    assert read_link(linked(example="2")).refused == (("Which example", "2"),)
    assert read_link(linked(example="4", preset="xor")).refused == ()
    assert read_link(linked(example="5", preset="xor")).refused == (("Which example", "5"),)
    assert read_link(linked(example="5", examples="6")).refused == ()


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(), max_size=2)))
def test_any_link_ends_as_settings_within_the_limits(link: dict[str, list[str]]) -> None:
    reading = read_link(link)
    settings = settings_of(reading.values)

    table = settings_for(settings.preset, settings.examples)
    for name, setting in table.items():
        assert setting.coerce(getattr(settings, name)) == getattr(settings, name)
    assert {label for label, _ in reading.refused} == {table[name].label for name in link if name not in reading.values}
