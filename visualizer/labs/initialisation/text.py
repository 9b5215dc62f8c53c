"""Starts, numbers and factors as the lab writes them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from visualizer.engine.experiments.scale_sweep import Start
from visualizer.engine.superscripts import scientific
from visualizer.engine.trace.activations import ACTIVATIONS
from visualizer.labs.kit.choices import INITIALISATION_NAMES
from visualizer.text.numbers import loss_text, times

_TIED = "\N{NO-BREAK SPACE}"

SCALE_MEANS = {
    "normal": "standard deviation of the weights",
    "uniform": "largest weight",
    "equal": "every weight",
    "zeros": "scale (of nothing)",
}


def scale_title(kind: str) -> str:
    """What the scale of this kind is, as the title of an axis."""
    return SCALE_MEANS.get(kind, f"times the weights of {INITIALISATION_NAMES[kind]}")


def start_name(start: Start) -> str:
    """A start in a few words: "Xavier", "He × 0.5", "Normal × 1", "All equal (0.063)"."""
    name = INITIALISATION_NAMES[start.kind]
    if start.kind == "zeros":
        return name
    if start.kind == "equal":
        return f"{name} ({number_text(start.scale)})"
    sized = start.kind in ("normal", "uniform")
    return name if start.scale == 1 and not sized else f"{name} × {number_text(start.scale)}"


def number_text(value: float) -> str:
    """A number to two digits: 0.063, 1.2, 62, 2.4·10⁻¹¹; what is not finite has diverged."""
    if not math.isfinite(value):
        return "diverged"
    return f"{float(f'{value:.2g}'):g}" if 1e-3 <= abs(value) < 1000 else scientific(value)


def ends_text(loss: float) -> str:
    """What becomes of a loss, as a verb."""
    return f"ends at {loss_text(loss, 3)}" if math.isfinite(loss) else "diverges"


def factor_text(factor: float) -> str:
    """A factor from layer to layer, in one piece: × 0.93, ÷ 25."""
    if not math.isfinite(factor) or factor <= 0:
        return "—"
    if 0.1 <= factor < 9.95:
        return f"×{_TIED}{factor:.2f}"
    return f"÷{_TIED}{times(1 / factor)}" if factor < 1 else f"×{_TIED}{times(factor)}"


def change_text(factor: float) -> str:
    """What a factor does, as a verb: "shrinks to 1/25", "grows 4.5 times"."""
    if 0.95 <= factor <= 1.05:
        return "stays as large"
    return f"shrinks to 1/{times(1 / factor)}" if factor < 1 else f"grows {times(factor)} times"


def layers_text(layers: Sequence[int], depth: int) -> str:
    """Layers, counted from 1, in words: "layer 1", "layers 1 to 4", "every layer"."""
    if len(layers) == depth:
        return "every layer"
    if len(layers) == 1:
        return f"layer {layers[0]}"
    if list(layers) == list(range(layers[0], layers[-1] + 1)):
        return f"layers {layers[0]} to {layers[-1]}"
    return "layers " + ", ".join(str(layer) for layer in layers)


def activation_label(name: str) -> str:
    return ACTIVATIONS[name].label
