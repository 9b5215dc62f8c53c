"""What a net says of labelled images, counted."""

from __future__ import annotations

import torch

from visualizer.engine.convnet.confusion import Verdicts, judge
from visualizer.engine.convnet.convnet import ConvNetShape, random_convnet, run_convnet

P = torch.tensor([[0.7, 0.2, 0.1], [0.6, 0.3, 0.1], [0.1, 0.8, 0.1], [0.5, 0.4, 0.1], [0.2, 0.2, 0.6]])
VERDICTS = Verdicts(P, torch.tensor([0, 1, 1, 2, 2]))


def test_counts_by_hand() -> None:
    assert VERDICTS.predicted.tolist() == [0, 0, 1, 0, 2]
    assert VERDICTS.right == 3
    assert VERDICTS.confusion().tolist() == [[1, 0, 0], [1, 1, 0], [1, 0, 1]]


def test_the_worst_have_the_least_probability_for_their_own_class() -> None:
    assert VERDICTS.worst(5) == [3, 1]
    assert VERDICTS.worst(1) == [3]
    assert Verdicts(P, VERDICTS.predicted).worst(3) == []


def test_verdicts_are_the_nets_own_probabilities() -> None:
    net = random_convnet(ConvNetShape(size=8, filters=(2, 3), classes=4)).to(torch.float64)
    images = torch.rand(300, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    labels = torch.zeros(300, dtype=torch.int64)
    verdicts = judge(net, images, labels)

    torch.testing.assert_close(verdicts.p, run_convnet(net, images.double())["p"])
    assert int(verdicts.confusion().sum()) == 300
