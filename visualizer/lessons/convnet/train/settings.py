"""The settings of the view "Train"."""

from __future__ import annotations

from typing import Any

from visualizer.lessons.convnet.train.run import VERSIONS, TrainWanted
from visualizer.ui.settings import Choice, Integer, Number, Setting

ONE, ALL = "tied", "all"
TRAIN_NETS = Choice(
    "convnet_train_nets",
    "Nets",
    "A convolution alone, or beside it the same layers without sharing (untied: every place its own kernel) and fully "
    "connected (every unit sees everything).",
    {ONE: "Convolution", ALL: "Tied, untied, full"},
    buttons=True,
    default=ONE,
)
TRAIN_IMAGES = Integer(
    "convnet_train_images", "Training images", "The first of those that come with the app.", 10, 5000, default=500
)
TRAIN_EPOCHS = Integer("convnet_train_epochs", "Epochs", "How often each image is seen.", 1, 50, default=10)
TRAIN_RATE = Number(
    "convnet_train_rate", "Learning rate", "Adam’s.", minimum=0.0001, maximum=1.0, step=0.001, default=0.003
)
TRAIN_FILTERS = Choice(
    "convnet_train_filters",
    "Maps",
    "How many kernels the first and the second convolution have. With 8 and 16 the fully connected version would have "
    "ten million weights, so the three versions are compared at 4 and 8.",
    {"4, 8": "4, 8", "8, 16": "8, 16"},
    default="4, 8",
)
FILTERS = {"4, 8": (4, 8), "8, 16": (8, 16)}
TRAIN_SEED = Integer("convnet_train_seed", "Seed", "The same seed gives the same start and order.", 0, 9999, default=0)
TRAIN_SETTINGS: tuple[Setting[Any], ...] = (
    TRAIN_NETS,
    TRAIN_IMAGES,
    TRAIN_EPOCHS,
    TRAIN_RATE,
    TRAIN_FILTERS,
    TRAIN_SEED,
)


def wanted(
    data: str,
    nets: str = TRAIN_NETS.default,
    images: int = TRAIN_IMAGES.default,
    epochs: int = TRAIN_EPOCHS.default,
    learning_rate: float = TRAIN_RATE.default,
    filters: str = TRAIN_FILTERS.default,
    seed: int = TRAIN_SEED.default,
) -> TrainWanted:
    """What to train with these settings, else with those that the view opens with."""
    compared = nets == ALL
    maps = FILTERS[TRAIN_FILTERS.default if compared else filters]
    return TrainWanted(data, VERSIONS if compared else VERSIONS[:1], images, epochs, learning_rate, maps, seed)
