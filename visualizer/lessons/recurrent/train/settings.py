"""The settings of the view "Train"."""

from __future__ import annotations

from typing import Any

from visualizer.text.numbers import percent
from visualizer.ui.settings import Choice, Integer, Number, Setting
from visualizer.ui.slider import Slider

TASK = Choice(
    "train_task",
    "Task",
    "remember",
    "What the net is to learn. New sequences are drawn at every iteration.",
    {
        "remember": "remember the first symbol",
        "brackets": "count brackets",
        "adding": "add two numbers",
        "characters": "next character",
    },
)
UNITS = Integer("train_units", "Units", 4, "At most 4 can be walked through number by number.", 1, 64)
LENGTH = Integer("train_length", "Length", 10, "Of “remember”, the delay.", 2, 100)
ITERATIONS = Integer("train_iterations", "Iterations", 1000, "Each takes 32 new sequences.", 10, 5000)
RATE = Number(
    "train_rate", "Learning rate", 0.01, "Adam's; its gradient is clipped at 1.", minimum=0.0001, maximum=1.0, step=0.01
)
SEED = Integer("train_seed", "Seed", 0, "The start and the sequences: the same seed gives the same run.", 0, 9999)
FORGET_BIAS = Number(
    "train_forget_bias",
    "Forget bias",
    3.0,
    f"An LSTM's forget gates begin this open: at 1 they keep {percent(0.73, 0)} a step, at 3 they keep "
    f"{percent(0.95, 0)}.",
    minimum=-3.0,
    maximum=8.0,
    step=0.5,
)
TEMPERATURE = Slider(
    "train_temperature",
    "Temperature",
    0.7,
    "Next character: how boldly a text is drawn. Small takes the likeliest, 1 the net's own shares.",
    minimum=0.1,
    maximum=2.0,
    step=0.1,
)
TRAIN_SETTINGS: tuple[Setting[Any], ...] = (TASK, UNITS, LENGTH, ITERATIONS, RATE, SEED, FORGET_BIAS, TEMPERATURE)
