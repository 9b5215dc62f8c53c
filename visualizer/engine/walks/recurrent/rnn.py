"""An RNN over one sequence, forward and backward through time, one number at a time."""

from __future__ import annotations

import torch

from visualizer.engine.trace.trace import Trace
from visualizer.engine.walks.recurrent.layer import checked_rnn, with_start
from visualizer.engine.walks.recurrent.readout import Readout
from visualizer.engine.walks.recurrent.recurrent import trace_recurrent


def trace_rnn(
    x: object,
    weight_ih: object,
    weight_hh: object,
    bias_ih: object = None,
    bias_hh: object = None,
    *,
    nonlinearity: str = "tanh",
    h0: object = None,
    grad_h: object = None,
    readout: Readout | None = None,
    truncate: int | None = None,
) -> Trace:
    """The forward pass of an RNN and, with `grad_h` or an output layer, its backward pass, step by step.

    Shapes: x (T, n_in); weight_ih (n, n_in), weight_hh (n, n), bias_ih and bias_hh (n,) as torch.nn.RNN's; h0 (n,),
    None is zeros; grad_h (T, n), ∂ℓ/∂h from the layer above, at every time step. Tensors, or what torch.tensor takes;
    copied, as float64. The trace's arrays are listed at `recurrent_arrays`.

    `nonlinearity` is "tanh" or "relu". `readout`, in place of grad_h, puts outputs and a loss on top. With `truncate`
    k the states are detached after every k time steps, so no gradient flows back from there. Numbers that overflow
    become inf or NaN; nothing is raised for them.

    Raises: ValueError naming the argument, its value and the limit.
    Source: Elman 1990; Werbos 1990 for the way back through time; Williams & Peng 1990 for its truncation.
    """
    with torch.inference_mode(False):
        layer = checked_rnn(x, weight_ih, weight_hh, bias_ih, bias_hh, nonlinearity, h0)
        return trace_recurrent(with_start(layer, grad_h, None, readout, truncate))
