"""Scenes: where each number of a trace stands in the figure."""

from visualizer.engine.trace import Trace
from visualizer.scenes.network import draw_network
from visualizer.scenes.scene import Scene

_DRAW = {"network": draw_network}


def draw(trace: Trace) -> Scene:
    """The scene of a trace, by its kind."""
    return _DRAW[trace.kind](trace)
