"""Scenes: where each number of a trace stands in the figure."""

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.convolution import draw_convolution
from visualizer.scenes.deconvnet import draw_deconvnet
from visualizer.scenes.hog import draw_hog
from visualizer.scenes.module import draw_module
from visualizer.scenes.network import draw_network
from visualizer.scenes.pooling import draw_block, draw_pooling
from visualizer.scenes.recurrent import draw_recurrent
from visualizer.scenes.scene import Scene
from visualizer.scenes.softmax import draw_softmax
from visualizer.scenes.weighted_sum import draw_weighted_sum

_DRAW = {
    "network": draw_network,
    "convolution": draw_convolution,
    "pooling": draw_pooling,
    "block": draw_block,
    "hog": draw_hog,
    "deconvnet": draw_deconvnet,
    "rnn": draw_recurrent,
    "lstm": draw_recurrent,
    "module": draw_module,
    "softmax": draw_softmax,
    "weighted_sum": draw_weighted_sum,
}


def draw(trace: Trace) -> Scene:
    """The scene of a trace, by its kind."""
    return _DRAW[trace.kind](trace)
