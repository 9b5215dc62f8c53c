"""What the steps of an RNN or LSTM mean, in plain language: titles and notes. Many steps share a note."""

from __future__ import annotations

from collections.abc import Mapping

from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.walks.recurrent.layer import GATES, Recurrent

GATE_NAMES = {"i": "input gate", "f": "forget gate", "g": "candidate", "o": "output gate"}

# ---- forward -----------------------------------------------------------------------------------------------------

RNN_STATE = "The sum through the activation is the new hidden state: what the net remembers of all it has seen so far."
GATES_OPENED = {
    "i": "σ of the sum, from 0 to 1: the share of the candidate that is let into the cell.",
    "f": "σ of the sum, from 0 to 1: the share of the old cell state that is kept. At 1 nothing is forgotten.",
    "g": "tanh of the sum, from −1 to 1: what this step could write into the cell. The input gate decides how much.",
    "o": "σ of the sum, from 0 to 1: the share of the cell state that shows outside.",
}
CELL = (
    "The old cell state times the forget gate, plus the candidate times the input gate. No weight and no tanh lies on "
    "this line, which is why the cell can hold something for many steps."
)
TANH_CELL = (
    "tanh squashes the cell state into the range from −1 to 1 before it is shown. It is cached for the way back."
)
LSTM_STATE = "The squashed cell state times the output gate: what the next time step, and what lies above, get to see."
OUTPUT = "The hidden state read out: each unit times its weight, added up. The same weights read every time step."

# ---- loss --------------------------------------------------------------------------------------------------------

SQUARED = "Target minus output, squared and halved, for each output: twice as far off costs four times as much."
LOSS = "The time steps' losses, added up and not averaged. Learning tries to make this one number small."

# ---- backward ----------------------------------------------------------------------------------------------------

GRAD_Z_SOFTMAX = "Softmax and logarithm cancel: what is left of both slopes is the cached probability minus the target."
GRAD_Z_SQUARED = "The chain rule starts here: the slope of ½(y − z)² is z − y, the cached output minus its target."
GRAD_ABOVE = (
    "Each output depends on this hidden state by a weight. Each path gives ∂ℓ/∂z times that weight; they add up."
)
NOTHING = "Nothing comes from above and nothing from later: at this time step no gradient enters by the hidden state."
FROM_ABOVE = "At this time step the hidden state reaches the loss only from above: nothing comes back from later steps."
FROM_LATER = "Only later steps need this state: each sum of the next step gives its ∂ℓ/∂a times the weight u between. "
FROM_BOTH = (
    "Two ways lead back: from above at this step, and from the next step, whose sums each give ∂ℓ/∂a times the weight "
    "u between. "
)
VANISHING = "Step after step, the way back multiplies by the same weights and by tanh′: many factors below 1 vanish."
EXPLODING = (
    "Step after step, the way back multiplies by the same weights: it vanishes or explodes, as u is small or large."
)
BESIDE_CELL = "In an LSTM this is the side road; the cell state is the main one."
THROUGH_TANH = (
    "The next factor is tanh′, 1 − h² with the cached h: at most 1, near 0 if saturated. This and a weight stand "
    "between any two time steps, so over many steps a gradient vanishes."
)
THROUGH_RELU = (
    "The next factor is the slope of ReLU: 1 where the cached sum is positive, else 0. A unit that is off passes "
    "nothing back through time."
)
CELL_FROM_STATE = (
    "The cell state reaches the loss through h of the same time step. The factors are the output gate and tanh′, "
    "1 − tanh² c, from the cached values."
)
CELL_GIVEN = "Through h: the output gate times tanh′, from the cached values. And from outside, as given."
CELL_FROM_LATER = (
    "Two ways lead back: through h, by o and tanh′, and along the cell line from the next step. There only the forget "
    "gate stands between; in an RNN a weight and tanh′ would, and repeated, they make gradients vanish."
)
GATE_GRADIENTS = {
    "o": "In h the output gate is multiplied with the squashed cell state: that cached value is the factor.",
    "f": "In c the forget gate is multiplied with the old cell state: that cached value is the factor.",
    "i": "In c the input gate is multiplied with the candidate: that cached value is the factor.",
    "g": "In c the candidate is multiplied with the input gate. A closed gate lets no gradient through either.",
}
SLOPES = {
    True: "The next factor is the slope of tanh, 1 − g² with the cached g: at most 1, near 0 if saturated.",
    False: "The next factor is the slope of σ, gate · (1 − gate): at most ¼, near 0 when the gate is open or shut.",
}
GRAD_X = "This input acts through every sum of its time step. Each path gives ∂ℓ/∂a times the weight w; they add up."
GRAD_H0 = (
    "The initial state acts through the sums of the first time step only: each ∂ℓ/∂a times the weight u, added up."
)
GRAD_C0 = (
    "Along the cell line only the first forget gate stands between: the gradient of the first cell state times it."
)

# ---- weights -----------------------------------------------------------------------------------------------------

_SHARED = "One weight serves at every time step, so its gradient adds up over all of them, from the last to the first"
GRAD_WEIGHT_IH = f"{_SHARED}: ∂ℓ/∂a times the input that it was multiplied with then."
GRAD_WEIGHT_HH = f"{_SHARED}: ∂ℓ/∂a times the hidden state that it was multiplied with, from the step before."
GRAD_BIAS = "A bias is a weight on an input that is always 1: its gradient is ∂ℓ/∂a, added up over all time steps."
GRAD_WEIGHT_OUT = (
    "∂ℓ/∂z times the hidden state that the weight was multiplied with, added up over the steps with an output."
)
GRAD_BIAS_OUT = "The output's bias is added at each step with an output: its gradient is ∂ℓ/∂z, added up over them."


class Wording:
    """Titles, and notes that depend on more than the step's kind. Time steps and units count from 0 here."""

    def __init__(self, layer: Recurrent, symbols: Mapping[str, Symbol]) -> None:
        self.layer = layer
        self.symbols = symbols
        self._units = ["" if layer.units == 1 else f" of unit {unit + 1}" for unit in range(layer.units)]
        biases = sum(bias is not None for bias in (layer.bias_ih, layer.bias_hh))
        self._biases = ("", ", with the bias on top", ", with both biases on top")[biases]

    def at(self, t: int) -> str:
        """A time step's name."""
        return f"t = {t + 1}"

    def write(self, name: str, *index: int) -> str:
        return self.symbols[name].text(index)

    def gradient(self, name: str, *index: int, what: str = "") -> str:
        return f"How much does the loss change with {what}{self.write(name, *index)}?"

    # ---- units and what they do ----------------------------------------------------------------------------------

    def row(self, row: int) -> str:
        """A row of the weights, for longer strides: "unit 2", or "forget gate of unit 2"."""
        gate, unit = divmod(row, self.layer.units)
        if self.layer.kind == "rnn":
            return f"unit {unit + 1}"
        return f"{GATE_NAMES[GATES[gate]]}{self._units[unit]}"

    def title_of_sum(self, t: int, row: int) -> str:
        gate, unit = divmod(row, self.layer.units)
        if self.layer.kind == "lstm":
            return f"What goes into the {GATE_NAMES[GATES[gate]]}{self._units[unit]} at {self.at(t)}?"
        who = "the hidden unit" if self.layer.units == 1 else f"hidden unit {unit + 1}"
        return f"What goes into {who} at {self.at(t)}?"

    def note_of_sum(self, t: int) -> str:
        before = "hidden state of the step before" if t else "initial hidden state"
        return (
            f"The input times its weights w, plus the {before} times its weights u{self._biases}. "
            f"The weights are the same at every time step."
        )

    def title_of_state(self, t: int, unit: int) -> str:
        who = "the unit" if self.layer.units == 1 else f"unit {unit + 1}"
        return f"What does {who} hand on at {self.at(t)}?"

    def title_of_cell(self, t: int, unit: int) -> str:
        return f"What does the cell{self._units[unit]} remember after {self.at(t)}?"

    def title_of_gate(self, gate: str, t: int, unit: int) -> str:
        if gate == "f":
            old = self.write("c", t - 1, unit) if t else self.write("c0", unit)
            return f"How much of the old cell state {old} is kept?"
        if gate == "g":
            return f"What could the cell{self._units[unit]} take up at {self.at(t)}?"
        if gate == "i":
            return f"How much of the candidate {self.write('g', t, unit)} is let in?"
        return f"How much of the cell state {self.write('c', t, unit)} is shown?"

    # ---- the way back --------------------------------------------------------------------------------------------

    def title_of_grad_h(self, t: int, unit: int) -> str:
        state = f"the hidden state {self.write('h', t, unit)}"
        if not self.layer.reached_from_later(t):
            return f"How much does the loss change with {state}?"
        above = "from above and from later" if self.layer.row_above(t) is not None else "from later"
        return f"What reaches {state} {above}?"

    def note_of_grad_h(self, t: int) -> str:
        above, later = self.layer.row_above(t) is not None, self.layer.reached_from_later(t)
        if not later:
            return f"{FROM_ABOVE if above else NOTHING}{self._cut(t)}"
        reason = VANISHING if self.layer.activation.name == "tanh" else EXPLODING
        return (FROM_BOTH if above else FROM_LATER) + (BESIDE_CELL if self.layer.kind == "lstm" else reason)

    def title_of_grad_c(self, t: int, unit: int) -> str:
        state = f"the cell state {self.write('c', t, unit)}"
        later = self.layer.reached_from_later(t)
        return f"What reaches {state} from later?" if later else f"How much does the loss change with {state}?"

    def note_of_grad_c(self, t: int) -> str:
        if self.layer.reached_from_later(t):
            return CELL_FROM_LATER
        if t == self.layer.length - 1 and self.layer.grad_c is not None:
            return CELL_GIVEN
        return f"{CELL_FROM_STATE}{self._cut(t)}"

    def _cut(self, t: int) -> str:
        return " The way through time is cut here." if t < self.layer.length - 1 and self.layer.cut_after(t) else ""
