"""The kernels by name: their numbers, in every size that they have."""

from __future__ import annotations

import pytest
import torch

from visualizer.inputs.arrays.kernels import (
    FIXED,
    KERNELS,
    LARGEST,
    OWN,
    RANDOM,
    SLOTS,
    KernelOptions,
    size_missing,
)

SUMS = {"identity": 1, "box": 1, "gaussian": 1, "sharpen": 1, "sobel_x": 0, "sobel_y": 0, "laplacian": 0, "emboss": 1}
EVERY = [(name, size) for name, kernel in KERNELS.items() for size in kernel.sizes]


def rows(name: str, size: int, **options: float) -> list[list[float]]:
    values: list[list[float]] = KERNELS[name].values(size, KernelOptions(**options)).tolist()
    return values


def test_the_well_known_ones() -> None:
    assert rows("identity", 3) == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert rows("box", 2) == [[0.25, 0.25], [0.25, 0.25]]
    assert rows("gaussian", 3) == [[1 / 16, 2 / 16, 1 / 16], [2 / 16, 4 / 16, 2 / 16], [1 / 16, 2 / 16, 1 / 16]]
    assert [256 * each for each in rows("gaussian", 5)[0]] == [1, 4, 6, 4, 1]
    assert rows("sharpen", 3) == [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
    assert rows("sobel_x", 3) == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert rows("sobel_y", 3) == [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
    assert rows("sobel_x", 5)[2] == [-6, -12, 0, 12, 6]
    assert [row[0] for row in rows("sobel_x", 5)] == [-1, -4, -6, -4, -1]
    assert rows("laplacian", 3) == [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
    assert rows("laplacian", 5)[2] == [1, 2, -16, 2, 1]
    assert rows("emboss", 3) == [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]
    assert rows(OWN, 2) == [[0, 0], [0, 0]]


@pytest.mark.parametrize(("name", "size"), EVERY)
def test_every_size(name: str, size: int) -> None:
    kernel = KERNELS[name].values(size, KernelOptions(angle=30.0, slot=3))

    assert kernel.shape == (size, size)
    assert kernel.dtype == torch.float64
    assert size_missing(name, size) == ""
    if name in SUMS:
        assert float(kernel.sum()) == pytest.approx(SUMS[name])


@pytest.mark.parametrize("size", KERNELS["gabor"].sizes)
def test_gabor(size: int) -> None:
    across, down = (KERNELS["gabor"].values(size, KernelOptions(angle, 4.0)) for angle in (0.0, 90.0))
    turned = KERNELS["gabor"].values(size, KernelOptions(180.0, 4.0))

    assert torch.equal(across, down.T)
    assert torch.equal(across, turned)
    assert torch.equal(across, across.flip(0, 1))
    assert torch.equal(across, (across * 100).round() / 100)
    assert abs(float(across.sum())) <= 0.005 * size**2
    assert across.any()


def test_random_numbers_stay_as_sizes_and_filters_come_and_go() -> None:
    large = [KERNELS[RANDOM].values(LARGEST, KernelOptions(seed=7, slot=slot)) for slot in range(SLOTS)]
    small = [KERNELS[RANDOM].values(3, KernelOptions(seed=7, slot=slot)) for slot in range(SLOTS)]

    assert all(torch.equal(whole[:3, :3], part) for whole, part in zip(large, small, strict=True))
    assert all(float(each.abs().max()) <= 1 for each in large)
    assert len({tuple(each.flatten().tolist()) for each in small}) == SLOTS
    assert not torch.equal(small[0], KERNELS[RANDOM].values(3, KernelOptions(seed=8)))


def test_a_size_that_it_does_not_have_is_answered_with_the_nearest() -> None:
    assert size_missing("sobel_x", 11) == (
        "The kernel Sobel x comes in 3×3 and 5×5, not in 11×11: set the kernel size to 5, or choose another kernel."
    )
    assert "1×1 to 11×11, odd, not in 4×4: set the kernel size to 3 or 5," in size_missing("identity", 4)
    for name, kernel in KERNELS.items():
        for size in set(range(1, LARGEST + 1)) - set(kernel.sizes):
            sizes = kernel.nearest(size)
            assert f"set the kernel size to {' or '.join(map(str, sizes))}, or" in size_missing(name, size)
            assert [size_missing(name, each) for each in sizes] == [""] * len(sizes)
            with pytest.raises(ValueError, match="size must be one of"):
                kernel.values(size, KernelOptions())


def test_the_ones_that_need_nobody_s_numbers() -> None:
    assert set(KERNELS) - set(FIXED) == {OWN, RANDOM}
