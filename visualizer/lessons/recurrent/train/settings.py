"""The settings of the view "Train"."""

from __future__ import annotations

from typing import Any

from visualizer.ui.settings import Choice, Integer, Number, Setting
from visualizer.ui.slider import Slider

TASK = Choice(
    "train_task",
    "Task",
    "What the net is to learn. New sequences are drawn at every iteration.",
    {
        "remember": "remember the first symbol",
        "brackets": "count brackets",
        "adding": "add two numbers",
        "characters": "next character",
    },
    default="remember",
)
UNITS = Integer("train_units", "Units", "At most 4 can be walked through number by number.", 1, 64, default=4)
LENGTH = Integer("train_length", "Length", "Of “remember”, the delay.", 2, 100, default=10)
ITERATIONS = Integer("train_iterations", "Iterations", "Each takes 32 new sequences.", 10, 5000, default=1000)
RATE = Number(
    "train_rate",
    "Learning rate",
    "Adam's; its gradient is clipped at 1.",
    minimum=0.0001,
    maximum=1.0,
    step=0.01,
    default=0.01,
)
SEED = Integer(
    "train_seed", "Seed", "The start and the sequences: the same seed gives the same run.", 0, 9999, default=0
)
FORGET_BIAS = Number(
    "train_forget_bias",
    "Forget bias",
    "An LSTM's forget gates begin this open: at 1 they keep 73% a step, at 3 they keep 95%.",
    minimum=-3.0,
    maximum=8.0,
    step=0.5,
    default=3.0,
)
TEMPERATURE = Slider(
    "train_temperature",
    "Temperature",
    "Next character: how boldly a text is drawn. Small takes the likeliest, 1 the net's own shares.",
    minimum=0.1,
    maximum=2.0,
    step=0.1,
    default=0.7,
)
TRAIN_SETTINGS: tuple[Setting[Any], ...] = (TASK, UNITS, LENGTH, ITERATIONS, RATE, SEED, FORGET_BIAS, TEMPERATURE)
