"""ConvNets trained side by side on the same images, a report at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.convnet.convnet import ConvNet, ConvNetShape, Sharing, random_convnet
from visualizer.engine.convnet.training import ConvNetPlan, ConvNetProgress, measure_convnet, train_convnet
from visualizer.engine.data.images import Images
from visualizer.engine.data.labelled_images import LabelledImages, labelled_images
from visualizer.ui.run import Progress

VERSIONS: tuple[Sharing, ...] = ("tied", "untied", "full")
REPORTS = {1: 40, 3: 16}
"""How often a run of so many versions reports; never sooner than after a batch. Each report measures all of them."""
SHIPPED = "convnet_train"
"""The name of those runs that come with the app."""
MOVED = 2
"""By so many pixels the test images are moved at the end."""
_BATCH = 32


@dataclass(frozen=True)
class TrainWanted:
    """What to train: the versions by how they share their weights, on so many images of a data set."""

    data: str
    versions: tuple[Sharing, ...]
    images: int
    epochs: int
    learning_rate: float
    filters: tuple[int, int]
    seed: int


@dataclass(eq=False)
class Version:
    """One net of a run: its shape, what it has reported, and its first kernels at every report where it has some.

    Shapes: kernels (maps, channels, rows, columns); with untied weights those of the middle of the image. `net` is the
    net as it is by now, kept where the lesson's views can look into it; `moved` is its share of right answers on the
    test images after each was moved by 2 pixels, once its run has ended.
    """

    shape: ConvNetShape
    examples: list[int] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    accuracies: list[float] = field(default_factory=list)
    test_losses: list[float] = field(default_factory=list)
    test_accuracies: list[float] = field(default_factory=list)
    kernels: list[Tensor] = field(default_factory=list)
    net: ConvNet | None = None
    moved: float | None = None
    diverged: bool = False

    def note(self, report: ConvNetProgress) -> None:
        self.examples.append(report.examples)
        self.losses.append(report.loss)
        self.accuracies.append(report.accuracy)
        self.test_losses.append(report.test_loss)
        self.test_accuracies.append(report.test_accuracy)
        self.diverged = report.diverged
        if self.shape.sharing != "full":
            self.kernels.append(first_kernels(report.net))
        if self.shape.sharing == "tied" and not report.diverged:
            self.net = report.net


@dataclass(eq=False)
class Trained:
    """All versions of a run so far, on `train_images` images, measured on `test_images` others."""

    wanted: TrainWanted
    train_images: int
    test_images: int
    versions: dict[Sharing, Version]

    @property
    def examples(self) -> int:
        """How many examples the whole run takes, each image once an epoch."""
        return self.train_images * self.wanted.epochs


def shape_of(data: LabelledImages, filters: tuple[int, int], sharing: Sharing) -> ConvNetShape:
    """The net that tells these images apart."""
    _, channels, size, _ = data.images.shape
    return ConvNetShape(channels, size, filters, classes=len(data.classes), sharing=sharing)


def train_versions(wanted: TrainWanted) -> Iterator[Progress[Trained]]:
    """The versions in turn, a report each, so that they can be watched side by side. Raises: as `train_convnet`."""
    data, test = labelled_images(wanted.data, "train"), labelled_images(wanted.data, "test")
    count = min(wanted.images, len(data.labels))
    images = Images(data.images[:count].float(), data.labels[:count])
    tested = Images(test.images.float(), test.labels)
    every = max(_BATCH, count * wanted.epochs // REPORTS[len(wanted.versions)])
    plan = ConvNetPlan(wanted.epochs, _BATCH, "adam", wanted.learning_rate, every=every, seed=wanted.seed)
    shapes = {sharing: shape_of(data, wanted.filters, sharing) for sharing in wanted.versions}
    trained = Trained(wanted, count, len(tested), {sharing: Version(shape) for sharing, shape in shapes.items()})
    going = {
        sharing: train_convnet(random_convnet(shape, wanted.seed), images, tested, plan)
        for sharing, shape in shapes.items()
    }
    last: dict[Sharing, ConvNet] = {}
    while going:
        for sharing in list(going):
            report = next(going[sharing], None)
            if report is None:
                del going[sharing]
                trained.versions[sharing].moved = measure_convnet(last[sharing], moved(tested))[1]
            else:
                trained.versions[sharing].note(report)
                last[sharing] = report.net
            done = [sum(version.examples[-1:]) for version in trained.versions.values()]
            yield Progress(sum(done) / (trained.examples * len(done)), "", trained)


def moved(images: Images) -> Images:
    """The images, each 2 pixels down, up, right or left, in turn; what comes in is the edge, repeated."""
    size, last = images.x.shape[-1], 2 * MOVED
    wide = functional.pad(images.x, (MOVED,) * 4, mode="replicate")
    starts = ((0, MOVED), (last, MOVED), (MOVED, 0), (MOVED, last))
    shown = torch.empty_like(images.x)
    for turn, (top, left) in enumerate(starts):
        shown[turn::4] = wide[turn::4, :, top : top + size, left : left + size]
    return Images(shown, images.labels)


def first_kernels(net: ConvNet) -> Tensor:
    """The kernels (maps, channels, rows, columns) of the first convolution; untied ones at the middle of the image."""
    shape, weight = net.shape, net["conv1_weight"].detach()
    if shape.sharing == "untied":
        middle = shape.size // 2 * (shape.size + 1)
        weight = weight[:, :, middle].view(-1, shape.channels, shape.kernel, shape.kernel)
    return weight.clone().to(torch.float32)
