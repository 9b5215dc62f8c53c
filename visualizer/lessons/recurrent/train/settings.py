"""The settings of the view "Train"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from visualizer.engine.sequences.model import Kind
from visualizer.text.numbers import percent
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer, Number, Slider
from visualizer.ui.settings import Choice


@dataclass(frozen=True, kw_only=True)
class RunSettings:
    """What to train: the task by its name, the net, and how."""

    kind: Kind
    task: Annotated[
        str,
        Choice(
            "train_task",
            "Task",
            "What the net is to learn. New sequences are drawn at every iteration.",
            {
                "remember": "remember the first symbol",
                "brackets": "count brackets",
                "adding": "add two numbers",
                "characters": "next character",
            },
        ),
    ] = "remember"
    units: Annotated[
        int, Integer("train_units", "Units", "At most 4 can be walked through number by number.", 1, 64)
    ] = 4
    length: Annotated[int, Integer("train_length", "Length", "Of “remember”, the delay.", 2, 100)] = 10
    iterations: Annotated[int, Integer("train_iterations", "Iterations", "Each takes 32 new sequences.", 10, 5000)] = (
        1000
    )
    learning_rate: Annotated[
        float,
        Number(
            "train_rate",
            "Learning rate",
            "Adam's; its gradient is clipped at 1.",
            minimum=0.0001,
            maximum=1.0,
            step=0.01,
        ),
    ] = 0.01
    seed: Annotated[
        int, Integer("train_seed", "Seed", "The start and the sequences: the same seed gives the same run.", 0, 9999)
    ] = 0
    forget_bias: Annotated[
        float,
        Number(
            "train_forget_bias",
            "Forget bias",
            f"An LSTM's forget gates begin this open: at 1 they keep {percent(0.73, 0)} a step, "
            f"at 3 they keep {percent(0.95, 0)}.",
            minimum=-3.0,
            maximum=8.0,
            step=0.5,
        ),
    ] = 3.0


TRAIN_SETTINGS = Declared(RunSettings)
TEMPERATURE = Slider(
    "train_temperature",
    "Temperature",
    "Next character: how boldly a text is drawn. Small takes the likeliest, 1 the net's own shares.",
    minimum=0.1,
    maximum=2.0,
    step=0.1,
    default=0.7,
)
