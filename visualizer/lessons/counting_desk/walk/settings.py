"""What the walk through the net on the desk depends on, beside the net."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from visualizer.engine.stacks.stack import Stack
from visualizer.lessons.counting_desk.walk.weights import OwnWeights
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer
from visualizer.ui.settings import Choice

LOSS, SCORE, FORWARD = "loss", "score", "forward"


@dataclass(frozen=True, kw_only=True)
class WalkSettings:
    """Where the backward pass starts, and the seed of what is drawn."""

    goal: Annotated[
        str,
        Choice(
            "desk_goal",
            "Backward from",
            "The loss, softmax with cross-entropy of the class below; the class's score alone, which shows what the "
            "net looks at; or no backward pass.",
            {LOSS: "the loss", SCORE: "the score", FORWARD: "forward only"},
            buttons=True,
        ),
    ] = LOSS
    target: Annotated[
        int, Integer("desk_class", "Class", "The right class, counted from 1, as far as there are outputs.", 1, 1000)
    ] = 1
    seed: Annotated[
        int, Integer("desk_seed", "Seed", "Of the weights; the same seed draws the same numbers again.", 0, 9999)
    ] = 9


SETTINGS = Declared(WalkSettings)


@dataclass(frozen=True)
class DeskWalk:
    """The net on the desk with the settings of its walk."""

    stack: Stack
    settings: WalkSettings
    own: OwnWeights | None = None
