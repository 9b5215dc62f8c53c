"""Trains the nets that come with the app and measures them; `make weights`, some minutes on one core."""

from __future__ import annotations

import json
import platform
import time
from dataclasses import dataclass
from typing import Any

import torch

from tools import make_convnets
from visualizer.engine.sequences.delays import success_over_delay
from visualizer.engine.sequences.model import GATES, Kind, SequenceModel
from visualizer.engine.sequences.tasks import TASKS, Task
from visualizer.engine.sequences.text import character_tasks
from visualizer.engine.sequences.training import Plan, initial_model, measure, train
from visualizer.engine.sequences.weights import FOLDER, save_model

SEED = 0
FRESH_SEED = 1_000
DELAYS = (5, 10, 20, 30, 50)
DELAY_SEEDS = (0, 1, 2, 3)
DELAY_ITERATIONS = 1000
DELAY_CURVES: tuple[tuple[Kind, float], ...] = (("rnn", 0.0), ("lstm", 1.0), ("lstm", 5.0))
"""The kinds of net, and the forget gate's bias at the start; none has any for an RNN."""


@dataclass(frozen=True)
class Recipe:
    """How the RNN and the LSTM of one task are trained alike, and the lengths that they are tested at."""

    units: int
    plan: Plan
    tested: tuple[int, ...]
    forget_bias: float = 1.0


RECIPES = {
    "remember": Recipe(4, Plan(2500, (1, 10)), (5, 10, 20, 50), forget_bias=3.0),
    "brackets": Recipe(6, Plan(2000, (10, 40), learning_rate=0.02), (30, 100)),
    "adding": Recipe(8, Plan(3000, (10, 30)), (20, 50)),
    "characters": Recipe(64, Plan(3000, (64, 64), learning_rate=0.005), (100,)),
}


def main() -> None:
    torch.set_num_threads(1)
    FOLDER.mkdir(exist_ok=True)
    started, used = time.perf_counter(), time.process_time()
    make_convnets.main()
    models = {f"{task}-{kind}": _trained(task, kind) for task in RECIPES for kind in GATES}
    delays = {task: _over_delay(TASKS[task]) for task in ("remember", "distracted")}
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    found = {"models": models, "delays": delays, "versions": versions}
    text = json.dumps(found, indent=1, ensure_ascii=False)
    (FOLDER / "results.json").write_text(text + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    print(
        f"{size / 1000:.0f} kB in {time.perf_counter() - started:.0f} s, "
        f"of which the processor worked {time.process_time() - used:.0f} s"
    )


def _trained(name: str, kind: Kind) -> dict[str, Any]:
    """Trains and stores one model; what it was trained with and what it reaches."""
    recipe = RECIPES[name]
    learning, testing = character_tasks() if name == "characters" else (TASKS[name], TASKS[name])
    generator = torch.Generator().manual_seed(SEED)
    inputs, outputs = len(learning.inputs), len(learning.outputs)
    start = initial_model(kind, inputs, recipe.units, outputs, generator, recipe.forget_bias)
    *_, last = train(start, learning, recipe.plan, seed=SEED)
    save_model(last.model, f"{name}-{kind}")
    tested = [_tested(last.model, testing, length) for length in recipe.tested]
    for test in tested:
        _print_row(f"{name}-{kind}", f"{learning.length_name} {test['length']}", test["accuracy"], test["loss"])
    return {
        "task": name,
        "kind": kind,
        "units": recipe.units,
        "forget_bias": recipe.forget_bias if kind == "lstm" else None,
        "iterations": last.iteration,
        "diverged": last.diverged,
        "lengths": recipe.plan.lengths,
        "batch_size": recipe.plan.batch_size,
        "learning_rate": recipe.plan.learning_rate,
        "seed": SEED,
        "tested": tested,
    }


def _tested(model: SequenceModel, task: Task, length: int) -> dict[str, float]:
    loss, right = measure(model, task, torch.Generator().manual_seed(FRESH_SEED), length, size=1000)
    return {"length": length, "loss": round(loss, 5), "accuracy": round(right, 4)}


def _over_delay(task: Task) -> dict[str, Any]:
    curves = []
    for kind, forget_bias in DELAY_CURVES:
        reached = success_over_delay(
            kind, task, DELAYS, DELAY_SEEDS, forget_bias=forget_bias, iterations=DELAY_ITERATIONS
        )
        curves.append({"kind": kind, "forget_bias": forget_bias if kind == "lstm" else None, "accuracies": reached})
        label = kind if kind == "rnn" else f"{kind}, forget bias {forget_bias:g}"
        for delay, accuracies in zip(DELAYS, reached, strict=True):
            _print_row(f"{task.name}: {label}", f"delay {delay}", sum(accuracies) / len(accuracies))
    return {"delays": DELAYS, "seeds": DELAY_SEEDS, "units": 8, "iterations": DELAY_ITERATIONS, "curves": curves}


def _print_row(name: str, where: str, accuracy: float, loss: float | None = None) -> None:
    print(f"{name:36} {where:12} right {accuracy:6.1%}" + ("" if loss is None else f"   loss {loss:.4f}"), flush=True)


if __name__ == "__main__":
    main()
