"""What one visitor has in front of them: settings, the sequence, the weights, and the numbers changed by hand."""

from __future__ import annotations

from dataclasses import replace

import torch

from visualizer.engine import Ref, Trace
from visualizer.engine.sequences.model import SequenceModel
from visualizer.lessons.recurrent.sequence.sequences import Sequence
from visualizer.lessons.recurrent.settings import LONGEST_SEQUENCE, NO_OUTPUT, OWN, SETTINGS, RecurrentSettings
from visualizer.lessons.recurrent.walk import read_and_model, start_arrays, trace_of
from visualizer.lessons.recurrent.weights.own import OwnNet
from visualizer.ui.edits import Arrays, EditedNumbers, Edits, stands
from visualizer.ui.refusal import Refusal, sentence

_WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
_READOUT = ("weight_out", "bias_out")


class Lesson:
    """The state of the lesson in one session.

    `start_arrays` works the numbers out from the settings alone; on top lie the numbers that the visitor changed by
    hand. An edit stays for as long as the array that it was made on does.
    """

    def __init__(self, settings: RecurrentSettings, edits: Edits | None = None) -> None:
        self.own: OwnNet | None = None
        self.refusal = self._refused(settings)
        self.settings = SETTINGS.of() if self.refusal else settings
        self.sequence, start = start_arrays(self.settings)
        self.numbers = EditedNumbers(start, edits)
        self._walked: Arrays | None = None
        self.looks_into = False
        self._stale = False

    @property
    def trace(self) -> Trace:
        """The walk; computed once."""
        if self._walked is not self.numbers.arrays:
            self.looks_into = False
            self._trace = trace_of(self.settings, self.sequence, self.numbers.arrays)
            self._walked = self.numbers.arrays
        return self._trace

    @property
    def model(self) -> SequenceModel:
        """The weights on screen, those changed by hand among them."""
        arrays = self.numbers.arrays
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
        return tuple(name for name in self.numbers.arrays if name not in unused)

    def follow(self, settings: RecurrentSettings) -> None:
        """Take other settings. Those of which no walk can be made change nothing."""
        self.refusal = self._refused(settings)
        if self.refusal or (settings == self.settings and not self._stale):
            return
        self._stale = False
        self._begin(settings)

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
        if self.settings.weights == OWN:
            self._stale = True

    def look_into(self, trace: Trace) -> None:
        """Show the walk of one unit of a larger net, until the settings change or a number is changed."""
        self._trace, self._walked = trace, self.numbers.arrays
        self.looks_into = True

    def edit(self, ref: Ref, value: float) -> None:
        """Change one number of the walk on screen."""
        self.numbers.change({ref: value})

    def _begin(self, settings: RecurrentSettings) -> None:
        before = self.numbers.start
        self.sequence, start = start_arrays(settings, self.own)
        kept = {ref: value for ref, value in self.numbers.edits.items() if stands(ref, before, start)}
        self.settings = settings
        self.numbers.restart(start, kept)
        self._walked = None

    def _refused(self, settings: RecurrentSettings) -> Refusal | None:
        try:
            start_arrays(settings, self.own)
        except ValueError as error:
            return Refusal("sequence", sentence(str(error)))
        return None
