"""Training a ConvNet on images, in a way that can be watched and stopped."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.convnet.convnet import ConvNet, scores
from visualizer.engine.data.images import Images

OPTIMISERS: Mapping[str, type[torch.optim.Optimizer]] = {
    "adam": torch.optim.Adam,
    "sgd": torch.optim.SGD,
    "adadelta": torch.optim.Adadelta,
}
QUICKEST: Mapping[str, dict[str, Any]] = {
    "adam": {"fused": True},
    "sgd": {"fused": True},
    "adadelta": {"foreach": True},
}
"""What makes torch's optimisers quick on a processor; the arithmetic is the same."""


@dataclass(frozen=True)
class ConvNetPlan:
    """How to train: Adam with batches of 32 unless said. `every` is how many examples lie between two reports."""

    epochs: int
    batch_size: int = 32
    optimiser: str = "adam"
    learning_rate: float = 0.002
    l2: float = 0.0
    every: int = 500
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("epochs", "batch_size", "every"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, got {getattr(self, name)}")
        if self.optimiser not in OPTIMISERS:
            raise ValueError(f"optimiser must be one of {', '.join(OPTIMISERS)}, got {self.optimiser!r}")
        if not (self.learning_rate > 0 and math.isfinite(self.learning_rate)):
            raise ValueError(f"learning_rate must be finite and above 0, got {self.learning_rate}")


@dataclass(frozen=True, eq=False)
class ConvNetProgress:
    """Where a run is after so many `examples`.

    `loss` and `accuracy` are means over the examples since the last report, each before its own update; NaN at the
    start. The test figures are those of the whole test set. `net` is detached. `diverged`: the loss was no longer
    finite, and the run has ended.
    """

    examples: int
    loss: float
    accuracy: float
    test_loss: float
    test_accuracy: float
    net: ConvNet
    diverged: bool = False


def train_convnet(start: ConvNet, train: Images, test: Images, plan: ConvNetPlan) -> Iterator[ConvNetProgress]:
    """Trains a float32 copy, and reports at the start, every so many examples and at the end.

    Nothing is computed between two reports unless asked for, so a run stops where it is no longer asked.
    """
    leaves = {name: value.detach().float().clone().requires_grad_() for name, value in start.parameters.items()}
    net = ConvNet(start.shape, leaves)
    optimiser = OPTIMISERS[plan.optimiser](
        leaves.values(),
        lr=plan.learning_rate,  # type: ignore[call-arg]
        weight_decay=plan.l2,
        **QUICKEST[plan.optimiser],
    )
    yield _report(net, test, 0, [])
    since: list[tuple[float, float, int]] = []
    examples = 0
    generator = torch.Generator().manual_seed(plan.seed)
    for _ in range(plan.epochs):
        order = torch.randperm(len(train), generator=generator)
        for batch in torch.split(order, plan.batch_size):
            since.append(update(net, optimiser, train.x[batch], train.labels[batch]))
            before, examples = examples, examples + len(batch)
            if not math.isfinite(since[-1][0]):
                yield _report(net, test, examples, since, diverged=True)
                return
            if examples // plan.every > before // plan.every:
                yield _report(net, test, examples, since)
                since = []
    if since:
        yield _report(net, test, examples, since)


def update(net: ConvNet, optimiser: torch.optim.Optimizer, x: Tensor, labels: Tensor) -> tuple[float, float, int]:
    """One update on a batch; its loss and its share of right answers before it, and how many examples it has."""
    with torch.enable_grad():
        z = scores(net, x)
        loss = functional.cross_entropy(z, labels)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    right = float((z.detach().argmax(1) == labels).float().mean())
    return float(loss.detach()), right, len(labels)


def measure_convnet(net: ConvNet, images: Images) -> tuple[float, float]:
    """The mean loss and the share of right answers."""
    if not len(images):
        return math.nan, math.nan
    with torch.no_grad():
        z = torch.cat([scores(net, part) for part in torch.split(images.x, 500)])
        loss = float(functional.cross_entropy(z, images.labels))
        return loss, float((z.argmax(1) == images.labels).float().mean())


def _report(
    net: ConvNet, test: Images, examples: int, since: list[tuple[float, float, int]], diverged: bool = False
) -> ConvNetProgress:
    count = sum(size for *_, size in since)
    loss, accuracy = (sum(each[i] * each[2] for each in since) / count if count else math.nan for i in (0, 1))
    test_loss, test_accuracy = measure_convnet(net, test)
    copied = ConvNet(net.shape, {name: value.detach().clone() for name, value in net.parameters.items()})
    return ConvNetProgress(examples, loss, accuracy, test_loss, test_accuracy, copied, diverged)
