"""An LSTM over one sequence, forward and backward through time, one number at a time."""

from __future__ import annotations

import torch

from visualizer.engine.trace.trace import Trace
from visualizer.engine.walks.recurrent.layer import checked_lstm, with_start
from visualizer.engine.walks.recurrent.readout import Readout
from visualizer.engine.walks.recurrent.recurrent import trace_recurrent


def trace_lstm(
    x: object,
    weight_ih: object,
    weight_hh: object,
    bias_ih: object = None,
    bias_hh: object = None,
    *,
    h0: object = None,
    c0: object = None,
    grad_h: object = None,
    grad_c: object = None,
    readout: Readout | None = None,
    truncate: int | None = None,
) -> Trace:
    """The forward pass of an LSTM and, with `grad_h`, `grad_c` or an output layer, its backward pass, step by step.

    Shapes: x (T, n_in); weight_ih (4n, n_in), weight_hh (4n, n), bias_ih and bias_hh (4n,) as torch.nn.LSTM's, gates
    in the order i, f, g, o; h0 and c0 (n,), None is zeros; grad_h (T, n), ∂ℓ/∂h from the layer above, at every time
    step; grad_c (n,), ∂ℓ/∂c of the last step, from outside. Tensors, or what torch.tensor takes; copied, as float64.
    The trace's arrays are listed at `recurrent_arrays`.

    `readout`, in place of grad_h and grad_c, puts outputs and a loss on top. With `truncate` k the states are
    detached after every k time steps, so no gradient flows back from there. Numbers that overflow become inf or NaN;
    nothing is raised for them.

    Raises: ValueError naming the argument, its value and the limit.
    Source: Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000 for the forget gate.
    """
    with torch.inference_mode(False):
        layer = checked_lstm(x, weight_ih, weight_hh, bias_ih, bias_hh, h0, c0)
        return trace_recurrent(with_start(layer, grad_h, grad_c, readout, truncate))
