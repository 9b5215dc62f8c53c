"""What one visitor has in front of them: settings, own numbers, and the iterations so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import torch

from visualizer.engine import Ref, Trace
from visualizer.engine.walks.network.gradient_check import GradientCheck
from visualizer.inputs.tables.examples import Examples
from visualizer.lessons.one_hidden_layer.history import MOST_ITERATIONS, History, Iteration
from visualizer.lessons.one_hidden_layer.numbers import GIVEN, PARAMETERS, Numbers
from visualizer.lessons.one_hidden_layer.settings import NetSettings
from visualizer.lessons.one_hidden_layer.start import start_numbers
from visualizer.lessons.one_hidden_layer.targets import RULE, are_shares, with_share
from visualizer.lessons.one_hidden_layer.walk import arrays_of, gradients_of, is_finite, trace_of

DATA = ("x", "y")
MOST_UNDONE = 50


class Lesson:
    """The state of the lesson in one session, and the few things that one can do to it.

    Where the numbers come from: `start_numbers` works iteration 0 out from the settings alone, so a link with the same
    settings gives the same numbers. On top lie `edits`, the numbers that the visitor set by hand or brought along. They
    are kept by their place: a place that the net loses and gets back has its edit back too. A new preset drops every
    edit; other initial weights drop those of weights and biases. Iterations begin anew when what is computed changes;
    the learning rate and the example that is looked at only concern the walk on screen.
    """

    def __init__(self, settings: NetSettings) -> None:
        self.settings = replace(settings, loss="squared") if settings.impossible else settings
        self.refusal = settings.impossible
        self.edits: dict[Ref, float] = {}
        self.message = ""
        self.notes: dict[str, str] = {}
        self._before_edits: list[tuple[dict[Ref, float], History]] = []
        self._walked: tuple[NetSettings, Iteration] | None = None
        self._begin()

    @property
    def numbers(self) -> Numbers:
        return self.history.current.numbers

    @property
    def trace(self) -> Trace:
        """The walk of the current iteration; computed once."""
        wanted = (self.settings, self.history.current)
        if self._walked != wanted:
            self._trace = trace_of(self.settings, self.numbers, self.history.current.example)
            self._walked = wanted
        return self._trace

    @property
    def start(self) -> int:
        """The step that a walk opens at: the gradient of a hidden weight, which needs all that came before."""
        return (self.trace.step_of(Ref("grad_W1", (0, 0))) or 0) + 1

    @property
    def editable(self) -> tuple[str, ...]:
        return GIVEN if self.settings.bias else tuple(name for name in GIVEN if not name.startswith("b"))

    @property
    def own_numbers(self) -> bool:
        """Whether the numbers on screen are others than the settings alone would give."""
        return bool(self.edits) or self.history.at > 0

    def follow(self, settings: NetSettings) -> None:
        """Take other settings. Those of which no walk can be made change nothing: the walk before stays."""
        old, self.refusal = self.settings, settings.impossible
        if settings == old or settings.impossible:
            return
        if settings.preset != old.preset:
            self.edits = {}
        elif _drawn(settings) != _drawn(old):
            self._drop_edits(PARAMETERS)
        self.settings = settings
        if _computed(settings) != _computed(old):
            self._begin()
        elif settings.example != old.example:
            self._replace(self.numbers, settings.example - 1, self.history.current.changed)

    def edit(self, ref: Ref, value: float) -> None:
        """Change one number of the walk on screen."""
        if self.settings.one_at_a_time and ref.name in DATA:
            ref = Ref(ref.name, (self.history.current.example, *ref.index[1:]))
        try:
            self.change(self._shares(ref, value) if self.settings.softmax and ref.name == "y" else {ref: value})
        except ValueError as error:
            self.message = str(error)

    def change(self, values: Mapping[Ref, float]) -> None:
        """Change several numbers at once. Raises: ValueError where the targets would break the loss's rule."""
        numbers = self.numbers.with_values(values)
        if self.settings.softmax and not are_shares(numbers.y):
            raise ValueError(f"{RULE}.")
        self._before_edits = [*self._before_edits[-MOST_UNDONE:], (self.edits, self.history)]
        # Data stay as changed whatever iteration one goes to; weights do only where they were the start.
        kept = {ref: value for ref, value in values.items() if ref.name in DATA or self.history.at == 0}
        self.edits = self.edits | kept
        current = self.history.current
        self._replace(numbers, current.example, {**current.changed, **values})

    @property
    def can_undo(self) -> bool:
        return bool(self._before_edits)

    def undo(self) -> None:
        """Take the last change of a number back."""
        if self._before_edits:
            self.edits, history = self._before_edits.pop()
            self._show(history)

    def set_examples(self, examples: Examples) -> None:
        """Learn from other examples, from the start. Raises: ValueError where the targets break the loss's rule."""
        y = torch.tensor(examples.y, dtype=torch.float64)
        if self.settings.softmax and not are_shares(y):
            raise ValueError(f"{RULE}.")
        self._drop_edits(DATA)
        for name, rows in (("x", examples.x), ("y", examples.y)):
            self.edits |= {Ref(name, (i, j)): value for i, row in enumerate(rows) for j, value in enumerate(row)}
        self.settings = replace(self.settings, examples=len(y), example=1)
        self._begin()

    def load(self, settings: NetSettings, numbers: Numbers) -> None:
        """Start from numbers and settings that were saved."""
        self.settings, self.edits = settings, numbers.values()
        self._begin()

    def resume(self, history: History) -> None:
        """Go on from iterations that were replayed."""
        self.edits = dict(history.iterations[0].changed)
        for iteration in history.iterations[1:]:
            self.edits |= {ref: value for ref, value in iteration.changed.items() if ref.name in DATA}
        self._before_edits = []
        self._show(history)

    def forget_edits(self) -> None:
        """Back to the numbers that the settings give."""
        self.edits = {}
        self._begin()

    def iterate(self, action: Literal["apply", "restart", "undo"] | int) -> None:
        """Apply the update and go on, start again, undo a change of a number, or look at another iteration."""
        self.message = ""
        if action == "apply":
            self._apply()
        elif action == "restart":
            self._begin()
        elif action == "undo":
            self.undo()
        elif isinstance(action, int):
            self._show(self.history.go_to(action))

    def go_back(self) -> None:
        self.iterate(self.history.at - 1)

    def check_gradients(self) -> GradientCheck:
        return gradients_of(self.settings, self.numbers, self.history.current.example)

    def _apply(self) -> None:
        if not is_finite(self.trace):
            return  # The page says so above the walk, and how to get back.
        if self.history.full:
            self.message = f"{MOST_ITERATIONS:,} iterations are kept. Start again, or go back to an earlier one."
            return
        example = (self.history.current.example + 1) % self.numbers.examples if self.settings.one_at_a_time else 0
        following = self.numbers.updated(self.trace.arrays)
        self._show(self.history.go_on(self._iteration(following, example, {}, self.settings.learning_rate)))

    def _begin(self) -> None:
        self._before_edits = []
        numbers = start_numbers(self.settings, self.edits)
        self._show(History((self._iteration(numbers, self.settings.example - 1, self.edits),)))

    def _replace(self, numbers: Numbers, example: int, changed: Mapping[Ref, float]) -> None:
        self._show(self.history.replaced(self._iteration(numbers, example, changed, self.history.current.rate)))

    def _show(self, history: History) -> None:
        self.history = history
        self.message = ""

    def _iteration(
        self, numbers: Numbers, example: int, changed: Mapping[Ref, float], rate: float | None = None
    ) -> Iteration:
        loss = arrays_of(self.settings, numbers, example)["loss"]
        return Iteration(numbers, float(loss), example, changed, rate)

    def _shares(self, ref: Ref, value: float) -> dict[Ref, float]:
        """One target of an example under cross-entropy, and what that makes of its others."""
        example, output = ref.index
        if not isinstance(example, int) or not isinstance(output, int):
            raise ValueError("a target is named by its example and its output")
        row = with_share(self.numbers.y[example], output, value)
        return {Ref("y", (example, j)): float(share) for j, share in enumerate(row)}

    def _drop_edits(self, names: tuple[str, ...]) -> None:
        self.edits = {ref: value for ref, value in self.edits.items() if ref.name not in names}


def _drawn(settings: NetSettings) -> tuple[object, ...]:
    return settings.initialisation, settings.scale, settings.seed


def _computed(settings: NetSettings) -> NetSettings:
    """The settings that decide what is computed; two that agree here share their iterations."""
    return replace(settings, learning_rate=1.0, example=1)
