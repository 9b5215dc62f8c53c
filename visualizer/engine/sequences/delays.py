"""How long a recurrent net can be taught to remember."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from visualizer.engine.sequences.model import Kind
from visualizer.engine.sequences.tasks import Task
from visualizer.engine.sequences.training import Plan, accuracy, initial_model, train


def success_over_delay(
    kind: Kind,
    task: Task,
    delays: Sequence[int],
    seeds: Sequence[int],
    *,
    forget_bias: float = 1.0,
    units: int = 8,
    iterations: int = 1000,
    learning_rate: float = 0.01,
) -> list[list[float]]:
    """The accuracy that a net reaches which is trained at one delay only; [of each delay][of each seed].

    Every run has the same number of iterations; a chance answer is right once in 4. Bengio, Simard & Frasconi 1994 and
    Hochreiter & Schmidhuber 1997 ask how long a run takes to succeed; we ask how well it does after a fixed one.
    """
    found = []
    for delay in delays:
        plan = Plan(iterations, (delay, delay), learning_rate=learning_rate, every=iterations)
        found.append([_reached(kind, task, plan, units, forget_bias, seed) for seed in seeds])
    return found


def _reached(kind: Kind, task: Task, plan: Plan, units: int, forget_bias: float, seed: int) -> float:
    generator = torch.Generator().manual_seed(seed)
    model = initial_model(kind, len(task.inputs), units, len(task.outputs), generator, forget_bias)
    *_, last = train(model, task, plan, seed=seed)
    return accuracy(last.model, task, generator, plan.lengths[0])
