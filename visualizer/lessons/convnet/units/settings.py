"""The settings of the view "What a unit looks for"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer
from visualizer.ui.settings import Choice

SEEKS, STEPS, PIXEL, COVER = "seeks", "steps", "pixel", "cover"
GREYS = {"grey": 0.5, "black": 0.0, "white": 1.0}
_STRONGEST = "Of the pixel that is computed. Empty: the strongest."


@dataclass(frozen=True, kw_only=True)
class UnitSettings:
    """The question, the unit, the pixel that is computed, and what a part of the image is covered with."""

    part: Annotated[
        str,
        Choice(
            "convnet_unit_part",
            "Question",
            "What a unit looks for, how that is computed, or which part of the image a class depends on.",
            {SEEKS: "What it looks for", STEPS: "Layer by layer", PIXEL: "Number by number", COVER: "Cover a part"},
            buttons=True,
        ),
    ] = SEEKS
    layer: Annotated[
        str,
        Choice(
            "convnet_unit_layer",
            "Layer",
            "The units after the first or after the second convolution, each with its ReLU.",
            {"relu1": "Convolution 1", "relu2": "Convolution 2"},
            buttons=True,
        ),
    ] = "relu2"
    map: Annotated[
        int, Integer("convnet_unit_map", "Map", "The map, counted from 1. All its units share one kernel.", 1, 16)
    ] = 1
    row: Annotated[int, Integer("convnet_unit_row", "Pixel row", _STRONGEST, 0, 32, "the strongest")] = 0
    column: Annotated[int, Integer("convnet_unit_column", "Column", _STRONGEST, 0, 32, "the strongest")] = 0
    cover_class: Annotated[
        int, Integer("convnet_cover_class", "Class", "The class whose probability is looked at.", 0, 16)
    ] = 0
    cover_side: Annotated[int, Integer("convnet_cover_side", "Side of the square", "In pixels.", 1, 32)] = 7
    cover_grey: Annotated[
        str,
        Choice(
            "convnet_cover_grey",
            "Square",
            "Grey, as in the paper; black is the ground of the digits and clothes.",
            {name: name for name in GREYS},
        ),
    ] = "grey"


UNIT_SETTINGS = Declared(UnitSettings)
