"""What several labs let one choose, by the engine's names, and how they name nets and seeds."""

from collections.abc import Sequence

from visualizer.engine.statistics.range_edge import FIRST, LAST, Edge
from visualizer.engine.trace.activations import ACTIVATIONS
from visualizer.ui.number_settings import Integer
from visualizer.ui.settings import Choice

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


def activation_choice(prefix: str) -> Choice:
    """The activation of the hidden layers. In the URL the prefix stands before its name, as each lab has its own."""
    return Choice(f"{prefix}activation", "Activation", "Of the hidden layers.", ACTIVATION_NAMES)


def optimiser_choice(prefix: str) -> Choice:
    about = "How a gradient becomes a step; other hyper-parameters keep PyTorch's defaults."
    return Choice(f"{prefix}optimiser", "Optimiser", about, OPTIMISER_NAMES)


def batch_setting(prefix: str) -> Integer:
    about = "Examples per update; with 0, all of them at once."
    return Integer(f"{prefix}batch", "Batch size (0: all)", about, ALL_AT_ONCE, 10_000)


def sizes_text(sizes: Sequence[int]) -> str:
    """A net by the sizes of its layers: 2-8-1."""
    return "-".join(map(str, sizes))


def seeds_text(first: int, count: int) -> str:
    """seed 3, or seeds 3 to 7."""
    return f"seed {first}" if count == 1 else f"seeds {first} to {first + count - 1}"


def edge_words(edge: Edge | None, first: str = "the lowest tried", last: str = "the highest tried") -> str:
    """What is said of the best of what was tried where it lies at an edge of that; nothing elsewhere."""
    if edge is None:
        return ""
    return first if edge == FIRST else last if edge == LAST else "the only one tried"
