"""The layers that torch does not have: they do what they are named after."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from visualizer.engine.stacks.code.modules import LocallyConnected2d


@pytest.mark.parametrize("padding", [(0, 0), (1, 2), "same"])
@pytest.mark.parametrize("kernel", [(3, 3), (2, 5)])
def test_a_locally_connected_layer_with_equal_kernels_is_a_convolution(
    padding: tuple[int, int] | str, kernel: tuple[int, int]
) -> None:
    if padding == "same" and kernel == (2, 5):
        kernel = (5, 3)  # torch warns of even ones
    generator = torch.Generator().manual_seed(0)
    x = torch.rand(2, 3, 7, 8, generator=generator)
    weight, bias = torch.rand(4, 3, *kernel, generator=generator), torch.rand(4, generator=generator)
    layer = LocallyConnected2d(3, 4, (7, 8), kernel, padding=padding)
    assert layer.bias is not None
    with torch.no_grad():
        layer.weight.copy_(weight.flatten(1)[:, None].expand_as(layer.weight))
        layer.bias.copy_(bias[:, None].expand_as(layer.bias))
        torch.testing.assert_close(layer(x), functional.conv2d(x, weight, bias, padding=padding))


def test_its_places_are_untied() -> None:
    layer = LocallyConnected2d(1, 1, (4, 4), (2, 2), (2, 2), bias=False)
    with torch.no_grad():
        layer.weight[:] = torch.arange(4.0)[None, :, None]
        assert layer(torch.ones(1, 1, 4, 4)).tolist() == [[[[0, 4], [8, 12]]]]
