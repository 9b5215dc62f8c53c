"""Nets computed once by torch and written down as a trace of steps. Importing this loads torch alone."""

from visualizer.engine.block import trace_block
from visualizer.engine.convolution import trace_convolution
from visualizer.engine.lstm import trace_lstm
from visualizer.engine.network import trace_network
from visualizer.engine.pooling import trace_pooling
from visualizer.engine.recurrent_readout import Readout
from visualizer.engine.rnn import trace_rnn
from visualizer.engine.softmax import trace_softmax
from visualizer.engine.trace import Ref, Trace
from visualizer.engine.weighted_sum import trace_weighted_sum

__all__ = [
    "Readout",
    "Ref",
    "Trace",
    "trace_block",
    "trace_convolution",
    "trace_lstm",
    "trace_network",
    "trace_pooling",
    "trace_rnn",
    "trace_softmax",
    "trace_weighted_sum",
]
