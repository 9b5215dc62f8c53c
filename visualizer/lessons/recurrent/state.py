"""What one visitor has in front of them: settings, the sequence, the weights, and the numbers changed by hand."""

from __future__ import annotations

from dataclasses import replace

import torch

from visualizer.engine import Trace
from visualizer.engine.sequences.model import SequenceModel
from visualizer.lessons.recurrent.sequence.sequences import Sequence
from visualizer.lessons.recurrent.settings import (
    ADDRESS,
    LONGEST_SEQUENCE,
    MAX_STEPS,
    NO_OUTPUT,
    OWN,
    SETTINGS,
    RecurrentSettings,
)
from visualizer.lessons.recurrent.walk import cell_step, gradient_step, read_and_model, start_arrays, trace_of
from visualizer.lessons.recurrent.weights.weight_set import OwnNet
from visualizer.ui.edits import Arrays, Edits
from visualizer.ui.refusal import Refusal, sentence
from visualizer.ui.walk_lesson import WalkLesson

_WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
_READOUT = ("weight_out", "bias_out")


class RecurrentLesson(WalkLesson[RecurrentSettings, OwnNet | None]):
    """Given are the weights of the visitor's own that the walk takes; `own` are those at hand."""

    address = ADDRESS
    _into: Trace | None = None

    def __init__(self, settings: RecurrentSettings, own: OwnNet | None = None, edits: Edits | None = None) -> None:
        self.own = own
        super().__init__(settings, own, edits)

    def refused(self, settings: RecurrentSettings, own: OwnNet | None) -> Refusal | None:
        try:
            start_arrays(settings, own)
        except ValueError as error:
            return Refusal("sequence", sentence(str(error)))
        return None

    def possible(self, settings: RecurrentSettings, own: OwnNet | None) -> RecurrentSettings:
        return SETTINGS.of()

    def start_arrays(self, settings: RecurrentSettings, own: OwnNet | None) -> Arrays:
        return start_arrays(settings, own)[1]

    def walk(self) -> Trace:
        return trace_of(self.settings, self.sequence, self.arrays)

    def opening(self, trace: Trace) -> int:
        return cell_step(trace) if self.looks_into else gradient_step(trace)

    @property
    def sequence(self) -> Sequence:
        """What the walk's net reads."""
        return read_and_model(self.settings, MAX_STEPS, self.given)[0]

    @property
    def model(self) -> SequenceModel:
        """The weights on screen, those changed by hand among them."""
        arrays = self.arrays
        named = {name: arrays[name] for name in (*_WEIGHTS, *_READOUT) if name in arrays}
        no_bias = {} if "bias_hh" in named else {"bias_hh": torch.zeros_like(named["bias_ih"])}
        return SequenceModel(kind="lstm" if self.settings.is_lstm else "rnn", **named, **no_bias)

    def over_more(self, settings: RecurrentSettings) -> tuple[Sequence, SequenceModel]:
        """The sequence and the weights where more time steps and units than a walk's are looked at.

        Numbers changed by hand count as long as the walk has the same weights. Raises: ValueError in words.
        """
        sequence, model = read_and_model(settings, LONGEST_SEQUENCE, self.own)
        same = settings == self.settings and sequence.vocabulary == self.sequence.vocabulary
        return sequence, self.model if same else model

    @property
    def editable(self) -> tuple[str, ...]:
        if self.looks_into:
            return ()
        unused = _READOUT if self.settings.readout == NO_OUTPUT else ()
        return tuple(name for name in self.arrays if name not in unused)

    def follow(self, settings: RecurrentSettings, own: OwnNet | None = None) -> None:
        super().follow(settings, own or (self.own if settings.weights == OWN else None))

    def resize(self, *, steps: int | None = None, inputs: int | None = None, units: int | None = None) -> None:
        """Take other numbers of time steps, inputs or units; None stays as it is. Raises: ValueError in words."""
        now = self.settings
        steps, inputs, units = steps or now.steps, inputs or now.inputs, units or now.units
        self.follow(replace(now, steps=steps, inputs=inputs, units=units))
        if self.refusal:
            raise ValueError(self.refusal.words)

    def take(self, own: OwnNet) -> None:
        """Have weights at hand that the visitor brought or has just trained."""
        self.own = own

    @property
    def looks_into(self) -> bool:
        """Whether the walk is that of one unit of a larger net."""
        return self._into is not None and self._into is self._trace

    def look_into(self, trace: Trace) -> None:
        """Show the walk of one unit of a larger net, until the settings change or a number is changed."""
        self.show(self.arrays)
        self._into = self._trace = trace
