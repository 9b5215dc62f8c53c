"""What several labs let one choose from, by the engine's names."""

from visualizer.engine.trace.activations import ACTIVATIONS

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
