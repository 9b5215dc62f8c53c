"""Projections of a unit to the pixels, against autograd, against its own definition, and by hand."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from tests.engine.convnet.test_convnet import SMALL, double_net, images
from visualizer.engine.convnet.convnet import ConvNet, ConvNetShape, connect, run_convnet
from visualizer.engine.convnet.deconvnet import Unit, project, strongest_place
from visualizer.engine.convnet.occlusion import occlusion_map
from visualizer.engine.convnet.top_patches import receptive_field, top_patches


class GuidedReLU(torch.autograd.Function):
    @staticmethod
    def forward(context: object, x: Tensor) -> Tensor:
        context.save_for_backward(x)  # type: ignore[attr-defined]
        return functional.relu(x)

    @staticmethod
    def backward(context: object, signal: Tensor) -> Tensor:
        (x,) = context.saved_tensors  # type: ignore[attr-defined]
        return functional.relu(signal) * (x > 0)


def autograd_pixels(net: ConvNet, x: Tensor, unit: Unit, guided: bool) -> Tensor:
    relu = GuidedReLU.apply if guided else functional.relu
    leaf = x.clone().requires_grad_()
    below = leaf[None]
    for number in range(1, int(unit.layer[-1]) + 1):
        active = relu(connect(net, number, below))
        below = functional.max_pool2d(active, net.shape.pools[number - 1])
    active[(0, unit.map, *unit.place)].backward()
    assert leaf.grad is not None
    return leaf.grad


@pytest.mark.parametrize("layer", ["relu1", "relu2"])
@pytest.mark.parametrize("method", ["gradient", "guided"])
def test_gradients_are_autograds(layer: str, method: str) -> None:
    net, x = double_net(SMALL), images(SMALL)[0]
    unit = strongest_place(run_convnet(net, x[None]), layer, 1)
    found = project(net, x, unit, method)
    assert torch.allclose(found.pixels, autograd_pixels(net, x, unit, method == "guided"), atol=1e-12)


def test_the_deconvnet_goes_back_by_switches_relu_and_flipped_filters() -> None:
    net, x = double_net(SMALL), images(SMALL)[0]
    arrays = run_convnet(net, x[None])
    unit = strongest_place(arrays, "relu2", 1)
    found = project(net, x, unit)
    assert [name for name, _ in found.stages] == ["unit", "relu2", "convolution2", "unpool1", "relu1", "convolution1"]
    stages = dict(found.stages)
    assert stages["unit"].sum() == found.activation == arrays["relu2"][0, 1].max() > 0
    flipped = net["conv2_weight"].flip(2, 3).transpose(0, 1)
    assert torch.allclose(stages["convolution2"], functional.conv2d(stages["relu2"][None], flipped, padding=1)[0])
    back = torch.zeros(3, 81, dtype=torch.float64)
    back.scatter_(1, arrays["switches1"][0].flatten(1), stages["convolution2"].flatten(1))
    assert torch.equal(stages["unpool1"], back.view(3, 9, 9))
    assert torch.equal(stages["relu1"], stages["unpool1"].clamp(min=0))


def test_by_hand_a_bright_pixel_leads_to_its_kernel() -> None:
    shape = ConvNetShape(1, 4, (1, 1), 3, (2, 2), 2)
    kernel = torch.tensor([[0.0, 1, 0], [0, 2, 0], [0, 0, 0]], dtype=torch.float64)
    zeros = {name: torch.zeros(wanted, dtype=torch.float64) for name, wanted in shape.parameter_shapes.items()}
    net = ConvNet(shape, {**zeros, "conv1_weight": kernel.view(1, 1, 3, 3)})
    x = torch.zeros(1, 4, 4, dtype=torch.float64)
    x[0, 1, 1] = 3.0
    unit = strongest_place(run_convnet(net, x[None]), "relu1", 0)
    assert unit.place == (1, 1)
    pixels = project(net, x, unit).pixels[0]
    assert pixels[1, 1] == 12.0 and pixels[0, 1] == 6.0 and pixels.sum() == 18.0
    assert project(net, x, unit, "gradient").pixels[0, 1, 1] == 2.0


def test_wrong_units_and_methods_are_named() -> None:
    net, x = double_net(SMALL), images(SMALL)[0]
    with pytest.raises(ValueError, match="layer must be relu1 or relu2, got 'pool1'"):
        project(net, x, Unit("pool1", 0, (0, 0)))
    with pytest.raises(ValueError, match="none at"):
        project(net, x, Unit("relu2", 9, (0, 0)))
    with pytest.raises(ValueError, match="method must be one of"):
        project(net, x, Unit("relu2", 0, (0, 0)), "magic")


def test_occlusion_covers_one_square_after_the_other() -> None:
    net, x = double_net(SMALL), images(SMALL)[0]
    found = occlusion_map(net, x, 3, side=3, stride=2)
    assert found.shape == (5, 5)
    covered = x.clone()
    covered[:, 3:6, 1:4] = 0.5
    assert torch.allclose(found[2, 1], run_convnet(net, covered[None])["p"][0, 3])
    corner = x.clone()
    corner[:, :2, :2] = 0.5
    assert torch.allclose(found[0, 0], run_convnet(net, corner[None])["p"][0, 3])
    with pytest.raises(ValueError, match="side must be from 1 to 9, got 10"):
        occlusion_map(net, x, 0, side=10)


@pytest.mark.parametrize("layer", ["relu1", "relu2"])
def test_a_units_field_is_all_that_it_sees(layer: str) -> None:
    net = double_net(SMALL)
    middle = Unit(layer, 0, (4, 4) if layer == "relu1" else (2, 2))
    top, left, bottom, right = receptive_field(SMALL, middle)
    seen = torch.zeros(9, 9, dtype=torch.bool)
    for seed in range(40):
        x = images(SMALL, 1, seed)[0]
        seen |= autograd_pixels(net, x, middle, False).ne(0).any(0)
    rows, columns = seen.any(1).nonzero().flatten(), seen.any(0).nonzero().flatten()
    assert (int(rows[0]), int(rows[-1]) + 1) == (max(0, top), min(9, bottom))
    assert (int(columns[0]), int(columns[-1]) + 1) == (max(0, left), min(9, right))


def test_top_patches_are_the_strongest_one_an_image() -> None:
    net, x = double_net(SMALL), images(SMALL, 12)
    found = top_patches(net, x, "relu2", 1, 5)
    maps = run_convnet(net, x)["relu2"][:, 1]
    assert [patch.image for patch in found] == maps.flatten(1).max(1).values.argsort(descending=True)[:5].tolist()
    for patch in found:
        assert patch.activation == float(maps[(patch.image, *patch.unit.place)]) == float(maps[patch.image].max())
    with pytest.raises(ValueError, match="there is no map 4"):
        top_patches(net, x, "relu2", 4)
