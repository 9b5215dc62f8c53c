"""What an RNN or LSTM does as a whole, before its first step: title and summary."""

from __future__ import annotations

from visualizer.engine.walks.recurrent.layer import Recurrent


def recurrent_title(layer: Recurrent) -> str:
    name = "LSTM" if layer.kind == "lstm" else "RNN"
    return f"An {name} over {_counted(layer.length, 'time step')}, with {_counted(layer.units, 'hidden unit')}"


def recurrent_summary(layer: Recurrent) -> str:
    """Three sentences: what a time step does, what is carried on, where the walk goes."""
    if layer.kind == "lstm":
        first = (
            "At each time step three gates, from the input and the hidden state before, decide what the cell forgets, "
            "takes up and shows"
        )
        second = "The cell state is carried on by the forget gate alone, and the same weights serve at every time step"
    else:
        first = (
            "At each time step the hidden units add up the input and the hidden state before, each times a weight, "
            f"and pass the sum through {layer.activation.symbol}"
        )
        second = "The new hidden state is carried on to the next step, and the same weights serve at every time step"
    return f"{first}. {second}. {_walk(layer)}."


def _walk(layer: Recurrent) -> str:
    if not layer.backward:
        return "We work it out, one time step after the other"
    start = "to the loss" if layer.output is not None else "through the sequence, take ∂ℓ/∂h from what lies above"
    cut = "" if layer.truncate is None else f", cut after every {_counted(layer.truncate, 'step')}"
    return f"We go forward {start}, then back through time{cut}, to see how the loss changes with each weight"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
