"""A lesson that walks through a trace: what one visitor has in front of them, and the few things that one can do to it.

A lesson says how settings and an input make arrays, how arrays make a trace, which changed numbers outlive a change of
settings, and what can be changed. All else is here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import ClassVar, Generic, Self, TypeVar

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine import Ref, Trace
from visualizer.player.player import Action, Iterations, player
from visualizer.ui.address import Address
from visualizer.ui.edits import Arrays, Edits, fits, stands, with_edits
from visualizer.ui.refusal import Refusal

S = TypeVar("S")
"""The settings, a frozen dataclass."""
G = TypeVar("G")
"""What is given besides, as the numbers of a crop; None where nothing is."""
MAX_UNDONE = 50


class WalkLesson(ABC, Generic[S, G]):
    """The state of a lesson in one session.

    `unedited` are the arrays that settings and input give alone, so a link with both gives the same numbers; `arrays`
    are those of the walk, with `edits`, the numbers changed by hand, on top. `chosen` are the settings that were asked
    for, `settings` those of the walk; `refusal` says why they differ. `accepted`: whether a walk was ever made of what
    was asked for.
    """

    address: ClassVar[Address]
    accepted = False
    message = ""
    """What the last action could not do, in words."""
    _trace: Trace | None = None
    _start: int | None = None

    def __init__(self, settings: S, given: G, edits: Edits | None = None) -> None:
        self.chosen, self.refusal = settings, self.refused(settings, given)
        self.accepted = self.refusal is None
        self.restart(self.possible(settings, given) if self.refusal else settings, given, edits or {})

    @abstractmethod
    def refused(self, settings: S, given: G) -> Refusal | None:
        """Why no walk can be made; None where one can."""

    @abstractmethod
    def possible(self, settings: S, given: G) -> S:
        """Settings of which a walk can be made, in place of refused ones."""

    @abstractmethod
    def start_arrays(self, settings: S, given: G) -> Arrays:
        """What the walk starts from, by the trace's names."""

    @abstractmethod
    def walk(self) -> Trace:
        """The trace over the arrays on screen."""

    @abstractmethod
    def opening(self, trace: Trace) -> int:
        """The step at which the walk opens."""

    def kept_edits(self, settings: S, start: Arrays) -> Edits:
        """The edits that outlive a change to these settings: those of arrays that stay as they were."""
        return {ref: value for ref, value in self.edits.items() if stands(ref, self.unedited, start)}

    @property
    def editable(self) -> tuple[str, ...]:
        return tuple(self.arrays)

    @property
    def kept(self) -> dict[str, str]:
        """What the address holds besides settings and step, by parameter."""
        return self.address.kept(self.edits)

    @property
    def trace(self) -> Trace:
        """The walk; computed once."""
        if self._trace is None:
            self._trace = self.walk()
        return self._trace

    @property
    def start(self) -> int:
        """The step at which the walk opens; looked for once."""
        trace = self.trace
        if self._start is None:
            self._start = self.opening(trace)
        return self._start

    def follow(self, settings: S, given: G | None = None) -> None:
        """Take other settings or another input; None is the one before. Those that are refused change nothing."""
        given = self.given if given is None else given
        self.chosen, self.refusal = settings, self.refused(settings, given)
        if self.refusal:
            return
        self.accepted = True
        if settings != self.settings or not _alike(given, self.given):
            self.adopt(settings, given)

    def adopt(self, settings: S, given: G) -> None:
        """Walk with other settings or another input, of which a walk can be made."""
        self.restart(settings, given)

    def restart(self, settings: S, given: G, edits: Edits | None = None) -> None:
        """Walk from what these give, with edits on top where they fit; None are those that outlive the change."""
        start = self.start_arrays(settings, given)
        kept = self.kept_edits(settings, start) if edits is None else _fitting(edits, start)
        self.settings, self.given, self.unedited = settings, given, start
        self._before: list[Callable[[], None]] = []
        self.begin(dict(kept))

    def begin(self, edits: dict[Ref, float]) -> None:
        """Lay these edits on the start."""
        self.edits = edits
        self.show(with_edits(self.unedited, edits))

    def edit(self, ref: Ref, value: float) -> None:
        """Change one number of the walk on screen."""
        self.change({ref: value})

    def change(self, values: Edits) -> None:
        """Change numbers; those that the walk does not have are passed over."""
        self.remember()
        self.begin(self.edits | _fitting(values, self.unedited))

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def remember(self) -> None:
        """Have `undo` come back to here."""
        self._before = [*self._before[-MAX_UNDONE:], self.way_back()]

    def undo(self) -> None:
        """Take the last change back."""
        if self._before:
            self._before.pop()()

    def way_back(self) -> Callable[[], None]:
        """What brings the lesson back to where it is now."""
        return partial(self.begin, self.edits)

    def forget_edits(self) -> None:
        """Back to the numbers that settings and input give."""
        self.restart(self.settings, self.given, {})

    def show(self, arrays: Arrays) -> None:
        """Walk over these arrays from now on."""
        self.arrays = arrays
        self._trace = self._start = None

    def play(self, key: str, iterations: Iterations | None = None) -> None:
        """The figure, with its formula and its controls."""
        player(
            self.trace,
            key=key,
            start=self.start,
            editable=self.editable,
            iterations=iterations,
            kept=self.kept,
            on_edit=self.edit,
            on_iterate=self.iterate,
        )

    def iterate(self, action: Action) -> None:
        """What is asked for beside the losses; only a lesson that iterates hands them to the player."""

    @classmethod
    def current(cls) -> Self | None:
        """The lesson that this session has open; None before the first."""
        lesson: Self | None = st.session_state.get(cls._key())
        return lesson

    @classmethod
    def from_link(cls, settings: S, given: G) -> Self:
        """A new lesson, with what the address brings."""
        return cls(settings, given, cls.address.linked_edits())

    @classmethod
    def open(cls, settings: S, given: G) -> Self:
        """The lesson that this session has open, with these settings and input; its edits are in the address."""
        lesson = cls.current()
        if lesson is None:
            lesson = cls.from_link(settings, given)
            lesson.stay_open()
        elif lesson.settings != settings:
            cls.address.put_notice_away()
        lesson.follow(settings, given)
        cls.address.keep(lesson.kept)
        return lesson

    @classmethod
    def check_link(cls) -> None:
        """Before anything is drawn: take out of the address what is broken; a link with settings starts anew."""
        cls.address.check(cls.close)

    def check_step(self) -> None:
        """Take a step that the walk does not have out of a link."""
        self.address.check_step(len(self.trace))

    def stay_open(self) -> None:
        """Be the lesson that this session has open."""
        st.session_state[self._key()] = self

    @classmethod
    def close(cls) -> None:
        """Forget the lesson: the next one starts from its settings alone."""
        st.session_state.pop(cls._key(), None)

    @classmethod
    def _key(cls) -> str:
        return f"{cls.address.lesson}_lesson"


def _fitting(edits: Edits, arrays: Arrays) -> dict[Ref, float]:
    return {ref: value for ref, value in edits.items() if fits(ref, arrays)}


def _alike(one: object, other: object) -> bool:
    return torch.equal(one, other) if isinstance(one, Tensor) and isinstance(other, Tensor) else one is other


_FROM, _TO = 0.6, 0.9
"""The stretch of the chapter that is searched: most of it is computed by then, and something is left to do."""


def opening_step(trace: Trace, chapter: str) -> int:
    """The step of the largest number in the later part of a chapter, or of the last one where there is no such."""
    part = next((each for each in trace.chapters if each.title == chapter), trace.chapters[-1])
    length = part.stop - part.start
    first = part.start + int(_FROM * length)
    numbers = range(first, max(first + 1, part.start + int(_TO * length)))
    return 1 + max(numbers, key=lambda number: abs(float(trace.value(trace.steps[number].target))))
