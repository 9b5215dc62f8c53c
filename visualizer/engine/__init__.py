"""Nets computed once by torch and written down as a trace of steps. Importing this loads torch alone."""

from visualizer.engine.trace.trace import Ref, Trace
from visualizer.engine.walks.convolution.convolution import trace_convolution
from visualizer.engine.walks.module.residual import Residual
from visualizer.engine.walks.module.trace_module import trace_module
from visualizer.engine.walks.network.network import trace_network
from visualizer.engine.walks.pooling.block import trace_block
from visualizer.engine.walks.pooling.pooling import trace_pooling
from visualizer.engine.walks.recurrent.lstm import trace_lstm
from visualizer.engine.walks.recurrent.readout import Readout
from visualizer.engine.walks.recurrent.rnn import trace_rnn
from visualizer.engine.walks.softmax.softmax import trace_softmax
from visualizer.engine.walks.weighted_sum import trace_weighted_sum

__all__ = [
    "Readout",
    "Ref",
    "Residual",
    "Trace",
    "trace_block",
    "trace_convolution",
    "trace_lstm",
    "trace_module",
    "trace_network",
    "trace_pooling",
    "trace_rnn",
    "trace_softmax",
    "trace_weighted_sum",
]
