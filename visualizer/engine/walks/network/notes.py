"""What the steps of a net mean: names of layers and units, titles, notes, the summary."""

from __future__ import annotations

from collections.abc import Mapping

from visualizer.engine.trace.activations import Activation
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.walks.network.net import Net

_ALL = slice(None)
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

ERROR = "Target minus output: positive when the output is too low, negative when it is too high."

# By: does the layer below have several units, are there biases?
_SUM = {
    (False, False): "The {source} is multiplied by its weight. The result, {sum}, is the unit's pre-activation.",
    (False, True): "The {source} is multiplied by its weight, and the bias {bias} is added. The result, {sum}, is the "
    "unit's pre-activation.",
    (True, False): "Each {source} is multiplied by its weight, and the products are added. The result, {sum}, is the "
    "unit's pre-activation: the better the {source}s match the weights, the larger it is.",
    (True, True): "Each {source} is multiplied by its weight, and the products and the bias {bias} are added. The "
    "result, {sum}, is the unit's pre-activation: the better the {source}s match the weights, the larger it is.",
}
_CACHED = "The result is cached for the backward pass."
_ONE_PATH = (
    "{output} affects the loss only through {above}, where it is multiplied by {weight}. So the next factor in the "
    "chain rule is that weight."
)
_ALL_PATHS = (
    "{output} affects the loss through every unit of the next layer. Each path contributes that unit's ∂ℓ/∂a times "
    "the weight between them, and the paths add up."
)
_ACTIVATION = "The next factor in the chain rule is the derivative of the activation at {sum}. {derivative}"
_INPUT_WEIGHT = (
    "The weight affects the loss only through the sum {sum}. So its gradient is the gradient of that sum times the "
    "value that the weight multiplies: the input {value}."
)
_HIDDEN_WEIGHT = (
    "The weight affects the loss only through the sum {sum}. So its gradient is the gradient of that sum times the "
    "value that the weight multiplies: {value}, cached in the forward pass."
)
_EXAMPLES = "Each example gives one such product, and they add up."
_BIAS = "A bias is a weight on a constant input of 1. So its gradient is the gradient of the sum {sum}."
_BIAS_OF_EXAMPLES = (
    "A bias is a weight on a constant input of 1. So its gradient is the gradient of the sum {sum}, added up over the "
    "examples."
)
_HELD = "The biases are held fixed, so no update uses it."
_NO_UPDATE = "The learning rate is 0, so {parameter} does not change."
_UPDATE = (
    "One step of gradient descent, scaled by the learning rate η. A positive gradient makes {parameter} smaller, a "
    "negative one larger; a gradient of 0 leaves it unchanged."
)


class Wording:
    """The words for one net. Units are counted from 0 here, and from 1 in the texts."""

    def __init__(self, net: Net, symbols: Mapping[str, Symbol]) -> None:
        self.net = net
        self.symbols = symbols
        units = [(layer, unit) for layer in range(1, net.depth + 1) for unit in range(net.units(layer))]
        # Many steps share these: the sum and the output of each unit, and the notes on them.
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
            return f"What probability does the net assign to class {unit + 1}{self.on(example)}?"
        return f"What is {self.unit(layer, unit)} of the net{self.on(example)}?"

    def title_of_gradient(self, name: str, *index: int) -> str:
        of_hidden = {"a1": "sum", "h1": "output"} if self.net.depth == 2 else {}
        what = f", the {of_hidden[name]} of {self.unit(1, index[1])}" if name in of_hidden else ""
        return f"How much does the loss change with {self.write(name, *index)}{what}?"

    # ---- notes ----------------------------------------------------------------------------------------------------

    def _note_of_sum(self, layer: int, unit: int) -> str:
        biased = self.net.biases is not None
        return _SUM[self.net.units(layer - 1) > 1, biased].format(
            source="input" if layer == 1 else "hidden output",
            sum=self.sums[layer, unit],
            bias=self.write(f"b{layer}", unit) if biased else "",
        )

    def note_of_output(self, layer: int, activation: Activation) -> str:
        return f"{activation.effect} {_CACHED}" if layer < self.net.depth else activation.effect

    def _note_of_grad_h(self, layer: int, unit: int) -> str:
        output = self.outputs[layer, unit]
        if self.net.units(layer + 1) > 1:
            return _ALL_PATHS.format(output=output)
        weight = self.write(f"W{layer + 1}", 0, unit)
        return _ONE_PATH.format(output=output, above=self.sums[layer + 1, 0], weight=weight)

    def _note_of_grad_a(self, layer: int, unit: int) -> str:
        activation = self.net.activation_of(layer)
        if activation is None:
            return self.net.loss.note_of_softmax_grad(self.net.y)
        return _ACTIVATION.format(sum=self.sums[layer, unit], derivative=activation.slope)

    def note_of_grad_weight(self, layer: int, unit: int, source: int) -> str:
        note = _INPUT_WEIGHT if layer == 1 else _HIDDEN_WEIGHT
        first = note.format(sum=self.sums[layer, unit], value=self.outputs[layer - 1, source])
        return f"{first} {_EXAMPLES}" if self.net.examples > 1 else first

    def note_of_grad_bias(self, layer: int, unit: int) -> str:
        note = _BIAS_OF_EXAMPLES if self.net.examples > 1 else _BIAS
        first = note.format(sum=self.sums[layer, unit])
        return f"{first} {_HELD}" if self.net.hold_biases else first

    def note_of_update(self, symbol: str) -> str:
        stays = self.net.learning_rate is not None and float(self.net.learning_rate) == 0
        return (_NO_UPDATE if stays else _UPDATE).format(parameter=symbol)


# ---- the whole net -----------------------------------------------------------------------------------------------

_NO_HIDDEN = "There is no hidden layer: the inputs lead directly to the output layer."
_HIDDEN_UNIT = "The hidden unit multiplies each input by a weight, adds {terms}, and applies {activation} to the sum."
_HIDDEN_LAYER = "Each hidden unit multiplies each input by a weight, adds {terms}, and applies {activation} to the sum."
_HIDDEN_LAYERS = (
    "Each unit of the {layers} multiplies each output of the previous layer by a weight, adds {terms}, and applies "
    "{activation} to the sum."
)
_SAME_OUTPUT = "{output} does the same with the outputs of the {below}."
_OTHER_OUTPUT = "{output} does the same with the outputs of the {below}, but applies {activation}."
_SOFTMAX_OUTPUT = (
    "{output} multiplies the outputs of the {below} by weights and adds {terms}, and softmax turns the sums into "
    "probabilities."
)
_DIRECT_OUTPUT = "{output} multiplies each input by a weight, adds {terms}, and applies {activation} to the sum."
_DIRECT_SOFTMAX = (
    "{output} multiplies each input by a weight and adds {terms}, and softmax turns the sums into probabilities."
)
_V = "The output weights are called v."
_WALK = "We go forward to the loss, then back by the chain rule to find how the loss changes with each weight."
_WALK_UPDATE = (
    "We go forward to the loss, back by the chain rule to find how the loss changes with each weight, and then take "
    "one step of gradient descent."
)
_BIASES_HELD = "The biases are held fixed."


def network_title(net: Net) -> str:
    return f"A net with {_hidden_layers(net.depth - 1)}"


def network_summary(net: Net) -> str:
    """What the hidden units do, what the outputs do, where the walk goes."""
    walk = _WALK if net.learning_rate is None else _WALK_UPDATE
    held = net.learning_rate is not None and net.hold_biases and net.biases is not None
    letter = [_V] if net.outputs > 1 and net.depth == 2 else []
    return " ".join([_of_hidden(net), _of_outputs(net), *letter, walk, *([_BIASES_HELD] if held else [])])


def _of_hidden(net: Net) -> str:
    if net.depth == 1:
        return _NO_HIDDEN
    one = _HIDDEN_UNIT if net.units(1) == 1 else _HIDDEN_LAYER
    return (one if net.depth == 2 else _HIDDEN_LAYERS).format(
        layers=_hidden_layers(net.depth - 1), terms=_terms(net), activation=_function(net.activation)
    )


def _of_outputs(net: Net) -> str:
    if net.depth == 1:
        sentence = _DIRECT_OUTPUT if net.output_activation else _DIRECT_SOFTMAX
    elif net.output_activation is None:
        sentence = _SOFTMAX_OUTPUT
    else:
        sentence = _SAME_OUTPUT if net.output_activation == net.activation else _OTHER_OUTPUT
    return sentence.format(
        output="Each output" if net.outputs > 1 else "The output",
        below="last hidden layer" if net.depth > 2 else "hidden layer",
        terms=_terms(net),
        activation=_function(net.output_activation) if net.output_activation else "",
    )


def _terms(net: Net) -> str:
    return "the products" if net.biases is None else "the products and a bias"


def _function(activation: Activation) -> str:
    return activation.symbol or "the identity"


def _hidden_layers(count: int) -> str:
    word = _COUNTS[count] if count < len(_COUNTS) else str(count)
    return f"{word} hidden layer{'' if count == 1 else 's'}"
