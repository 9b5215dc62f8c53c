"""The lecture's table of the 2012 net: which readings give the printed numbers, all of it counted."""

from __future__ import annotations

import pytest

from visualizer.engine.stacks.imagenet_2012 import (
    PRINTED_MULTIPLY_ADDS,
    PRINTED_PARAMETERS,
    compare_2012,
    count_2012,
    fits,
    printed_sum,
    read_printed,
    readings_of,
    side_of_first,
)
from visualizer.engine.stacks.presets import PAPER_2012, SLIDE_2012

ROWS = compare_2012()


def test_our_reading_gives_every_printed_number() -> None:
    for row in ROWS:
        assert fits(row.fitting.parameters.value, row.printed.parameters)
        assert fits(row.fitting.multiply_adds.value, row.printed.multiply_adds)


def test_two_labels_do_not_and_one_row_is_not_the_papers() -> None:
    assert [at for at, row in enumerate(ROWS) if not row.label_holds] == [1, 4]
    assert [at for at, row in enumerate(ROWS) if not row.paper_agrees] == [3]


def test_the_printed_11_by_11_must_be_5_by_5_in_two_groups() -> None:
    assert readings_of(ROWS[1]) == ((5, 2),)
    assert ROWS[1].labelled.parameters.value == 11 * 11 * 96 * 256


@pytest.mark.parametrize(("at", "reading"), [(0, (11, 1)), (2, (3, 1)), (3, (3, 1)), (4, (3, 2))])
def test_every_other_convolution_has_one_reading_too(at: int, reading: tuple[int, int]) -> None:
    assert readings_of(ROWS[at]) == (reading,)


def test_a_fully_connected_row_has_no_kernel() -> None:
    with pytest.raises(ValueError, match="row must be a convolution, got fully connected"):
        readings_of(ROWS[5])


def test_the_first_row_is_over_55_by_55_places() -> None:
    assert side_of_first(ROWS[0]) == (55,)


def test_the_printed_totals_are_sums_of_printed_rows() -> None:
    parameters, multiply_adds = printed_sum(ROWS)
    assert fits(parameters, PRINTED_PARAMETERS)
    assert multiply_adds == read_printed(PRINTED_MULTIPLY_ADDS)[0]
    assert count_2012(SLIDE_2012).multiply_adds == 836_547_104
    assert count_2012(PAPER_2012).parameters == 60_954_656


@pytest.mark.parametrize(
    ("value", "printed", "fit"),
    [
        (307_200, "307K", True),
        (223_948_800, "223M", True),
        (223_948_800, "224M", True),
        (223_948_800, "222M", False),
        (1_327_104, "1.3M", True),
        (34_848, "35K", True),
        (885_120, "884K", False),
        (2_973_696, "307K", False),
    ],
)
def test_a_count_fits_a_print_cut_off_or_rounded(value: int, printed: str, fit: bool) -> None:
    assert fits(value, printed) is fit


def test_only_numbers_are_read() -> None:
    with pytest.raises(ValueError, match="printed must be a number with K or M"):
        read_printed("much")
