"""One choice of everything that the lesson lets one choose."""

from __future__ import annotations

from dataclasses import dataclass

RNN, LSTM = "rnn", "lstm"
RANDOM, OWN = "random", "own"
SYMBOLS, WORDS, NUMBERS, VECTORS = "characters", "words", "numbers", "vectors"
ONE_BIAS, TWO_BIASES = "one", "two"
EVERY, LAST, NO_OUTPUT = "every", "last", "none"
MOST_STEPS, MOST_UNITS, MOST_INPUTS = 12, 4, 8
"""What is shown number by number: more would not be read by anyone."""
LONGEST_SEQUENCE, MOST_MAPPED_UNITS, MOST_MAPPED_INPUTS = 100, 64, 64
"""What is shown as maps."""


@dataclass(frozen=True)
class RecurrentSettings:
    """The fields are those of the table."""

    cell: str
    weights: str
    sequence_of: str
    text: str
    series: str
    steps: int
    inputs: int
    units: int
    scale: float
    seed: int
    forget_bias: float
    readout: str
    truncate: int
    """After how many time steps the gradient is cut; 0 for never."""
    biases: str

    @property
    def is_lstm(self) -> bool:
        return self.cell == LSTM
