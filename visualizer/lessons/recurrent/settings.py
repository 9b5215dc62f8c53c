"""One choice of everything that the lesson lets one choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from visualizer.lessons.recurrent.train.settings import TEMPERATURE, TRAIN_SETTINGS
from visualizer.lessons.recurrent.view_settings import FLOW_SETTINGS, VIEW_SETTINGS
from visualizer.ui.address import Address
from visualizer.ui.declared import Declared
from visualizer.ui.edits import LinkedEdits
from visualizer.ui.number_settings import Integer, Number
from visualizer.ui.settings import Choice, Text

RNN, LSTM = "rnn", "lstm"
RANDOM, OWN = "random", "own"
SYMBOLS, WORDS, NUMBERS, VECTORS = "characters", "words", "numbers", "vectors"
ONE_BIAS, TWO_BIASES = "one", "two"
EVERY, LAST, NO_OUTPUT = "every", "last", "none"
MAX_STEPS, MAX_UNITS, MAX_INPUTS = 12, 4, 8
"""What is shown number by number: more would not be read by anyone."""
LONGEST_SEQUENCE, MAX_MAPPED_UNITS, MAX_MAPPED_INPUTS = 100, 64, 64
"""What is shown as maps."""
WALK, FLOW, IMPORTANCE, MAPS, TRAIN, EXPLORE = "walk", "flow", "importance", "maps", "train", "explore"

VIEW = Choice(
    "recurrent_view",
    "View",
    "Number by number, or what the numbers come to over many time steps.",
    {
        WALK: "Walk",
        FLOW: "Gradient flow",
        IMPORTANCE: "What matters",
        MAPS: "Maps",
        TRAIN: "Train",
        EXPLORE: "Explore",
    },
    buttons=True,
    default=WALK,
)


@dataclass(frozen=True, kw_only=True)
class RecurrentSettings:
    """What the walk depends on."""

    cell: Annotated[
        str,
        Choice(
            "cell",
            "Cell",
            "The same input through a plain recurrent cell or through one with gates.",
            {RNN: "RNN", LSTM: "LSTM"},
            buttons=True,
        ),
    ] = LSTM
    weights: Annotated[
        str,
        Choice(
            "recurrent_weights",
            "Weights",
            "Drawn with a seed, set by hand for one task, or trained.",
            {
                RANDOM: "random",
                "bit": "by hand: keeps one bit",
                "counter": "by hand: counts brackets",
                "echo": "by hand: echo with a delay",
                "remember": "trained: remember the first",
                "brackets": "trained: count brackets",
                "adding": "trained: add two numbers",
                "characters": "trained: next character",
                "own": "own: uploaded or trained here",
            },
        ),
    ] = RANDOM
    sequence_of: Annotated[
        str,
        Choice(
            "sequence_of",
            "Sequence of",
            "Characters and words become one-hot vectors: a 1 for the symbol, 0 for all others. Vectors of your own "
            "are typed or pasted under Numbers.",
            {SYMBOLS: "characters", WORDS: "words", NUMBERS: "numbers", VECTORS: "vectors"},
            buttons=True,
        ),
    ] = SYMBOLS
    text: Annotated[
        str,
        Text(
            "text",
            "Text",
            f"A character a time step, at most {MAX_STEPS}. With an output, one more that is only to be predicted.",
            100,
        ),
    ] = "abbab"
    series: Annotated[
        str,
        Text(
            "series",
            "Numbers",
            f"A number a time step, at most {MAX_STEPS}. With an output, one more that is only to be predicted.",
            900,
        ),
    ] = "0.5, -0.3, 0.8, 0.1, 0.6"
    steps: Annotated[int, Integer("input_steps", "Time steps T", "How many vectors are read.", 1, MAX_STEPS)] = 3
    inputs: Annotated[
        int, Integer("input_size", "Numbers in each vector", "How many inputs there are at a time step.", 1, MAX_INPUTS)
    ] = 2
    units: Annotated[
        int,
        Integer(
            "units",
            "Units",
            f"How many numbers the hidden state has: up to {MAX_UNITS} number by number, up to {MAX_MAPPED_UNITS} as "
            "maps.",
            1,
            MAX_MAPPED_UNITS,
        ),
    ] = 2
    scale: Annotated[
        float,
        Number(
            "weight_scale",
            "Size of the weights",
            "Random weights are drawn from minus this to this.",
            minimum=0.1,
            maximum=3.0,
            step=0.1,
        ),
    ] = 1.0
    seed: Annotated[int, Integer("recurrent_seed", "Seed", "The same seed draws the same weights again.", 0, 9999)] = 0
    forget_bias: Annotated[
        float,
        Number(
            "forget_bias",
            "Forget-gate bias",
            "Added to the forget gate's sum: the larger, the more of the cell state is kept from step to step.",
            minimum=-5.0,
            maximum=5.0,
            step=0.5,
        ),
    ] = 1.0
    readout: Annotated[
        str,
        Choice(
            "readout",
            "Output and loss",
            "A linear layer on the hidden state, with a loss: the next symbol, or the next number.",
            {EVERY: "at every step", LAST: "at the last step", NO_OUTPUT: "none"},
            buttons=True,
        ),
    ] = EVERY
    truncate_after: Annotated[
        str,
        Choice(
            "truncate",
            "Gradient through time",
            "Truncated back-propagation through time: after this many time steps the gradient is cut off.",
            {"0": "never cut", "1": "cut after every step"}
            | {str(steps): f"cut after every {steps} steps" for steps in range(2, MAX_STEPS + 1)},
        ),
    ] = "0"
    biases: Annotated[
        str,
        Choice(
            "biases",
            "Biases",
            "PyTorch adds two biases to each sum, bias_ih (b) and bias_hh (b′). Their sum is all that counts, so "
            "textbooks have one.",
            {TWO_BIASES: "two, as PyTorch", ONE_BIAS: "one"},
            buttons=True,
        ),
    ] = TWO_BIASES

    @property
    def truncate(self) -> int:
        """After how many time steps the gradient is cut; 0 for never."""
        return int(self.truncate_after)

    @property
    def is_lstm(self) -> bool:
        return self.cell == LSTM


SETTINGS = Declared(RecurrentSettings)
_TRAIN = (*TRAIN_SETTINGS, TEMPERATURE)
_LETTERS = {
    "x": "x",
    "i": "weight_ih",
    "h": "weight_hh",
    "j": "bias_ih",
    "k": "bias_hh",
    "o": "weight_out",
    "q": "bias_out",
    "r": "h0",
    "c": "c0",
    "u": "grad_h_above",
    "v": "grad_c_given",
}
ADDRESS = Address(
    "recurrent", (VIEW, *SETTINGS, *FLOW_SETTINGS, *VIEW_SETTINGS, *_TRAIN), LinkedEdits("recurrent_numbers", _LETTERS)
)
