"""The walk to one pixel of a deconvnet's image: it adds up, and ends at the very number of the whole projection."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from visualizer.engine.convnet.convnet import ConvNet, ConvNetShape, random_convnet, run_convnet
from visualizer.engine.convnet.deconvnet import Unit, project, strongest_place
from visualizer.engine.walks.deconvnet.deconvnet import trace_deconvnet

GIVEN = ("a", "kernel2", "s", "kernel1")


def net_of(channels: int, size: int, kernel: int = 5, seed: int = 0) -> tuple[ConvNet, Tensor]:
    shape = ConvNetShape(channels=channels, size=size, filters=(3, 4), kernel=kernel)
    generator = torch.Generator().manual_seed(seed)
    image = torch.rand(channels, size, size, generator=generator, dtype=torch.float64)
    return random_convnet(shape, seed).to(torch.float64), image


@settings(max_examples=25)
@given(
    st.sampled_from([1, 3]),
    st.integers(8, 17),
    st.sampled_from([1, 3, 5]),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.integers(0, 3),
)
def test_the_walk_ends_at_the_number_of_the_whole_projection(
    channels: int, size: int, kernel: int, share: tuple[float, float], map: int
) -> None:
    net, image = net_of(channels, size, kernel, seed=map)
    unit = strongest_place(run_convnet(net, image[None]), "relu2", map)
    row, column = (round(each * (size - 1)) for each in share)
    trace = trace_deconvnet(net, image, unit, (row, column))

    assert trace.replay() <= 1e-12
    torch.testing.assert_close(trace["y"], project(net, image, unit).pixels[:, row, column], rtol=0, atol=1e-12)
    for name, check in trace.checks.items():
        torch.testing.assert_close(trace[name], check, rtol=0, atol=1e-12)


def test_every_number_that_is_not_given_has_one_step() -> None:
    net, image = net_of(1, 12)
    unit = strongest_place(run_convnet(net, image[None]), "relu2", 0)
    trace = trace_deconvnet(net, image, unit, (5, 6))
    written = [step.target for step in trace.steps]

    assert len(written) == len(set(map(str, written)))
    assert len(written) == sum(array.numel() for name, array in trace.arrays.items() if name not in GIVEN)


def test_a_way_that_can_be_worked_out_by_hand() -> None:
    """Kernels of one number, 2 and 3: a bright pixel of ½ makes 3; back again it is 3 · 3 · 2, at that pixel alone."""
    shape = ConvNetShape(size=4, filters=(1, 1), kernel=1, pools=(2, 1), classes=2)
    zeros = {name: torch.zeros(size, dtype=torch.float64) for name, size in shape.parameter_shapes.items()}
    net = ConvNet(shape, zeros)
    net["conv1_weight"].fill_(2.0)
    net["conv2_weight"].fill_(3.0)
    image = torch.zeros(1, 4, 4, dtype=torch.float64)
    image[0, 1, 2] = 0.5
    unit = Unit("relu2", 0, (0, 1))

    assert trace_deconvnet(net, image, unit, (1, 2))["y"].tolist() == [18.0]
    assert trace_deconvnet(net, image, unit, (1, 3))["y"].tolist() == [0.0]
    assert trace_deconvnet(net, image, unit, (3, 0))["y"].tolist() == [0.0]


def test_what_is_no_way_is_refused() -> None:
    net, image = net_of(1, 12)
    with pytest.raises(ValueError, match="relu2"):
        trace_deconvnet(net, image, Unit("relu1", 0, (3, 3)), (3, 3))
    with pytest.raises(ValueError, match="pixel must be within 12"):
        trace_deconvnet(net, image, Unit("relu2", 0, (3, 3)), (3, 12))
    with pytest.raises(ValueError, match="none at"):
        trace_deconvnet(net, image, Unit("relu2", 9, (3, 3)), (3, 3))
