"""An RNN's or LSTM's walk, put together: its numbers, steps and chapters, whichever of the two it is."""

from __future__ import annotations

from visualizer.engine.trace.trace import Step, Trace, chapters_from
from visualizer.engine.walks.recurrent.checks import autograd_arrays
from visualizer.engine.walks.recurrent.layer import Recurrent
from visualizer.engine.walks.recurrent.lstm_steps import lstm_backward_steps, lstm_forward_steps
from visualizer.engine.walks.recurrent.notes import Wording
from visualizer.engine.walks.recurrent.output_steps import (
    loss_steps,
    output_gradient_steps,
    output_steps,
    output_weight_steps,
)
from visualizer.engine.walks.recurrent.rnn_steps import rnn_backward_steps, rnn_forward_steps
from visualizer.engine.walks.recurrent.steps import weight_steps
from visualizer.engine.walks.recurrent.summary import recurrent_summary, recurrent_title
from visualizer.engine.walks.recurrent.symbols import recurrent_legend, recurrent_overview, recurrent_symbols
from visualizer.engine.walks.recurrent.values import recurrent_arrays


def trace_recurrent(layer: Recurrent) -> Trace:
    """The walk through a checked RNN or LSTM. The trace's arrays are listed at `recurrent_arrays`."""
    arrays, checks = recurrent_arrays(layer), autograd_arrays(layer)
    symbols = recurrent_symbols(layer, arrays)
    parts = _parts(layer, Wording(layer, symbols))
    return Trace(
        kind=layer.kind,
        arrays=arrays,
        steps=tuple(step for steps in parts.values() for step in steps),
        chapters=chapters_from(parts),
        symbols=symbols,
        checks=checks,
        title=recurrent_title(layer),
        summary=recurrent_summary(layer),
        overview=recurrent_overview(layer),
        legend=recurrent_legend(layer),
    )


def _parts(layer: Recurrent, words: Wording) -> dict[str, list[Step]]:
    """The steps, chapter by chapter: through time, the loss, back through time, the weights."""
    lstm, output = layer.kind == "lstm", layer.output
    forward = lstm_forward_steps if lstm else rnn_forward_steps
    backward = lstm_backward_steps if lstm else rnn_backward_steps
    parts: dict[str, list[Step]] = {}
    for t in range(layer.length):
        parts[words.at(t)] = [*forward(layer, words, t), *(output_steps(output, words, t) if output else ())]
    if output:
        parts["Loss"] = list(loss_steps(output, words))
    if layer.backward:
        for t in reversed(range(layer.length)):
            start = output_gradient_steps(output, words, t) if output else ()
            parts[f"← {words.at(t)}"] = [*start, *backward(layer, words, t)]
        parts["Weights"] = [*weight_steps(layer, words), *(output_weight_steps(output, words) if output else ())]
    return parts
