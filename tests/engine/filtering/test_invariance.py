"""What a moved image changes, before pooling and after."""

import math

import torch

from visualizer.engine.filtering.invariance import moved_view, relative_change, respond
from visualizer.engine.walks.pooling.block import trace_block

PICTURE = torch.rand(1, 20, 20, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
WEIGHT = torch.randn(1, 1, 3, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
POOLING = {
    "kind": "max",
    "kernel_size": 2,
    "stride": 2,
    "padding": 0,
    "dilation": 1,
    "ceil_mode": False,
    "count_include_pad": True,
}


def test_the_response_is_the_blocks() -> None:
    response = respond(PICTURE, WEIGHT, torch.zeros(1, dtype=torch.float64), 0, POOLING)
    block = trace_block(PICTURE, WEIGHT, [0.0], pooling=POOLING)
    torch.testing.assert_close(response.map, block["h"])
    torch.testing.assert_close(response.pooled, block["p"])


def test_relative_change() -> None:
    one = torch.tensor([3.0, 4.0])
    assert relative_change(one, one) == 0
    assert relative_change(one, torch.zeros(2)) == 1
    assert relative_change(torch.zeros(2), torch.zeros(2)) == 0
    assert relative_change(torch.zeros(2), one) == math.inf


def test_a_whole_shift_moves_the_pixels() -> None:
    still, moved = moved_view(PICTURE, (10, 10), 6), moved_view(PICTURE, (10, 10), 6, right=1.0)
    torch.testing.assert_close(moved[:, :, 1:], still[:, :, :-1])
    torch.testing.assert_close(moved_view(PICTURE, (10, 10), 6, degrees=360.0), still, atol=1e-6, rtol=0)
