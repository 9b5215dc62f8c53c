"""A training run in one visitor's session: it goes on a little at each look, and stops where nobody looks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import torch

from visualizer.engine.sequences.model import SequenceModel
from visualizer.engine.sequences.tasks import TASKS, Task
from visualizer.engine.sequences.text import character_tasks
from visualizer.engine.sequences.training import Plan, Progress, initial_model, train
from visualizer.lessons.recurrent.train.settings import RunSettings

REPORTED_EVERY = 10


def task_named(name: str) -> Task:
    """A task to learn from; that of the next character learns from the text."""
    return character_tasks()[0] if name == "characters" else TASKS[name]


@dataclass(eq=False)
class TrainingRun:
    """A run and what it has reported so far. Raises: ValueError where the task has no such length."""

    settings: RunSettings
    reports: list[Progress] = field(default_factory=list)
    stopped: bool = False

    def __post_init__(self) -> None:
        wanted = self.settings
        task = task_named(wanted.task)
        length = min(max(wanted.length, task.lengths[0]), task.lengths[2])
        generator = torch.Generator().manual_seed(wanted.seed)
        start = initial_model(
            wanted.kind, len(task.inputs), wanted.units, len(task.outputs), generator, wanted.forget_bias
        )
        plan = Plan(wanted.iterations, (length, length), learning_rate=wanted.learning_rate, every=REPORTED_EVERY)
        self._going: Iterator[Progress] = train(start, task, plan, seed=wanted.seed)

    @property
    def model(self) -> SequenceModel | None:
        """The net as it is by now; None before the first report."""
        return self.reports[-1].model if self.reports else None

    @property
    def done(self) -> bool:
        """Whether nothing more will come."""
        last = self.reports[-1] if self.reports else None
        return self.stopped or (last is not None and (last.diverged or last.iteration >= self.settings.iterations))

    def go_on(self, seconds: float) -> None:
        """Train for about so long."""
        until = time.monotonic() + seconds
        while not self.done and time.monotonic() < until:
            self.reports.append(next(self._going))
