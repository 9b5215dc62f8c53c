"""The ConvNet made fully convolutional: it says of each window what the net says of that patch."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.convnet.convnet import ConvNetShape, random_convnet, run_convnet
from visualizer.engine.convnet.weights import load_convnet
from visualizer.engine.data.labelled_images import labelled_images
from visualizer.engine.detector.gate import train_gate
from visualizer.engine.detector.net import (
    NetDetector,
    as_convolution,
    log_odds,
    pooled_maps,
    scan_maps,
)
from visualizer.engine.detector.scan import scan_image
from visualizer.engine.detector.scenes import compose
from visualizer.engine.walks.detector import layer_of


def test_one_pass_gives_what_the_net_says_of_each_patch() -> None:
    """With the 8 pixels around it, which is as far as its convolutions see beyond its border, and a multiple of 4."""
    net = load_convnet("digits").to(torch.float64)
    page = torch.rand((1, 100, 120), generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    outputs = scan_maps(pooled_maps(net, page), as_convolution(net))
    assert outputs.shape == (10, 19, 24)
    for top, left in ((8, 8), (20, 44), (64, 84)):
        patch = page[:, top - 8 : top + 36, left - 8 : left + 36]
        pooled = pooled_maps(net, patch)[:, 2:9, 2:9]
        expected = net["out_weight"] @ pooled.flatten() + net["out_bias"]
        assert torch.allclose(outputs[:, top // 4, left // 4], expected, atol=1e-10)


def test_on_a_dark_page_it_reads_each_digit_as_the_net_given_that_digit_alone() -> None:
    net, images = load_convnet("digits"), labelled_images("digits", "test").images[:24]
    page = torch.zeros((1, 8 + 4 * 44, 8 + 6 * 44), dtype=torch.float64)
    places = [(8 + 44 * row, 8 + 44 * column) for row in range(4) for column in range(6)]
    for image, (top, left) in zip(images.double(), places, strict=True):
        page[:, top : top + 28, left : left + 28] = image
    outputs = scan_maps(pooled_maps(net, page), as_convolution(net))
    alone = run_convnet(net, images)["z"].argmax(dim=1).tolist()
    assert [int(outputs[:, top // 4, left // 4].argmax()) for top, left in places] == alone


def test_of_an_image_of_the_nets_size_it_gives_the_nets_own_scores() -> None:
    net = random_convnet(ConvNetShape(channels=3, size=20, filters=(3, 4), kernel=3, classes=5), 1).to(torch.float64)
    image = torch.rand((3, 20, 20), dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    found = scan_maps(pooled_maps(net, image), as_convolution(net))
    assert torch.allclose(found[:, 0, 0], run_convnet(net, image[None])["z"][0], atol=1e-12)


def test_log_odds_are_those_of_the_softmax() -> None:
    outputs = torch.tensor([[0.2, 3.0], [1.5, -1.0], [0.1, 0.4]], dtype=torch.float64)
    score, label = log_odds(outputs)
    p = torch.softmax(outputs, dim=0).max(dim=0).values
    assert torch.allclose(score, torch.log(p / (1 - p)), atol=1e-12)
    assert label.tolist() == [1, 0]


@pytest.mark.parametrize("gated", [False, True])
def test_the_sums_of_the_maps_make_the_score_map(gated: bool) -> None:
    net = load_convnet("digits")
    detector = NetDetector(net, train_gate("digits").layer if gated else None)
    page = torch.rand((1, 60, 80), generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    scores = scan_image(page, detector, [1.0]).levels[0].scores
    outputs = scan_maps(pooled_maps(net, page), as_convolution(net))[:, 2, 3]
    layer = layer_of(detector, page, int(outputs.argmax()))
    total = float(layer.sums(2, 3).sum()) + layer.bias
    if not gated:
        rest = outputs.clone()
        rest[outputs.argmax()] = -torch.inf
        total -= float(rest.logsumexp(dim=0))
    assert total == pytest.approx(float(scores[2, 3]), abs=1e-10)


def test_the_gate_tells_digits_from_an_empty_page_and_from_halves() -> None:
    images = labelled_images("digits", "test").images[:40].double()
    detector = NetDetector(load_convnet("digits"), train_gate("digits").layer)
    whole = torch.stack([detector.score(image)[0, 0] for image in images])
    halves = torch.stack([detector.score(image.roll(14, 2))[0, 0] for image in images])
    assert float((whole > 0).double().mean()) > 0.9
    assert float((halves < 0).double().mean()) > 0.8
    assert float(detector.score(torch.zeros((1, 28, 28), dtype=torch.float64))) < 0


def test_weights_that_are_not_shared_can_not_slide() -> None:
    net = random_convnet(ConvNetShape(size=12, filters=(2, 2), kernel=3, sharing="untied"))
    with pytest.raises(ValueError, match="net must share its weights"):
        pooled_maps(net, torch.zeros((1, 20, 20)))


def test_a_scene_holds_what_its_boxes_say() -> None:
    images = labelled_images("digits", "test")
    canvas = torch.zeros((1, 200, 300), dtype=torch.float64)
    scene = compose(canvas, images.images[:8].double(), images.labels[:8], (28, 28), seed=3)
    assert len(scene.boxes) == len(scene.labels) == 8
    for box, image in zip(scene.boxes.long().tolist(), images.images, strict=False):
        top, left, height, width = box
        assert torch.allclose(scene.image[:, top : top + height, left : left + width], image.double(), atol=1e-12)
    assert torch.equal(scene.image, compose(canvas, images.images[:8].double(), images.labels[:8], (28, 28), 3).image)
    full = compose(canvas[:, :40, :40], images.images[:8].double(), images.labels[:8], (28, 28), seed=3)
    assert len(full.boxes) == 1
