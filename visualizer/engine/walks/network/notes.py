"""What the steps of a net mean, in plain language: names of layers and units, titles, notes, the summary."""

from __future__ import annotations

from collections.abc import Mapping

from visualizer.engine.trace.functions import Activation
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.walks.network.net import Net

_ALL = slice(None)
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

ERROR = "Target minus output: positive when the output is too low, negative when it is too high."


class Wording:
    """The words for one net. Units are counted from 0 here, and from 1 in the texts."""

    def __init__(self, net: Net, symbols: Mapping[str, Symbol]) -> None:
        self.net = net
        self.symbols = symbols
        units = [(layer, unit) for layer in range(1, net.depth + 1) for unit in range(net.units(layer))]
        # What is said again and again, worked out once: the sum and the output of each unit, and the notes on them.
        self.sums = {at: self.write(f"a{at[0]}", _ALL, at[1]) for at in units}
        self.outputs = {
            (layer, unit): self.write(net.output_of(layer), _ALL, unit)
            for layer in range(net.depth + 1)
            for unit in range(net.units(layer))
        }
        self.note_of_sum = {at: self._note_of_sum(*at) for at in units}
        self.note_of_grad_h = {at: self._note_of_grad_h(*at) for at in units if at[0] < net.depth}
        self.note_of_grad_a = {at: self._note_of_grad_a(*at) for at in units}

    def write(self, name: str, *index: int | slice) -> str:
        return self.symbols[name].text(index)

    # ---- names ----------------------------------------------------------------------------------------------------

    def layer(self, layer: int) -> str:
        if layer == self.net.depth:
            return "output layer"
        return "hidden layer" if self.net.depth == 2 else f"hidden layer {layer}"

    def weights(self, layer: int) -> str:
        if layer == self.net.depth:
            return "output weights"
        return "hidden weights" if self.net.depth == 2 else f"weights of hidden layer {layer}"

    def unit(self, layer: int, unit: int) -> str:
        if layer == self.net.depth:
            return "the output" if self.net.outputs == 1 else f"output {unit + 1}"
        if self.net.depth == 2:
            return f"hidden unit {unit + 1}"
        return f"unit {unit + 1} of hidden layer {layer}"

    def on(self, example: int) -> str:
        return f" on example {example + 1}" if self.net.examples > 1 else ""

    def stretch(self, layer: int, unit: int, example: int) -> str:
        """What a longer stride walks over: a unit, on one example."""
        name = self.unit(layer, unit)
        return f"{name}, example {example + 1}" if self.net.examples > 1 else name

    # ---- titles ---------------------------------------------------------------------------------------------------

    def title_of_output(self, layer: int, unit: int, example: int) -> str:
        if layer < self.net.depth:
            return f"What comes out of {self.unit(layer, unit)}{self.on(example)}?"
        if self.net.output_activation is None:
            return f"How likely does the net find class {unit + 1}{self.on(example)}?"
        where = f" at output {unit + 1}" if self.net.outputs > 1 else ""
        return f"What does the net answer{where}{self.on(example)}?"

    def title_of_gradient(self, name: str, *index: int) -> str:
        of_hidden = {"a1": "sum", "h1": "output"} if self.net.depth == 2 else {}
        what = f", the {of_hidden[name]} of {self.unit(1, index[1])}" if name in of_hidden else ""
        return f"How much does the loss change with {self.write(name, *index)}{what}?"

    # ---- notes ----------------------------------------------------------------------------------------------------

    def _note_of_sum(self, layer: int, unit: int) -> str:
        source = "input" if layer == 1 else "hidden output"
        bias = "" if self.net.biases is None else f", with the bias {self.write(f'b{layer}', unit)} on top"
        name = self.sums[layer, unit]
        if self.net.units(layer - 1) == 1:
            return f"The {source} times its weight{bias}. The result, {name}, is the unit's pre-activation."
        return (
            f"Each {source} times its weight, all added up{bias}. The result, {name}, is the unit's pre-activation: "
            f"the better the {source}s match the weights, the larger it is."
        )

    def note_of_output(self, layer: int, activation: Activation) -> str:
        kept = " The result is cached for the way back." if layer < self.net.depth else ""
        return f"{activation.effect}{kept}"

    def _note_of_grad_h(self, layer: int, unit: int) -> str:
        name = self.outputs[layer, unit]
        if self.net.units(layer + 1) == 1:
            above, weight = self.sums[layer + 1, 0], self.write(f"W{layer + 1}", 0, unit)
            return (
                f"{name} reaches the loss only through {above}, where it is multiplied by {weight}. "
                f"So the chain rule's next factor is that weight."
            )
        return (
            f"{name} reaches the loss through every unit of the next layer. Each path gives that unit's ∂ℓ/∂a times "
            f"the weight between them, and the paths add up."
        )

    def _note_of_grad_a(self, layer: int, unit: int) -> str:
        activation = self.net.activation_of(layer)
        if activation is None:
            return self.net.loss.note_of_softmax_grad(self.net.y)
        slope = f"the slope of the activation at {self.sums[layer, unit]}"
        return f"The chain rule's next factor is {slope}. {activation.slope}"

    def note_of_grad_weight(self, layer: int, unit: int, source: int) -> str:
        below = self.outputs[layer - 1, source]
        kept = f"the input {below}" if layer == 1 else f"{below}, cached in the forward pass"
        added = " Each example gives one such product, and they add up." if self.net.examples > 1 else ""
        return (
            f"The weight acts only through the sum {self.sums[layer, unit]}. So its gradient is that sum's gradient, "
            f"times what the weight was multiplied with: {kept}.{added}"
        )

    def note_of_grad_bias(self, layer: int, unit: int) -> str:
        how = "added up over the examples" if self.net.examples > 1 else "as it is"
        held = " The biases are held fixed: no update uses it." if self.net.hold_biases else ""
        return (
            f"A bias is a weight on an input that is always 1. So its gradient is that of the sum "
            f"{self.sums[layer, unit]}, {how}.{held}"
        )

    def note_of_update(self, symbol: str) -> str:
        if self.net.learning_rate is not None and float(self.net.learning_rate) == 0:
            return "The learning rate is 0, so everything stays where it is."
        return (
            f"One step downhill, as long as the learning rate η says. A positive gradient makes "
            f"{symbol} smaller, a negative one larger; a gradient of 0 leaves it where it is."
        )


# ---- the whole net -----------------------------------------------------------------------------------------------


def network_title(net: Net) -> str:
    return f"A net with {_hidden_layers(net.depth - 1)}"


def network_summary(net: Net) -> str:
    """Three sentences: what the hidden units do, what the outputs do, where the walk goes."""
    held = " with the weights; the biases are held fixed" if net.hold_biases and net.biases is not None else ""
    end = "" if net.learning_rate is None else f", and then take one step downhill{held}"
    walk = f"We go forward to the loss, then back by the chain rule to see how the loss changes with each weight{end}."
    return f"{_summary_of_hidden(net)} {_summary_of_outputs(net)} {walk}"


def _summary_of_hidden(net: Net) -> str:
    if net.depth == 1:
        return "Nothing stands between the inputs and the output: there is no hidden layer."
    who = "The hidden unit" if net.depth == 2 and net.units(1) == 1 else "Each hidden unit"
    what = "every input" if net.depth == 2 else "everything that the layer before it hands on"
    among = f" in the {_hidden_layers(net.depth - 1)}" if net.depth > 2 else ""
    return f"{who}{among} multiplies {what} by a weight, adds up, and {_passes_through(net.activation)}."


def _summary_of_outputs(net: Net) -> str:
    several = net.outputs > 1
    who = "Each output" if several else "The output"
    if net.depth == 1:
        how = f"{who} multiplies every input by a weight and adds up"
    else:
        how = f"{who} does the same with what the {'last ' if net.depth > 2 else ''}hidden units hand on"
    letter = " (its weights are called v here)" if several and net.depth == 2 else ""
    if net.output_activation is None:
        return f"{how}{letter}, and softmax turns the sums into probabilities."
    if net.depth > 1 and net.output_activation == net.activation:
        return f"{how}{letter}."
    return f"{how}{letter}, and {_passes_through(net.output_activation)}."


def _passes_through(activation: Activation) -> str:
    return f"passes the sum through {activation.symbol}" if activation.symbol else "hands on the sum as it is"


def _hidden_layers(count: int) -> str:
    word = _COUNTS[count] if count < len(_COUNTS) else str(count)
    return f"{word} hidden layer{'' if count == 1 else 's'}"
