"""An array that a visitor pastes, as text in the address and as text in its field."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.inputs.arrays.arrays import read_array
from visualizer.inputs.arrays.setting import ArraySetting, OwnArray, written

KERNEL = ArraySetting("kernel", "Kernel", "", ((1, 4), (1, 4), (1, 11), (1, 11)), default=None)
MATRIX = ArraySetting("matrix", "Matrix", "", ((1, 3), (1, 5), (1, 5)), default=None)
NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6).map(float), st.floats(-1e6, 1e6).map(lambda number: round(number, 9) + 0.0)
)


@st.composite
def arrays(draw: st.DrawFn, setting: ArraySetting) -> OwnArray:
    shape = tuple(draw(st.integers(1, min(3, size[1]))) for size in setting.sizes if isinstance(size, tuple))
    count = torch.Size(shape).numel()
    return OwnArray(shape, tuple(draw(st.lists(NUMBERS, min_size=count, max_size=count))))


@given(arrays(KERNEL))
def test_an_array_comes_back_from_the_address(array: OwnArray) -> None:
    assert KERNEL.parse(KERNEL.text(array)) == array


@given(arrays(MATRIX))
def test_an_array_comes_back_from_its_field(array: OwnArray) -> None:
    assert OwnArray.of(read_array(written(array.tensor()), MATRIX.sizes)) == array


def test_it_is_written_as_shape_and_numbers() -> None:
    assert MATRIX.text(OwnArray((1, 2, 2), (1.0, 0.0, -0.5, 12345.0))) == "1x2x2~1_0_-0.5_12345"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1x2~1_2",
        "1x2x2~1_2_3",
        "1x2x2~1_2_3_4_5",
        "4x1x1~1_2_3_4",
        "1x1x1~nan",
        "1x1x1~1e9",
        "1x1x1~2000000",
        "<b>",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="matrix must"):
        MATRIX.parse(text)


def test_its_limits_are_said() -> None:
    assert MATRIX.limits == "1 × 1 × 1 to 3 × 5 × 5"
    assert ArraySetting("bias", "Bias", "", ((1, 4),), default=None).limits == "1 to 4 numbers"
