"""The settings of the lesson: their names in the URL, labels and help."""

from __future__ import annotations

from typing import Any

from visualizer.engine.stacks.presets import PRESETS, SLIDE_2012
from visualizer.engine.stacks.text import MAX_CHARACTERS
from visualizer.inputs.images.crop_setting import CROP
from visualizer.inputs.images.panel import SAMPLE
from visualizer.lessons.counting_desk.walk.settings import SETTINGS as WALK_SETTINGS
from visualizer.ui.address import Address
from visualizer.ui.edits import LinkedEdits
from visualizer.ui.settings import Choice, Setting, Text

LAYERS, WALK, TABLE_2012, CODE = "layers", "walk", "table2012", "code"

VIEW = Choice(
    "desk_view",
    "View",
    "The layers and their counts, a walk through the net number by number, the lecture's table of the 2012 net, or "
    "PyTorch code.",
    {LAYERS: "Layers", WALK: "Walk", TABLE_2012: "2012 table", CODE: "Code"},
    buttons=True,
    default=LAYERS,
)
PRESET = Choice(
    "desk_preset",
    "Net",
    "Nets from the lecture and from papers. Every layer of them can be changed.",
    {name: preset.label for name, preset in PRESETS.items()},
    default=SLIDE_2012,
)
STACK = Text(
    "stack",
    "As text, such as 3x32x32 conv8k5p2 relu max2 flatten fc10",
    "The input's shape, channels first, then a word for each layer. Empty: the net chosen beside it.",
    MAX_CHARACTERS,
    default="",
)

_NUMBERED = 23
"""Layers whose numbers a link can carry, so that none is called x."""
EDITS = LinkedEdits(
    "desk_numbers",
    {"x": "x"}
    | {chr(ord("a") + layer): f"{layer}.weight" for layer in range(_NUMBERED)}
    | {chr(ord("A") + layer): f"{layer}.bias" for layer in range(_NUMBERED)},
)
SETTINGS: tuple[Setting[Any], ...] = (VIEW, PRESET, STACK)
ADDRESS = Address("counting_desk", (*SETTINGS, SAMPLE, CROP, *WALK_SETTINGS), EDITS)
