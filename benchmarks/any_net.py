"""Anybody's net: how long its trace takes, and whether a long walk costs more per step than a short one."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from playwright.sync_api import Browser
from torch import nn

from benchmarks.figures import Figure
from benchmarks.painted import key_to_painted_anywhere
from benchmarks.tracing import milliseconds
from benchmarks.visitor import visitor
from tools.browser import LESSON
from tools.server import Server
from visualizer.engine import Trace, trace_module

REPEATS = 60
TRACES = 5
LONG = {"desk_view": "walk", "stack": "1x28x28 conv4k5 relu max2 conv6k5 relu max2 flatten fc20 relu fc10"}
"""A stack of LeNet's kind, 16,066 steps."""
NO_MORE_THAN = 1.3
"""Times what a step of the default net takes, in the same run."""


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """Every figure, each as soon as it is measured."""
    yield Figure("trace of one class's score back to the pixels", "ms", milliseconds(_score, TRACES), 1000, 50)
    with visitor(browser, server.url, LESSON) as page:
        short = key_to_painted_anywhere(page, REPEATS)
    yield Figure("key → painted at random steps, default net", "ms", short, reach=16.7, percentile=95)
    with visitor(browser, server.url, "/counting-desk", LONG) as page:
        long = key_to_painted_anywhere(page, REPEATS)
    reach = NO_MORE_THAN * Figure("", "ms", short, 0, 95).at(95)
    yield Figure("key → painted at random steps, a stack of 16,066", "ms", long, reach=round(reach, 1), percentile=95)


def _score() -> Trace:
    torch.manual_seed(0)
    module = nn.Sequential(
        *(nn.Conv2d(1, 4, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 6, 5), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(96, 20), nn.ReLU(), nn.Linear(20, 10)),
    )
    grad = torch.zeros(1, 10)
    grad[0, 3] = 1
    return trace_module(module, torch.rand(1, 1, 28, 28), grad=grad)
