"""A crop as a value, as a parameter of the address, and as what the browser sends."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.inputs.image_files import noise, quarters, saved
from visualizer.inputs.images.crop import checked_report, picture_address
from visualizer.inputs.images.crop_setting import CROP, Crop
from visualizer.inputs.images.images import Picture, read_picture
from visualizer.ui.address import read_query

PICTURE = Picture("quarters", quarters(48, 40))
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 2000), st.floats(), st.text(max_size=4)),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(st.sampled_from(["crop", "serial"]), inner)),
    max_leaves=8,
)


def test_the_pixels_of_a_crop_are_numbers_from_0_to_1() -> None:
    pixels = Crop(18, 22, 4, 5).of(PICTURE)

    assert pixels.shape == (3, 4, 5)
    assert pixels.dtype == torch.float64
    assert pixels[:, 0, 0].tolist() == [1, 0, 0]
    assert pixels[:, 0, 4].tolist() == [0, 1, 0]
    assert pixels[:, 3, 0].tolist() == [0, 0, 1]
    assert pixels[:, 3, 4].tolist() == [1, 1, 1]


@pytest.mark.parametrize("crop", [Crop(37, 0, 4, 4), Crop(0, 45, 4, 4), Crop(-1, 0, 4, 4), Crop(0, 0, 0, 4)])
def test_a_crop_outside_the_picture_is_refused(crop: Crop) -> None:
    with pytest.raises(ValueError, match="must lie in the image of 40 × 48 pixels"):
        crop.of(PICTURE)


@given(*[st.integers(-50, 9999)] * 4, st.integers(1, 60), st.integers(1, 60), st.integers(1, 32))
def test_within_gives_a_crop_of_any_picture(
    top: int, left: int, height: int, width: int, rows: int, columns: int, largest: int
) -> None:
    picture = Picture("any", np.zeros((rows, columns, 3), np.uint8))

    crop = Crop(top, left, height, width).within(picture, largest)

    assert 1 <= crop.height <= largest
    assert 1 <= crop.width <= largest
    assert crop.of(picture).shape == (3, crop.height, crop.width)
    assert crop.within(picture, largest) == crop


def test_the_first_crop_is_where_the_quarters_meet() -> None:
    crop = Crop.busiest(PICTURE, 8, 6)

    assert crop.top < 20 < crop.top + 8
    assert crop.left < 24 < crop.left + 6
    assert Crop.busiest(PICTURE, 99, 99) == Crop(0, 0, 40, 48)


@given(st.builds(Crop, *[st.integers(0, 1023)] * 2, *[st.integers(1, 32)] * 2))
def test_the_address_brings_a_crop_back(crop: Crop) -> None:
    assert read_query([CROP], {"crop": [CROP.text(crop)]}).values == {"crop": crop}


@pytest.mark.parametrize(
    "text",
    [
        *("", "1,2,3", "1,2,3,4,5", "1,2,33,4", "1,2,3,33", "1,2,0,4", "-1,2,3,4", "1.5,2,3,4", "1, 2,3,4"),
        *("٣,1,1,1", "99999,0,4,4", "nan,0,1,1", "<script>", "1,2,3,4" * 99),
    ],
)
def test_what_is_no_crop_is_refused(text: str) -> None:
    reading = read_query([CROP], {"crop": [text]})

    assert reading.values == {}
    assert reading.refused == (("Crop", text),)
    assert CROP.read(text) is None


def test_a_report_of_the_browser() -> None:
    report = {"crop": [8, 16, 32, 32], "serial": 4}

    assert checked_report(report, PICTURE, 32) == (Crop(8, 16, 32, 32), 4)


@pytest.mark.parametrize(
    "report",
    [
        None,
        [1, 2, 3, 4],
        {"crop": [0, 0, 4, 4]},
        {"crop": [0, 0, 4], "serial": 1},
        {"crop": [0, 0, 33, 4], "serial": 1},
        {"crop": [9, 0, 32, 4], "serial": 1},
        {"crop": [0, 0, 0, 4], "serial": 1},
        {"crop": [-1, 0, 4, 4], "serial": 1},
        {"crop": [0.0, 0, 4, 4], "serial": 1},
        {"crop": [True, 0, 4, 4], "serial": 1},
        {"crop": "0,0,4,4", "serial": 1},
        {"crop": [0, 0, 4, 4], "serial": -1},
        {"crop": [0, 0, 4, 4], "serial": 10**400},
        {"crop": [0, 0, 4, 10**400], "serial": 1},
        {"crop": [0, 0, 4, 4], "serial": "1"},
    ],
)
def test_a_hostile_report_is_nothing(report: object) -> None:
    assert checked_report(report, PICTURE, 32) is None


@given(ANYTHING)
def test_any_report_is_a_crop_of_the_picture_or_nothing(report: object) -> None:
    if found := checked_report(report, PICTURE, 32):
        assert found[0].of(PICTURE).shape[1] <= 32


def test_the_browser_gets_a_small_picture_exactly_and_a_large_one_quickly() -> None:
    large = read_picture(saved(noise(1024, 768), "PNG"), "large")

    assert picture_address(PICTURE).startswith("data:image/png;base64,")
    assert picture_address(large).startswith("data:image/jpeg;base64,")
    assert len(picture_address(large)) < 600_000
    assert picture_address(large) is picture_address(large)
