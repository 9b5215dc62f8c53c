"""The settings of the view "What a unit looks for"."""

from __future__ import annotations

from typing import Any

from visualizer.ui.number_settings import Integer
from visualizer.ui.settings import Choice, Setting

SEEKS, STEPS, PIXEL, COVER = "seeks", "steps", "pixel", "cover"
UNIT_PART = Choice(
    "convnet_unit_part",
    "Question",
    "What a unit looks for, how that is computed, or which part of the image a class depends on.",
    {SEEKS: "What it looks for", STEPS: "Layer by layer", PIXEL: "Number by number", COVER: "Cover a part"},
    buttons=True,
    default=SEEKS,
)
UNIT_LAYER = Choice(
    "convnet_unit_layer",
    "Layer",
    "The units after the first or after the second convolution, each with its ReLU.",
    {"relu1": "Convolution 1", "relu2": "Convolution 2"},
    buttons=True,
    default="relu2",
)
UNIT_MAP = Integer(
    "convnet_unit_map", "Map", "The map, counted from 1. All its units share one kernel.", 1, 16, default=1
)
PIXEL_ROW = Integer(
    "convnet_unit_row",
    "Pixel row",
    "Of the pixel that is computed. Empty: the strongest.",
    0,
    32,
    "the strongest",
    default=0,
)
PIXEL_COLUMN = Integer(
    "convnet_unit_column",
    "Column",
    "Of the pixel that is computed. Empty: the strongest.",
    0,
    32,
    "the strongest",
    default=0,
)
COVER_CLASS = Integer("convnet_cover_class", "Class", "The class whose probability is looked at.", 0, 16, default=0)
COVER_SIDE = Integer("convnet_cover_side", "Side of the square", "In pixels.", 1, 32, default=7)
COVER_GREY = Choice(
    "convnet_cover_grey",
    "Square",
    "Grey, as in the paper; black is the ground of the digits and clothes.",
    {"grey": "grey", "black": "black", "white": "white"},
    default="grey",
)
GREYS = {"grey": 0.5, "black": 0.0, "white": 1.0}
UNIT_SETTINGS: tuple[Setting[Any], ...] = (
    UNIT_PART,
    UNIT_LAYER,
    UNIT_MAP,
    PIXEL_ROW,
    PIXEL_COLUMN,
    COVER_CLASS,
    COVER_SIDE,
    COVER_GREY,
)
