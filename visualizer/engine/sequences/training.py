"""Training a recurrent net on a task with Adam, in a way that can be watched and stopped."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.sequences.model import GATES, Kind, SequenceModel
from visualizer.engine.sequences.tasks import NEAR, Batch, Task

LARGEST_RATE = 1e30
"""Beyond, a step of Adam is no number of float32 any more."""


@dataclass(frozen=True, eq=False)
class Progress:
    """Where a run is after `iteration` iterations.

    `loss` and `accuracy` are means over the batches since the last report, each before its own update; the first
    report, at iteration 0, is of a batch that the start has not learned from. `model` is detached, float64. `diverged`
    says that in this iteration the loss or a parameter was no longer finite: the run ends, `loss` is that of its batch,
    and `model` is the one before.
    """

    iteration: int
    loss: float
    accuracy: float
    model: SequenceModel
    diverged: bool = False


@dataclass(frozen=True)
class Plan:
    """How to train. `lengths`: the shortest and the longest sequence; each batch draws its length between them.

    `clip` is the largest norm that the gradient of all parameters together may have, None for any.
    """

    iterations: int
    lengths: tuple[int, int]
    batch_size: int = 32
    learning_rate: float = 0.01
    clip: float | None = 1.0
    every: int = 50

    def __post_init__(self) -> None:
        for name in ("iterations", "batch_size", "every"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, got {getattr(self, name)}")
        if not 0 < self.learning_rate <= LARGEST_RATE:
            raise ValueError(f"learning_rate must be above 0 and at most {LARGEST_RATE:g}, got {self.learning_rate}")
        if self.clip is not None and not (self.clip > 0 and math.isfinite(self.clip)):
            raise ValueError(f"clip must be finite and above 0, got {self.clip}")
        if self.lengths[0] > self.lengths[1]:
            raise ValueError(f"lengths must be the shortest, then the longest, got {self.lengths}")


def initial_model(
    kind: Kind, inputs: int, units: int, outputs: int, generator: torch.Generator, forget_bias: float = 1.0
) -> SequenceModel:
    """A model to start from: all parameters uniform from −1/√units to 1/√units, as in PyTorch; float64.

    For an LSTM the bias of the forget gates is `forget_bias`, so that a cell forgets slowly at first.

    Raises: ValueError naming the argument, its value and the limit.
    Source: Gers, Schmidhuber & Cummins 2000; Jozefowicz, Zaremba & Sutskever 2015 for the 1.
    """
    if kind not in GATES:
        raise ValueError(f"kind must be one of {', '.join(GATES)}, got {kind!r}")
    for name, value in (("inputs", inputs), ("units", units), ("outputs", outputs)):
        if value < 1:
            raise ValueError(f"{name} must be at least 1, got {value}")
    rows, limit = GATES[kind] * units, 1 / math.sqrt(units)
    shapes = ((rows, inputs), (rows, units), (rows,), (rows,), (outputs, units), (outputs,))
    drawn = [(2 * torch.rand(shape, generator=generator, dtype=torch.float64) - 1) * limit for shape in shapes]
    if kind == "lstm":
        drawn[2][units : 2 * units] = forget_bias
        drawn[3][units : 2 * units] = 0
    return SequenceModel(kind, *drawn)


def train(model: SequenceModel, task: Task, plan: Plan, *, seed: int = 0) -> Iterator[Progress]:
    """Trains a float32 copy of the model, and reports at the start, every so many iterations and at the end.

    Nothing is computed between two reports unless asked for, so a run stops where it is no longer asked. A loss that is
    not finite ends the run with a report that says so.

    Raises: ValueError for a model whose inputs or outputs are not the task's, and for a length that it does not have.
    Source: Kingma & Ba 2015 for Adam; Pascanu, Mikolov & Bengio 2013 for the clipping.
    """
    _check_fits(model, task)
    generator = torch.Generator().manual_seed(seed)
    for length in plan.lengths:
        task.batch(generator, 1, length)
    return _reports(_leaves(model), task, plan, generator)


def measure(
    model: SequenceModel, task: Task, generator: torch.Generator, length: int | None = None, size: int = 500
) -> tuple[float, float]:
    """The loss and the accuracy over `size` new sequences."""
    _check_fits(model, task)
    batch = task.batch(generator, size, length)
    with torch.no_grad():
        z = forward(_float32(model), batch.x)
    return float(loss_of(task, z, batch)), accuracy_of(task, z, batch)


def accuracy(
    model: SequenceModel, task: Task, generator: torch.Generator, length: int | None = None, size: int = 500
) -> float:
    """The share of answers that are right over `size` new sequences, from 0 to 1."""
    return measure(model, task, generator, length, size)[1]


def loss_of(task: Task, z: Tensor, batch: Batch) -> Tensor:
    """The mean loss over the times that count: cross-entropy, or (z − target)²."""
    z, targets = z[batch.counted], batch.targets[batch.counted]
    if task.loss == "squared":
        return functional.mse_loss(z, targets)
    return functional.cross_entropy(z.flatten(0, 1), targets.flatten())


def accuracy_of(task: Task, z: Tensor, batch: Batch) -> float:
    """The share of answers that are right at the times that count; a number is right within 0.08.

    Source: Hochreiter & Schmidhuber 1997, who ask for 0.04 where all sums lie within 1; ours lie within 2.
    """
    z, targets = z[batch.counted], batch.targets[batch.counted]
    right = (z - targets).abs() < NEAR if task.loss == "squared" else z.argmax(-1) == targets
    return float(right.float().mean())


def forward(model: SequenceModel, x: Tensor) -> Tensor:
    """The z of `run_model`, with PyTorch's own recurrent layers: up to 5 times faster, without what happens inside.

    Shapes: x (time, batch, inputs) to (time, batch, outputs).
    """
    start = x.new_zeros(1, x.shape[1], model.units)
    weights = [model.weight_ih, model.weight_hh, model.bias_ih, model.bias_hh]
    # The flags: with biases, 1 layer, no dropout, training (which only concerns dropout), one direction, time first.
    if model.kind == "rnn":
        h = torch.rnn_tanh(x, start, weights, True, 1, 0.0, True, False, False)[0]
    else:
        h = torch.lstm(x, (start, start), weights, True, 1, 0.0, True, False, False)[0]
    return functional.linear(h, model.weight_out, model.bias_out)


def _reports(model: SequenceModel, task: Task, plan: Plan, generator: torch.Generator) -> Iterator[Progress]:
    parameters = list(model.parameters().values())
    optimizer = torch.optim.Adam(parameters, lr=plan.learning_rate)
    losses: list[float] = []
    accuracies: list[float] = []
    before = _detached(model)
    for iteration in range(1, plan.iterations + 1):
        loss, right = _learn(model, task, _batch(task, plan, generator), optimizer, plan.clip)
        after = _detached(model)
        if not (math.isfinite(loss) and _is_finite(after)):
            yield Progress(iteration, loss, right, before, diverged=True)
            return
        if iteration == 1:
            yield Progress(0, loss, right, before)
        before = after
        losses.append(loss)
        accuracies.append(right)
        if iteration % plan.every == 0 or iteration == plan.iterations:
            yield Progress(iteration, _mean(losses), _mean(accuracies), after)
            losses, accuracies = [], []


def _batch(task: Task, plan: Plan, generator: torch.Generator) -> Batch:
    shortest, longest = plan.lengths
    length = int(torch.randint(shortest, longest + 1, (), generator=generator))
    return task.batch(generator, plan.batch_size, length)


def _learn(
    model: SequenceModel, task: Task, batch: Batch, optimizer: torch.optim.Adam, clip: float | None
) -> tuple[float, float]:
    """One update; the loss and the accuracy before it. Without an update where the loss is not finite."""
    with torch.enable_grad():  # within one iteration: the caller's own mode must hold while a generator waits
        z = forward(model, batch.x)
        loss = loss_of(task, z, batch)
        found = float(loss.detach())
        if math.isfinite(found):
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            if clip is not None:
                torch.nn.utils.clip_grad_norm_(list(model.parameters().values()), clip)
            optimizer.step()
    return found, accuracy_of(task, z.detach(), batch)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _float32(model: SequenceModel) -> SequenceModel:
    return _mapped(model, lambda value: value.detach().float())


def _leaves(model: SequenceModel) -> SequenceModel:
    return _mapped(model, lambda value: value.detach().float().clone().requires_grad_())


def _detached(model: SequenceModel) -> SequenceModel:
    """A float64 copy that nothing will change any more."""
    return _mapped(model, lambda value: value.detach().to(torch.float64, copy=True))


def _mapped(model: SequenceModel, change: Callable[[Tensor], Tensor]) -> SequenceModel:
    return SequenceModel(model.kind, **{name: change(value) for name, value in model.parameters().items()})


def _is_finite(model: SequenceModel) -> bool:
    return all(bool(torch.isfinite(value).all()) for value in model.parameters().values())


def _check_fits(model: SequenceModel, task: Task) -> None:
    if (model.inputs, model.outputs) != (len(task.inputs), len(task.outputs)):
        raise ValueError(
            f"the task {task.name} needs {len(task.inputs)} inputs and {len(task.outputs)} outputs, "
            f"got a model with {model.inputs} and {model.outputs}"
        )
