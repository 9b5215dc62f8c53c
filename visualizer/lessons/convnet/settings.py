"""The settings of the lesson."""

from __future__ import annotations

from visualizer.engine.data.labelled_images import CLASSES
from visualizer.inputs.images.crop_setting import CropSetting
from visualizer.inputs.images.panel import SAMPLE
from visualizer.lessons.convnet.place import PlaceSetting
from visualizer.lessons.convnet.train.settings import TRAIN_SETTINGS
from visualizer.lessons.convnet.units.settings import UNIT_SETTINGS
from visualizer.ui.address import Address
from visualizer.ui.number_settings import Integer
from visualizer.ui.settings import Choice, Switch

OVERVIEW, WALK, TRAIN, UNITS, RESULTS = "overview", "walk", "train", "units", "results"
TEST, DRAWN, OWN = "test", "drawn", "own"
MAX_IMAGE = 500
"""How many test images the largest set has."""
MAX_CLASS = 60

VIEW = Choice(
    "convnet_view",
    "View",
    "All layers at once, one of their numbers computed, training, what units look for, or measured results.",
    {OVERVIEW: "Overview", WALK: "Walk", TRAIN: "Train", UNITS: "Units", RESULTS: "Results"},
    buttons=True,
    default=OVERVIEW,
)
DATA = Choice(
    "convnet_data",
    "Images",
    "The classes: handwritten digits, pieces of clothing, or traffic signs that were rendered.",
    {name: name.capitalize() for name in CLASSES},
    buttons=True,
    default="digits",
)
SOURCE = Choice(
    "convnet_input",
    "Image from",
    "One of the images that the net was not trained on, your drawing, or an image of yours.",
    {TEST: "Test images", DRAWN: "Drawing", OWN: "Own image"},
    buttons=True,
    default=TEST,
)
NUMBER = Integer("convnet_image", "Test image", "Its number among the test images.", 1, MAX_IMAGE, default=1)
BACKWARD = Switch(
    "convnet_backward",
    "Backward: gradients",
    "In place of every number: how the loss −ln p(target) changes with it.",
    default=False,
)
TARGET = Integer("convnet_target", "Target class", "The class that the net should say.", 0, MAX_CLASS, default=0)
LARGEST_CROP = 1024
CROP_OF_IMAGE = CropSetting(
    "convnet_crop", "Crop", "Top, left, height and width of the crop, in pixels.", LARGEST_CROP, default=None
)
AT = PlaceSetting("convnet_at", "Number", "The number that is looked at: layer.map.row.column.", default=None)

SETTINGS = (VIEW, DATA, SOURCE, NUMBER, BACKWARD, TARGET, AT)
ADDRESS = Address("convnet", (SAMPLE, CROP_OF_IMAGE, *SETTINGS, *TRAIN_SETTINGS, *UNIT_SETTINGS))
