"""The settings of the view "Train"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from visualizer.lessons.convnet.train.run import VERSIONS, TrainWanted
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer, Number
from visualizer.ui.settings import Choice

ONE, ALL = "tied", "all"
FEW_MAPS = "4, 8"
_FILTERS = {FEW_MAPS: (4, 8), "8, 16": (8, 16)}


@dataclass(frozen=True, kw_only=True)
class TrainSettings:
    """What is trained, but for the images."""

    nets: Annotated[
        str,
        Choice(
            "convnet_train_nets",
            "Nets",
            "A convolution alone, or beside it the same layers without sharing (untied: every place its own kernel) "
            "and fully connected (every unit sees everything).",
            {ONE: "Convolution", ALL: "Tied, untied, full"},
            buttons=True,
        ),
    ] = ONE
    images: Annotated[
        int, Integer("convnet_train_images", "Training images", "The first of those that come with the app.", 10, 5000)
    ] = 500
    epochs: Annotated[int, Integer("convnet_train_epochs", "Epochs", "How often each image is seen.", 1, 50)] = 10
    learning_rate: Annotated[
        float, Number("convnet_train_rate", "Learning rate", "Adam’s.", minimum=0.0001, maximum=1.0, step=0.001)
    ] = 0.003
    filters: Annotated[
        str,
        Choice(
            "convnet_train_filters",
            "Maps",
            "How many kernels the first and the second convolution have. With 8 and 16 the fully connected version "
            "would have ten million weights, so the three versions are compared at 4 and 8.",
            {FEW_MAPS: "4, 8", "8, 16": "8, 16"},
        ),
    ] = FEW_MAPS
    seed: Annotated[
        int, Integer("convnet_train_seed", "Seed", "The same seed gives the same start and order.", 0, 9999)
    ] = 0

    def wanted(self, data: str) -> TrainWanted:
        """What to train on these images."""
        compared = self.nets == ALL
        maps = _FILTERS[FEW_MAPS if compared else self.filters]
        versions = VERSIONS if compared else VERSIONS[:1]
        return TrainWanted(data, versions, self.images, self.epochs, self.learning_rate, maps, self.seed)


TRAIN_SETTINGS = Declared(TrainSettings)
