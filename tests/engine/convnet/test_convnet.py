"""The ConvNet against torch.nn's own layers and autograd, with its weights tied, untied and fully connected."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from visualizer.engine.convnet.convnet import (
    LAYERS,
    ConvNet,
    ConvNetShape,
    layer_gradients,
    pooled,
    random_convnet,
    run_convnet,
    scores,
)

SMALL = ConvNetShape(channels=2, size=9, filters=(3, 4), kernel=3, pools=(2, 2), classes=5)


def images(shape: ConvNetShape, count: int = 3, seed: int = 0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(count, shape.channels, shape.size, shape.size, generator=generator, dtype=torch.float64)


def double_net(shape: ConvNetShape, seed: int = 1) -> ConvNet:
    net = random_convnet(shape, seed).to(torch.float64)
    generator = torch.Generator().manual_seed(seed)
    biases = {
        name: torch.randn(value.shape, generator=generator, dtype=torch.float64)
        for name, value in net.parameters.items()
        if "bias" in name
    }
    return ConvNet(shape, {**net.parameters, **biases})


def torch_module(net: ConvNet) -> nn.Sequential:
    shape = net.shape
    half = shape.kernel // 2
    module = nn.Sequential(
        nn.Conv2d(shape.channels, shape.filters[0], shape.kernel, padding=half),
        nn.ReLU(),
        nn.MaxPool2d(shape.pools[0]),
        nn.Conv2d(*shape.filters, shape.kernel, padding=half),
        nn.ReLU(),
        nn.MaxPool2d(shape.pools[1]),
        nn.Flatten(),
        nn.Linear(shape.flat, shape.classes),
    ).double()
    names = {0: "conv1", 3: "conv2", 7: "out"}
    with torch.no_grad():
        for place, name in names.items():
            module[place].weight.copy_(net[f"{name}_weight"])
            module[place].bias.copy_(net[f"{name}_bias"])
    return module


def test_every_layer_is_torchs_own() -> None:
    net, x = double_net(SMALL), images(SMALL)
    found, module, value = run_convnet(net, x), torch_module(net), x
    for layer, name in zip(module, ("conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "", "z"), strict=True):
        value = layer(value)
        if name:
            assert torch.equal(found[name], value), name
    assert torch.allclose(found["p"].sum(1), torch.ones(3, dtype=torch.float64))
    assert set(LAYERS) <= set(found) and torch.allclose(scores(net, x), found["z"], atol=1e-12)


@pytest.mark.parametrize(("side", "window"), [(9, 2), (8, 2), (11, 3), (5, 1), (7, 7), (10, 4)])
def test_pooling_is_torchs_with_gradients_and_without(side: int, window: int) -> None:
    x = torch.randn(3, 2, side, side, generator=torch.Generator().manual_seed(side))
    wanted = nn.functional.max_pool2d(x, window)
    assert torch.equal(pooled(x, window), wanted)
    with torch.no_grad():
        assert torch.equal(pooled(x, window), wanted)


def test_parameters_are_counted_as_torch_counts_them() -> None:
    assert SMALL.parameters == sum(value.numel() for value in torch_module(double_net(SMALL)).parameters())
    assert ConvNetShape().parameters == 8 * 26 + 16 * 201 + 10 * 785
    assert ConvNetShape().sizes == (28, 14, 7)


def test_gradients_are_autograds() -> None:
    net, x = double_net(SMALL), images(SMALL, 1)
    module = torch_module(net)
    loss = nn.functional.cross_entropy(module(x), torch.tensor([2]))
    loss.backward()
    found = layer_gradients(net, x[0], 2)
    for place, name in {0: "conv1", 3: "conv2", 7: "out"}.items():
        assert torch.allclose(found[f"{name}_weight"], module[place].weight.grad, atol=1e-12, rtol=1e-10)
        assert torch.allclose(found[f"{name}_bias"], module[place].bias.grad, atol=1e-12, rtol=1e-10)
    p = run_convnet(net, x)["p"][0]
    assert torch.allclose(found["z"], p - nn.functional.one_hot(torch.tensor(2), 5), atol=1e-12)
    assert found["pool1"].shape == (3, 4, 4) and found["x"].shape == x.shape[1:]


def test_an_untied_net_with_equal_kernels_is_the_tied_one() -> None:
    tied = double_net(SMALL)
    untied = {**tied.parameters}
    for number in (1, 2):
        places = SMALL.sizes[number - 1] ** 2
        weight = tied[f"conv{number}_weight"].flatten(1)
        untied[f"conv{number}_weight"] = weight[:, :, None].expand(-1, -1, places).contiguous()
        untied[f"conv{number}_bias"] = tied[f"conv{number}_bias"][:, None].expand(-1, places).contiguous()
    shape = ConvNetShape(2, 9, (3, 4), 3, (2, 2), 5, "untied")
    x = images(SMALL)
    assert torch.allclose(run_convnet(ConvNet(shape, untied), x)["z"], run_convnet(tied, x)["z"], atol=1e-12)


def test_a_fully_connected_net_with_a_convolutions_matrix_is_the_tied_one() -> None:
    tied = double_net(SMALL)
    full = {**tied.parameters}
    for number in (1, 2):
        channels, side = SMALL.depths[number - 1], SMALL.sizes[number - 1]
        basis = torch.eye(channels * side * side, dtype=torch.float64).view(-1, channels, side, side)
        columns = nn.functional.conv2d(basis, tied[f"conv{number}_weight"], padding=1).flatten(1)
        full[f"conv{number}_weight"] = columns.T.contiguous()
        full[f"conv{number}_bias"] = tied[f"conv{number}_bias"].repeat_interleave(side * side)
    shape = ConvNetShape(2, 9, (3, 4), 3, (2, 2), 5, "full")
    x = images(SMALL)
    assert torch.allclose(run_convnet(ConvNet(shape, full), x)["z"], run_convnet(tied, x)["z"], atol=1e-12)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"kernel": 4}, "kernel must be odd"),
        ({"size": 3}, "leave nothing of an image of 3 × 3"),
        ({"classes": 0}, "classes must be at least 1, got 0"),
    ],
)
def test_an_impossible_shape_is_named(values: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ConvNetShape(**values)


def test_wrong_arguments_are_named() -> None:
    net = double_net(SMALL)
    with pytest.raises(ValueError, match=r"x must be \(m, 2, 9, 9\), got \(1, 1, 9, 9\)"):
        run_convnet(net, torch.zeros(1, 1, 9, 9))
    with pytest.raises(ValueError, match="target must be a class from 0 to 4, got 5"):
        layer_gradients(net, images(SMALL)[0], 5)
    with pytest.raises(ValueError, match="conv1_weight must have the shape"):
        ConvNet(SMALL, {**net.parameters, "conv1_weight": torch.zeros(1)})
