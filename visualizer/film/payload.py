"""A film as one constant text: a header that describes it, followed by its arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from visualizer.engine.trace.activations import ACTIVATIONS
from visualizer.film.film import MAX_UNITS, Film
from visualizer.film.plane import Plane
from visualizer.once import once
from visualizer.web.packing import packed_arrays

MAX_POINTS = 1000
"""How many examples of a set are drawn."""
_MARGIN = 0.12


def packed(film: Film) -> str:
    """The film as a text; computed once for each, as a page sends it at every rerun."""
    return once(film, "packed", lambda: pack(film))


def pack(film: Film) -> str:
    """The film as a text. Maps are differences between neighbours in a row: most are 0 or near it, so they halve."""
    return packed_arrays(_header(film), _arrays(film))


def _header(film: Film) -> dict[str, Any]:
    subject, shape = film.subject, film.shape
    return {
        "run": subject.name,
        "planned": subject.planned,
        "counted": subject.counted,
        "sizes": shape.sizes,
        "bias": int(shape.bias),
        "activation": ACTIVATIONS[shape.activation].label,
        "signed": int(film.loss == "squared"),
        "names": subject.inputs,
        "classes": subject.classes,
        "picture": subject.picture,
        "most": MAX_UNITS,
        "layers": [[vars(each) for each in layer.ranges] for layer in film.layers],
        "plane": _plane(film.plane, film),
        "title": output_title(film),
        "about": about_output(film),
        "diverged": film.diverged,
        "cause": film.cause,
        "whole": film.whole,
    }


def _plane(plane: Plane | None, film: Film) -> dict[str, Any] | None:
    """What is drawn of the inputs; along a line also how high the drawing reaches."""
    if plane is None:
        return None
    drawn: dict[str, Any] = {"low": plane.low, "high": plane.high}
    if len(plane.low) == 1:
        answers = film.data.train_y
        low, high = (float(answers.min()), float(answers.max())) if film.loss == "squared" else (0.0, 1.0)
        margin = _MARGIN * (high - low) or 1.0
        drawn |= {"bottom": low - margin, "top": high + margin}
    return drawn


def _arrays(film: Film) -> dict[str, np.ndarray]:
    arrays = {"epochs": film.epochs.int(), "parameters": film.parameters, **film.curves, **film.answers}
    for name in ("train", "test"):
        x, y = (getattr(film.data, f"{name}_{axis}")[:MAX_POINTS] for axis in "xy")
        if film.plane is not None and len(x):
            arrays |= {f"{name}_x": x.float(), f"{name}_y": _answers(film, y).float()}
    if film.seen is not None:
        arrays["seen"] = film.seen.int()
    maps = {
        f"map{number}": _differences(layer.maps) for number, layer in enumerate(film.layers) if layer.maps is not None
    }
    return {name: array.contiguous().numpy() for name, array in arrays.items()} | maps


def _answers(film: Film, y: Tensor) -> Tensor:
    """Answers y (m, outputs) as one number each: the class's, or the first output's."""
    if y.shape[1] > 1:
        return y.argmax(dim=1)
    return (y[:, 0] > 0).to(torch.int64) if film.subject.classes else y[:, 0]


def _differences(maps: Tensor) -> np.ndarray:
    """Each level minus the one before it in its row; whole numbers of a fixed width wrap around."""
    levels = maps.numpy()
    differences = levels.copy()
    differences[..., 1:] -= levels[..., :-1]
    return differences


def output_title(film: Film) -> str:
    """What is shown while no unit is selected."""
    number = film.loss == "squared" and film.data.outputs == 1
    if film.plane is None:
        return "Predicted versus true values" if number else "Accuracy by class"
    if number:
        return "The net's prediction"
    return f"The probability of {film.subject.classes[1]}" if film.loss == "logistic" else "The most probable class"


def about_output(film: Film) -> str:
    """The same, more precisely."""
    if film.plane is None:
        return "examples of the test set" if film.data.tested else "examples of the training set"
    if film.loss == "squared":
        return "the output's weighted sum" if film.data.outputs == 1 else "the output with the largest sum"
    if film.loss == "softmax":
        return "softmax of the outputs; paler where less certain"
    return "σ of the output's weighted sum; the line is at ½"
