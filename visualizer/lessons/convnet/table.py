"""The settings of the lesson: their names in the URL, limits, labels and help."""

from __future__ import annotations

from typing import Any

from visualizer.engine.data.labelled_images import CLASSES
from visualizer.lessons.convnet.place import PlaceSetting
from visualizer.ui.settings import Choice, Integer, Setting, Switch

OVERVIEW, WALK, TRAIN, UNITS, RESULTS = "overview", "walk", "train", "units", "results"
TEST, DRAWN, OWN = "test", "drawn", "own"
MOST_NUMBERS = 500
"""How many test images the largest set has."""
MOST_CLASSES = 60

VIEW = Choice(
    "convnet_view",
    "View",
    "All layers at once, one of their numbers worked out, training, what units look for, or measured results.",
    {OVERVIEW: "Overview", WALK: "Walk", TRAIN: "Train", UNITS: "Units", RESULTS: "Results"},
    buttons=True,
    default=OVERVIEW,
)
DATA = Choice(
    "convnet_data",
    "Images",
    "What the net tells apart: handwritten digits, pieces of clothing, or traffic signs that were rendered.",
    {name: name.capitalize() for name in CLASSES},
    buttons=True,
    default="digits",
)
SOURCE = Choice(
    "convnet_input",
    "Image from",
    "One of the images that the net was not trained on, your drawing, or a picture of yours.",
    {TEST: "Test images", DRAWN: "Drawing", OWN: "Own picture"},
    buttons=True,
    default=TEST,
)
NUMBER = Integer("convnet_image", "Test image", "Its number among the test images.", 1, MOST_NUMBERS, default=1)
BACKWARD = Switch(
    "convnet_backward",
    "Backward: gradients",
    "In place of every number: how the loss −ln p(target) changes with it.",
    default=False,
)
TARGET = Integer("convnet_target", "Target class", "The class that the net should say.", 0, MOST_CLASSES, default=0)
AT = PlaceSetting("convnet_at", "Number", "The number that is looked at: layer.map.row.column.", default=None)

TABLE: tuple[Setting[Any], ...] = (VIEW, DATA, SOURCE, NUMBER, BACKWARD, TARGET, AT)
