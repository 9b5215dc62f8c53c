"""What several labs let one choose from, by the engine's names."""

from visualizer.engine.statistics.range_edge import FIRST, LAST, Edge
from visualizer.engine.trace.functions import ACTIVATIONS

ACTIVATION_NAMES = {name: each.label for name, each in ACTIVATIONS.items()}
OPTIMISER_NAMES = {
    "sgd": "SGD",
    "momentum": "momentum",
    "nesterov": "Nesterov",
    "rmsprop": "RMSProp",
    "adam": "Adam",
    "adamw": "AdamW",
}
ALL_AT_ONCE = 0

INITIALISATION_NAMES = {
    "normal": "Normal",
    "uniform": "Uniform",
    "xavier": "Xavier",
    "he": "He",
    "lecun": "LeCun",
    "orthogonal": "Orthogonal",
    "zeros": "Zeros",
    "equal": "All equal",
}


def edge_words(edge: Edge | None, first: str = "the lowest tried", last: str = "the highest tried") -> str:
    """What is said of the best of what was tried where it lies at an edge of that; nothing elsewhere."""
    if edge is None:
        return ""
    return first if edge == FIRST else last if edge == LAST else "the only one tried"
