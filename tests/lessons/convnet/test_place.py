"""A number of a layer: in the address, from the browser, and within a net."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine.convnet.convnet import DIGITS
from visualizer.lessons.convnet.place import Place, checked_place, layer_sizes, words_of
from visualizer.lessons.convnet.settings import AT

PLACES = st.builds(Place, st.sampled_from(["x", "conv1", "pool2"]), *[st.integers(0, 30)] * 3) | st.builds(
    Place, st.sampled_from(["z", "p"]), st.integers(0, 9)
)


@given(PLACES)
def test_a_link_brings_back_what_was_looked_at(place: Place) -> None:
    assert AT.parse(AT.text(place)) == place


@pytest.mark.parametrize(
    "text",
    ["", "conv3.1.1.1", "conv1.1", "conv1.0.1.1", "p.1.2.3", "conv1.1.1.1.1", "conv1.-1.1.1", "p.1e3", "x.9999.1.1"],
)
def test_a_broken_link_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="convnet_at"):
        AT.parse(text)


@pytest.mark.parametrize(
    "report",
    [None, "conv1", ["conv1"], ["conv1", 0, 0, 28], ["conv1", 8, 0, 0], ["conv1", 0, 0.5, 0], ["conv9", 0, 0, 0]],
)
def test_what_the_browser_sends_is_checked(report: object) -> None:
    assert checked_place(report, DIGITS) is None


def test_a_number_that_there_is_comes_through() -> None:
    assert checked_place(["pool2", 15, 6, 6], DIGITS) == Place("pool2", 15, 6, 6)
    assert checked_place(["p", 9, 0, 0], DIGITS) == Place("p", 9)


def test_the_layers_have_their_sizes() -> None:
    sizes = layer_sizes(DIGITS)
    assert (sizes["x"], sizes["conv1"], sizes["pool1"]) == ((1, 28), (8, 28), (8, 14))
    assert (sizes["relu2"], sizes["pool2"], sizes["p"]) == ((16, 14), (16, 7), (10, 1))


def test_a_number_has_a_name_for_people() -> None:
    assert words_of(Place("relu1", 0, 1, 2), ()) == "ReLU 1, map 1, row 2, column 3"
    assert words_of(Place("z", 1), ("no", "yes")) == "the score of “yes”"
