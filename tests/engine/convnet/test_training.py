"""Training a ConvNet: it learns, its updates are torch's, and it stops when it is no longer asked."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from tests.engine.convnet.test_convnet import SMALL, torch_module
from visualizer.engine.convnet.convnet import ConvNetShape, random_convnet
from visualizer.engine.convnet.training import ConvNetPlan, measure_convnet, train_convnet
from visualizer.engine.data.images import Images


def bars(count: int, seed: int) -> Images:
    """Upright bars are class 0, level ones class 1."""
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(0, 2, (count,), generator=generator)
    places = torch.randint(0, 9, (count,), generator=generator)
    x = 0.1 * torch.rand(count, 2, 9, 9, generator=generator)
    for image, (label, place) in enumerate(zip(labels.tolist(), places.tolist(), strict=True)):
        x[image, :, :, place] += 1 - label
        x[image, :, place] += label
    return Images(x, labels)


@pytest.mark.parametrize("sharing", ["tied", "untied", "full"])
def test_it_learns_in_all_three_kinds(sharing: str) -> None:
    shape = ConvNetShape(2, 9, (3, 4), 3, (2, 2), 2, sharing)
    reports = list(train_convnet(random_convnet(shape), bars(200, 0), bars(100, 1), ConvNetPlan(6, 10, every=200)))
    assert [report.examples for report in reports] == [0, 200, 400, 600, 800, 1000, 1200]
    assert reports[-1].test_accuracy > 0.9 > reports[0].test_accuracy
    assert reports[-1].loss < reports[1].loss


def test_its_updates_are_torchs() -> None:
    start, data = random_convnet(SMALL), bars(40, 0)
    *_, last = train_convnet(start, data, bars(10, 1), ConvNetPlan(1, 40, "sgd", 0.1, l2=0.01))
    module = torch_module(start.to(torch.float64)).float()
    optimiser = torch.optim.SGD(module.parameters(), lr=0.1, weight_decay=0.01)
    nn.functional.cross_entropy(module(data.x), data.labels).backward()
    optimiser.step()
    assert torch.allclose(last.net["conv2_weight"], module[3].weight, atol=1e-6)
    assert torch.equal(start["conv2_weight"], random_convnet(SMALL)["conv2_weight"]), "the start stays as it was"


def test_the_same_seed_gives_the_same_net_and_a_run_can_be_left() -> None:
    plan = ConvNetPlan(2, 10, every=100)
    runs = [list(train_convnet(random_convnet(SMALL), bars(100, 0), bars(10, 1), plan)) for _ in range(2)]
    assert torch.equal(runs[0][-1].net["out_weight"], runs[1][-1].net["out_weight"])
    going = train_convnet(random_convnet(SMALL), bars(100, 0), bars(10, 1), plan)
    assert next(going).examples == 0 and next(going).examples == 100
    going.close()  # type: ignore[attr-defined]  # a generator


def test_a_rate_that_is_too_large_ends_in_a_report_that_says_so() -> None:
    *_, last = train_convnet(random_convnet(SMALL), bars(200, 0), bars(10, 1), ConvNetPlan(20, 10, "sgd", 1e25))
    assert last.diverged and not torch.tensor(last.loss).isfinite()


def test_a_set_without_images_has_no_figures() -> None:
    loss, accuracy = measure_convnet(
        random_convnet(SMALL), Images(torch.zeros(0, 2, 9, 9), torch.zeros(0, dtype=torch.long))
    )
    assert loss != loss and accuracy != accuracy


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"epochs": 0}, "epochs must be at least 1, got 0"),
        ({"learning_rate": 0.0}, "learning_rate must be finite and above 0, got 0.0"),
        ({"optimiser": "newton"}, "optimiser must be one of adam, sgd, adadelta, got 'newton'"),
    ],
)
def test_a_wrong_plan_is_named(values: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ConvNetPlan(**{"epochs": 1} | values)
