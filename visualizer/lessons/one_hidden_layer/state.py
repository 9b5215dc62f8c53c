"""What one visitor has in front of them: settings, own numbers, and the iterations so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Any, Self

import streamlit as st
import torch

from visualizer.engine import Ref, Trace
from visualizer.engine.walks.network.gradient_check import GradientCheck
from visualizer.inputs.tables.examples import Examples
from visualizer.lessons.one_hidden_layer.history import MAX_ITERATIONS, History, Iteration
from visualizer.lessons.one_hidden_layer.numbers import GIVEN, PARAMETERS, Numbers
from visualizer.lessons.one_hidden_layer.replay import LINKED_EDITS, past_of, past_text, replayed
from visualizer.lessons.one_hidden_layer.settings import SETTINGS, NetSettings, read_link, settings_of
from visualizer.lessons.one_hidden_layer.start import RULE, are_shares, start_numbers, with_share
from visualizer.lessons.one_hidden_layer.walk import arrays_of, gradients_of, is_finite, trace_of
from visualizer.player.player import Action
from visualizer.ui.address import Address, Query, Reading
from visualizer.ui.edits import Arrays, Edits
from visualizer.ui.refusal import Refusal
from visualizer.ui.walk_lesson import WalkLesson

ITERATION = "iteration"


class NetAddress(Address):
    """A link that names a preset is whole: what it leaves open is as the preset has it."""

    def read(self, query: Query) -> Reading:
        return read_link(query)

    def is_whole(self, values: Mapping[str, Any]) -> bool:
        return SETTINGS["preset"].name in values

    def start_values(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return asdict(settings_of(values))

    @property
    def parsed(self) -> Mapping[str, tuple[str, Callable[[str], object]]]:
        return {**super().parsed, ITERATION: ("Iterations", past_of)}


ADDRESS = NetAddress("walk", tuple(SETTINGS), LINKED_EDITS)


DATA = ("x", "y")


class NetLesson(WalkLesson[NetSettings, None]):
    """The state of the lesson in one session: the walk is that of one iteration.

    `edits`, the numbers that the visitor set by hand or brought along, lie on iteration 0. They are kept by their
    place: a place that the net loses and gets back has its edit back too. A new preset drops every edit; other initial
    weights drop those of weights and biases. Iterations begin anew when what is computed changes; the learning rate and
    the example that is looked at only concern the walk on screen.
    """

    address = ADDRESS
    history: History

    def __init__(self, settings: NetSettings, given: None = None, edits: Edits | None = None) -> None:
        self.notes: dict[str, str] = {}
        super().__init__(settings, given, edits)

    @classmethod
    def from_link(cls, settings: NetSettings, given: None) -> Self:
        lesson = super().from_link(settings, given)
        past = past_of(st.query_params.get(ITERATION, "0"))
        if past.count:
            lesson.resume(replayed(lesson.settings, lesson.edits, past))
        return lesson

    def refused(self, settings: NetSettings, given: None) -> Refusal | None:
        return Refusal("loss", settings.impossible) if settings.impossible else None

    def possible(self, settings: NetSettings, given: None) -> NetSettings:
        return replace(settings, loss="squared")

    def start_arrays(self, settings: NetSettings, given: None) -> Arrays:
        return start_numbers(settings, {}).arrays

    def walk(self) -> Trace:
        return trace_of(self.settings, self.numbers, self.history.current.example)

    def opening(self, trace: Trace) -> int:
        """The gradient of a hidden weight, which needs all that came before."""
        return (trace.step_of(Ref("grad_W1", (0, 0))) or 0) + 1

    def kept_edits(self, settings: NetSettings, start: Arrays) -> Edits:
        if settings.preset != self.settings.preset:
            return {}
        return self._edits_but(PARAMETERS) if _drawn(settings) != _drawn(self.settings) else self.edits

    @property
    def numbers(self) -> Numbers:
        return self.history.current.numbers

    @property
    def kept(self) -> dict[str, str]:
        changed = self.history.iterations[0].changed
        return {**self.address.kept(changed), ITERATION: past_text(self.history, self.settings)}

    @property
    def editable(self) -> tuple[str, ...]:
        return GIVEN if self.settings.bias else tuple(name for name in GIVEN if not name.startswith("b"))

    @property
    def own_numbers(self) -> bool:
        """Whether the numbers on screen are others than the settings alone would give."""
        return bool(self.edits) or self.history.at > 0

    def adopt(self, settings: NetSettings, given: None) -> None:
        old = self.settings
        if _computed(settings) != _computed(old):
            self.restart(settings, given)
            return
        self.settings = settings
        if settings.example != old.example:
            self._replace(self.numbers, settings.example - 1, self.history.current.changed)
        else:
            self.show(self.arrays)

    def begin(self, edits: dict[Ref, float]) -> None:
        self.edits = edits
        numbers = start_numbers(self.settings, edits)
        self._go(History((self._iteration(numbers, self.settings.example - 1, edits),)))

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
        self.remember()
        # Data stay as changed whatever iteration one goes to; weights do only where they were the start.
        kept = {ref: value for ref, value in values.items() if ref.name in DATA or self.history.at == 0}
        self.edits = self.edits | kept
        current = self.history.current
        self._replace(numbers, current.example, {**current.changed, **values})

    def way_back(self) -> Callable[[], None]:
        return partial(self._take, self.edits, self.history)

    def set_examples(self, examples: Examples) -> None:
        """Learn from other examples, from the start. Raises: ValueError where the targets break the loss's rule."""
        y = torch.tensor(examples.y, dtype=torch.float64)
        if self.settings.softmax and not are_shares(y):
            raise ValueError(f"{RULE}.")
        edits = self._edits_but(DATA)
        for name, rows in (("x", examples.x), ("y", examples.y)):
            edits |= {Ref(name, (i, j)): value for i, row in enumerate(rows) for j, value in enumerate(row)}
        self.restart(replace(self.settings, examples=len(y), example=1), None, edits)

    def load(self, settings: NetSettings, numbers: Numbers) -> None:
        """Start from numbers and settings that were saved."""
        self.restart(settings, None, numbers.values())

    def resume(self, history: History) -> None:
        """Go on from iterations that were replayed."""
        edits = dict(history.iterations[0].changed)
        for iteration in history.iterations[1:]:
            edits |= {ref: value for ref, value in iteration.changed.items() if ref.name in DATA}
        self._take(edits, history)

    def iterate(self, action: Action) -> None:
        """Apply the update and go on, start again, undo a change of a number, or look at another iteration."""
        self.message = ""
        if action == "apply":
            self._apply()
        elif action == "restart":
            self.restart(self.settings, None)
        elif action == "undo":
            self.undo()
        elif isinstance(action, int):
            self._go(self.history.go_to(action))

    def go_back(self) -> None:
        self.iterate(self.history.at - 1)

    def check_gradients(self) -> GradientCheck:
        return gradients_of(self.settings, self.numbers, self.history.current.example)

    def _apply(self) -> None:
        if not is_finite(self.trace):
            return  # The page says so above the walk, and how to get back.
        if self.history.full:
            self.message = f"{MAX_ITERATIONS:,} iterations are kept. Start again, or go back to an earlier one."
            return
        example = (self.history.current.example + 1) % self.numbers.examples if self.settings.one_at_a_time else 0
        following = self.numbers.updated(self.trace.arrays)
        self._go(self.history.go_on(self._iteration(following, example, {}, self.settings.learning_rate)))

    def _replace(self, numbers: Numbers, example: int, changed: Mapping[Ref, float]) -> None:
        self._go(self.history.replaced(self._iteration(numbers, example, changed, self.history.current.rate)))

    def _take(self, edits: dict[Ref, float], history: History) -> None:
        self.edits = edits
        self._go(history)

    def _go(self, history: History) -> None:
        self.history = history
        self.message = ""
        self.show(history.current.numbers.arrays)

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

    def _edits_but(self, names: tuple[str, ...]) -> dict[Ref, float]:
        return {ref: value for ref, value in self.edits.items() if ref.name not in names}


def _drawn(settings: NetSettings) -> tuple[object, ...]:
    return settings.initialisation, settings.scale, settings.seed


def _computed(settings: NetSettings) -> NetSettings:
    """The settings that decide what is computed; two that agree here share their iterations."""
    return replace(settings, learning_rate=1.0, example=1)
