"""What an RNN or LSTM does as a whole, before its first step: title and summary."""

from __future__ import annotations

from visualizer.engine.walks.recurrent.layer import Recurrent

_LSTM = (
    "At each time step three gates, computed from the input and the previous hidden state, decide what the cell "
    "forgets, stores and outputs. The cell state is carried on through the forget gate alone, and the same weights are "
    "used at every time step."
)
_RNN = (
    "At each time step every hidden unit multiplies the input and the previous hidden state by weights, adds the "
    "products, and applies {activation} to the sum. The new hidden state is carried on to the next step, and the same "
    "weights are used at every time step."
)
_FORWARD_ONLY = "We compute one time step after the other."
_FROM_LOSS = "We go forward to the loss, then back through time to find how the loss changes with each weight."
_FROM_LOSS_TRUNCATED = (
    "We go forward to the loss, then back through time, truncated after every {steps}, to find how the loss changes "
    "with each weight."
)
_FROM_ABOVE = (
    "We go forward through the sequence, take ∂ℓ/∂h from the layer above, then go back through time to find how the "
    "loss changes with each weight."
)
_FROM_ABOVE_TRUNCATED = (
    "We go forward through the sequence, take ∂ℓ/∂h from the layer above, then go back through time, truncated after "
    "every {steps}, to find how the loss changes with each weight."
)


def recurrent_title(layer: Recurrent) -> str:
    name = "LSTM" if layer.kind == "lstm" else "RNN"
    return f"An {name} over {_counted(layer.length, 'time step')}, with {_counted(layer.units, 'hidden unit')}"


def recurrent_summary(layer: Recurrent) -> str:
    """What a time step does, what is carried on, where the walk goes."""
    step = _LSTM if layer.kind == "lstm" else _RNN.format(activation=layer.activation.symbol)
    return f"{step} {_walk(layer)}"


def _walk(layer: Recurrent) -> str:
    if not layer.backward:
        return _FORWARD_ONLY
    from_loss = layer.output is not None
    if layer.truncate is None:
        return _FROM_LOSS if from_loss else _FROM_ABOVE
    sentence = _FROM_LOSS_TRUNCATED if from_loss else _FROM_ABOVE_TRUNCATED
    return sentence.format(steps=_counted(layer.truncate, "step"))


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
