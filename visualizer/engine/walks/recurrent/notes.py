"""What the steps of an RNN or LSTM mean: titles and notes. Many steps share a note."""

from __future__ import annotations

from collections.abc import Mapping

from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.walks.recurrent.layer import GATES, Recurrent

GATE_NAMES = {"i": "input gate", "f": "forget gate", "g": "candidate", "o": "output gate"}

# ---- forward -----------------------------------------------------------------------------------------------------

RNN_STATE = (
    "The activation of the sum is the new hidden state: what the net remembers of everything it has seen so far."
)
GATES_OPENED = {
    "i": "σ of the sum, between 0 and 1: the fraction of the candidate that is written into the cell.",
    "f": "σ of the sum, between 0 and 1: the fraction of the old cell state that is kept. At 1 nothing is forgotten.",
    "g": "tanh of the sum, between −1 and 1: what this step could write into the cell. The input gate decides how much "
    "of it is written.",
    "o": "σ of the sum, between 0 and 1: the fraction of the squashed cell state that is output.",
}
CELL = (
    "The old cell state times the forget gate, plus the candidate times the input gate. No weight and no tanh lies on "
    "this path, which is why the cell can keep a value for many steps."
)
TANH_CELL = "tanh squashes the cell state into the range from −1 to 1. The result is cached for the backward pass."
LSTM_STATE = "The squashed cell state times the output gate: what the next time step and the layer above receive."
# By: does the output layer have biases?
OUTPUT = {
    False: "Each hidden unit's output is multiplied by its weight, and the products are added. The output layer uses "
    "the same weights at every time step.",
    True: "Each hidden unit's output is multiplied by its weight, and the products and the bias are added. The output "
    "layer uses the same weights at every time step.",
}
# By the number of biases.
_SUM = (
    "The input times its weights w, plus the {before} times its weights u. The weights are the same at every time "
    "step.",
    "The input times its weights w, plus the {before} times its weights u, plus the bias. The weights are the same at "
    "every time step.",
    "The input times its weights w, plus the {before} times its weights u, plus both biases. The weights are the same "
    "at every time step.",
)

# ---- loss --------------------------------------------------------------------------------------------------------

SQUARED = (
    "Target minus output, squared and halved, added up over the outputs. Twice the error costs four times as much."
)
LOSS = "The losses of all time steps, added up and not averaged. Training tries to make this number small."

# ---- backward ----------------------------------------------------------------------------------------------------

GRAD_Z_SOFTMAX = "The derivatives of softmax and logarithm cancel: the cached probability minus the target remains."
GRAD_Z_SQUARED = "The chain rule starts here: the derivative of ½(y − z)² is z − y, the cached output minus its target."
GRAD_ABOVE = (
    "Each output depends on this hidden state through a weight. Each path contributes ∂ℓ/∂z times that weight, and the "
    "paths add up."
)
NOTHING = "Neither the layer above nor a later step depends on this hidden state, so no gradient enters here."
FROM_ABOVE = "At this time step the gradient reaches the hidden state only from above: none comes from later steps."
FROM_LATER = (
    "Only later steps depend on this state: each sum of the next step contributes its ∂ℓ/∂a times the weight u between "
    "them."
)
FROM_BOTH = (
    "The gradient arrives from above at this step and from the next step, whose sums each contribute ∂ℓ/∂a times the "
    "weight u between them."
)
VANISHING = (
    "Step after step, the backward pass multiplies by the same weights and by tanh′: many factors below 1 vanish."
)
EXPLODING = (
    "Step after step, the backward pass multiplies by the same weights: it vanishes if u is small and explodes if u is "
    "large."
)
BESIDE_CELL = "In an LSTM this is the secondary path; the main path is the cell state."
THROUGH_TANH = (
    "The next factor is tanh′, 1 − h² with the cached h: at most 1, close to 0 when saturated. This factor and a "
    "weight lie between any two time steps, so over many steps a gradient vanishes."
)
THROUGH_RELU = (
    "The next factor is the derivative of ReLU: 1 where the cached sum is positive, otherwise 0. A unit that is off "
    "passes no gradient back through time."
)
CELL_FROM_STATE = (
    "The cell state affects the loss through h of the same time step. The factors are the output gate and tanh′, "
    "1 − tanh² c, from the cached values."
)
CELL_GIVEN = (
    "The part through h is the output gate times tanh′, from the cached values. The gradient given for the last cell "
    "state is added."
)
CELL_FROM_LATER = (
    "The gradient arrives on two paths: through h, with the factors o and tanh′, and along the cell state from the "
    "next step. The only factor there is the forget gate; in an RNN it would be a weight and tanh′, which make "
    "gradients vanish when repeated."
)
GATE_GRADIENTS = {
    "o": "In h the output gate is multiplied by the squashed cell state, so that cached value is the factor.",
    "f": "In c the forget gate is multiplied by the old cell state, so that cached value is the factor.",
    "i": "In c the input gate is multiplied by the candidate, so that cached value is the factor.",
    "g": "In c the candidate is multiplied by the input gate, so the gate is the factor: a closed gate lets no "
    "gradient through.",
}
# By: is it the candidate?
SLOPES = {
    True: "The next factor is the derivative of tanh, 1 − g² with the cached g: at most 1, close to 0 when saturated.",
    False: "The next factor is the derivative of σ, gate · (1 − gate): at most ¼, close to 0 when the gate is fully "
    "open or closed.",
}
GRAD_X = (
    "This input affects every sum of its time step. Each path contributes ∂ℓ/∂a times the weight w, and the paths add "
    "up."
)
GRAD_H0 = (
    "The initial state affects the sums of the first time step only. Each contributes its ∂ℓ/∂a times the weight u, "
    "and they add up."
)
GRAD_C0 = (
    "Only the first forget gate lies between the initial and the first cell state: it multiplies the gradient of the "
    "first cell state."
)

# ---- weights -----------------------------------------------------------------------------------------------------

GRAD_WEIGHT_IH = (
    "The same weight is used at every time step, so its gradient is a sum over all of them, from the last to the "
    "first: ∂ℓ/∂a times the input that the weight multiplied."
)
GRAD_WEIGHT_HH = (
    "The same weight is used at every time step, so its gradient is a sum over all of them, from the last to the "
    "first: ∂ℓ/∂a times the hidden state of the previous step, which the weight multiplied."
)
GRAD_BIAS = "A bias is a weight on a constant input of 1: its gradient is ∂ℓ/∂a, added up over all time steps."
GRAD_WEIGHT_OUT = "∂ℓ/∂z times the hidden state that the weight multiplied, added up over the steps with an output."
GRAD_BIAS_OUT = "The bias is added at each step with an output: its gradient is ∂ℓ/∂z, added up over these steps."
_TRUNCATED = "Back-propagation through time is truncated here."


class Wording:
    """Titles, and notes that depend on more than the step's kind. Time steps and units count from 0 here."""

    def __init__(self, layer: Recurrent, symbols: Mapping[str, Symbol]) -> None:
        self.layer = layer
        self.symbols = symbols
        self._units = ["" if layer.units == 1 else f" of unit {unit + 1}" for unit in range(layer.units)]
        self._biases = sum(bias is not None for bias in (layer.bias_ih, layer.bias_hh))

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
        return _SUM[self._biases].format(before="previous hidden state" if t else "initial hidden state")

    def title_of_state(self, t: int, unit: int) -> str:
        who = "the unit" if self.layer.units == 1 else f"unit {unit + 1}"
        return f"What does {who} output at {self.at(t)}?"

    def title_of_cell(self, t: int, unit: int) -> str:
        return f"What does the cell{self._units[unit]} remember after {self.at(t)}?"

    def title_of_gate(self, gate: str, t: int, unit: int) -> str:
        if gate == "f":
            old = self.write("c", t - 1, unit) if t else self.write("c0", unit)
            return f"How much of the old cell state {old} is kept?"
        if gate == "g":
            return f"What could be written into the cell{self._units[unit]} at {self.at(t)}?"
        if gate == "i":
            return f"How much of the candidate {self.write('g', t, unit)} is written into the cell?"
        return f"How much of the cell state {self.write('c', t, unit)} is output?"

    # ---- backward ------------------------------------------------------------------------------------------------

    def title_of_grad_h(self, t: int, unit: int) -> str:
        state = self.write("h", t, unit)
        if not self.layer.reached_from_later(t):
            return f"How much does the loss change with the hidden state {state}?"
        if self.layer.row_above(t) is None:
            return f"What gradient reaches the hidden state {state} from later steps?"
        return f"What gradient reaches {state} from above and from later steps?"

    def note_of_grad_h(self, t: int) -> str:
        above, later = self.layer.row_above(t) is not None, self.layer.reached_from_later(t)
        if not later:
            return self._truncated(t, FROM_ABOVE if above else NOTHING)
        reason = VANISHING if self.layer.activation.name == "tanh" else EXPLODING
        return f"{FROM_BOTH if above else FROM_LATER} {BESIDE_CELL if self.layer.kind == 'lstm' else reason}"

    def title_of_grad_c(self, t: int, unit: int) -> str:
        state = f"the cell state {self.write('c', t, unit)}"
        if self.layer.reached_from_later(t):
            return f"What gradient reaches {state} from later steps?"
        return f"How much does the loss change with {state}?"

    def note_of_grad_c(self, t: int) -> str:
        if self.layer.reached_from_later(t):
            return CELL_FROM_LATER
        if t == self.layer.length - 1 and self.layer.grad_c is not None:
            return CELL_GIVEN
        return self._truncated(t, CELL_FROM_STATE)

    def _truncated(self, t: int, note: str) -> str:
        return f"{note} {_TRUNCATED}" if t < self.layer.length - 1 and self.layer.cut_after(t) else note
