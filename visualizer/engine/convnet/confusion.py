"""What a ConvNet says of labelled images: which classes it takes for which, and where it is most wrong."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.convnet.convnet import ConvNet, scores


@dataclass(frozen=True, eq=False)
class Verdicts:
    """A net's answers. Shapes: p (m, classes), each row adding up to 1; labels (m,), int64 from 0."""

    p: Tensor
    labels: Tensor

    @property
    def predicted(self) -> Tensor:
        """The class with the largest p of each image; (m,)."""
        return self.p.argmax(1)

    @property
    def right(self) -> int:
        """How many answers are the image's own class."""
        return int((self.predicted == self.labels).sum())

    def confusion(self) -> Tensor:
        """How often each class (row) was taken for each (column); (classes, classes), int64, m in all."""
        classes = self.p.shape[1]
        return torch.bincount(self.labels * classes + self.predicted, minlength=classes**2).view(classes, classes)

    def worst(self, count: int) -> list[int]:
        """The wrongly told images, counted from 0, in which the true class has the least p; the worst first."""
        wrong = (self.predicted != self.labels).nonzero().flatten()
        own = self.p[wrong, self.labels[wrong]]
        return [int(each) for each in wrong[own.argsort(stable=True)][:count]]


def judge(net: ConvNet, images: Tensor, labels: Tensor) -> Verdicts:
    """The net's class probabilities, in its precision. Shapes: images (m, channels, size, size); labels (m,)."""
    precision = net["out_bias"].dtype
    with torch.no_grad():
        p = [torch.softmax(scores(net, part.to(precision)), 1) for part in torch.split(images, 256)]
    return Verdicts(torch.cat(p), labels)
