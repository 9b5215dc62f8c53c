"""The numbers and what is computed with them, as a JSON file that comes back whole."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import torch
from torch import Tensor

from visualizer.engine.walks.losses import LOSSES
from visualizer.lessons.one_hidden_layer.numbers import GIVEN, Numbers, from_arrays
from visualizer.lessons.one_hidden_layer.settings import (
    MAX_EXAMPLES,
    MAX_HIDDEN,
    MAX_INPUTS,
    MAX_OUTPUTS,
    SETTINGS,
    NetSettings,
)
from visualizer.lessons.one_hidden_layer.start import RULE, are_shares
from visualizer.text.plain import shown
from visualizer.ui.settings import Setting

FORMAT = "Unrolled: one hidden layer, version 1"
MAX_BYTES = 100_000
LARGEST = 1e6

_KEPT: tuple[Setting[Any], ...] = tuple(
    SETTINGS[name] for name in ("activation", "output_activation", "loss", "batch", "learning_rate", "hold_biases")
)
_AXES = {
    "x": (("examples", MAX_EXAMPLES), ("inputs", MAX_INPUTS)),
    "y": (("examples", MAX_EXAMPLES), ("outputs", MAX_OUTPUTS)),
    "W1": (("hidden units", MAX_HIDDEN), ("inputs", MAX_INPUTS)),
    "b1": (("hidden units", MAX_HIDDEN),),
    "W2": (("outputs", MAX_OUTPUTS), ("hidden units", MAX_HIDDEN)),
    "b2": (("outputs", MAX_OUTPUTS),),
}


class SavedError(ValueError):
    """What is wrong with a file of numbers, in words for the person who brought it."""


@dataclass(frozen=True, eq=False)
class Saved:
    """A file's numbers, and its settings by their names."""

    numbers: Numbers
    values: Mapping[str, Any]


def to_json(settings: NetSettings, numbers: Numbers) -> str:
    """Every digit of the numbers, with the settings that say what is computed."""
    arrays = {name: array.tolist() for name, array in numbers.arrays.items()}
    kept = {setting.name: getattr(settings, setting.name) for setting in _KEPT}
    lines = [
        f'  "{name}": {json.dumps(value)}' for name, value in {"format": FORMAT, "settings": kept, **arrays}.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def from_json(data: bytes) -> Saved:
    """Read what `to_json` wrote. Raises SavedError for everything else, with the limit that it breaks."""
    document = _object(data)
    if document.get("format") != FORMAT:
        raise SavedError(f"This is no file of this lesson: its “format” is not “{FORMAT}”.")
    _only_known(document, ("format", "settings", *GIVEN), "The file")
    if ("b1" in document) != ("b2" in document):
        raise SavedError("Of the biases b1 and b2 the file has one; it needs both, or none.")
    names = [name for name in GIVEN if name in document or not name.startswith("b")]
    arrays = {name: _array(name, document.get(name)) for name in names}
    _check_shapes(arrays)
    values = _values(document.get("settings"))
    numbers = from_arrays(arrays)
    shape = {"inputs": numbers.x.shape[1], "hidden": arrays["W1"].shape[0], "outputs": numbers.y.shape[1]}
    saved = Saved(numbers, values | shape | {"examples": numbers.examples, "bias": "b1" in arrays})
    _check_loss(saved)
    return saved


def _object(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_BYTES:
        raise SavedError(f"The file has {len(data) // 1000} kB; at most {MAX_BYTES // 1000} kB are read.")
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_not_finite)
    except SavedError:
        raise
    except (ValueError, RecursionError):
        raise SavedError("The file is not JSON, or not all of it.") from None
    if not isinstance(document, dict):
        raise SavedError("The file is JSON, but no object with names.")
    return document


def _not_finite(text: str) -> NoReturn:
    raise SavedError(f"The file holds {text}; every number must be finite.")


def _only_known(found: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    if unknown := [name for name in found if name not in known]:
        raise SavedError(f"{where} has “{shown(unknown[0])}”, which is not known.")


def _array(name: str, value: object) -> Tensor:
    """The array as float64, with the axes and limits that its name asks for."""
    axes = _AXES[name]
    rows = value if len(axes) == 2 else [value]
    if not isinstance(rows, list) or not rows or not all(isinstance(row, list) and row for row in rows):
        raise SavedError(f"{name} must be a list of {' × '.join(axis for axis, _ in axes)}.")
    if len({len(row) for row in rows}) > 1:
        raise SavedError(f"The rows of {name} have different lengths.")
    sizes = (len(rows), len(rows[0])) if len(axes) == 2 else (len(rows[0]),)
    for size, (axis, most) in zip(sizes, axes, strict=True):
        if size > most:
            raise SavedError(f"{name} has {size} {axis}; at most {most} fit.")
    return torch.tensor([_number(name, entry) for row in rows for entry in row], dtype=torch.float64).reshape(sizes)


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SavedError(f"{name} holds “{shown(str(value))}”, which is not a number.")
    # Compared before it is turned into a float: a whole number of 400 digits can't be.
    if not -LARGEST <= value <= LARGEST or not math.isfinite(value):
        raise SavedError(f"{name} holds a number beyond 1,000,000 in size.")
    return float(value)


def _check_shapes(arrays: Mapping[str, Tensor]) -> None:
    sizes: dict[str, tuple[int, str]] = {}
    for name, array in arrays.items():
        for size, (axis, _) in zip(array.shape, _AXES[name], strict=True):
            expected, source = sizes.setdefault(axis, (size, name))
            if size != expected:
                raise SavedError(f"{name} is made for {size} {axis}, but {source} for {expected}.")


def _values(found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise SavedError("The file has no “settings”.")
    _only_known(found, tuple(setting.name for setting in _KEPT), "Its settings")
    values = {setting.name: setting.coerce(found.get(setting.name)) for setting in _KEPT}
    for name, value in values.items():
        if name == "hold_biases" and name not in found:
            continue  # files written before there was this setting
        # Equal is not enough: true equals 1.
        if found.get(name) != value or isinstance(found[name], bool) != isinstance(value, bool):
            raise SavedError(f"Its setting “{name}” is “{shown(str(found.get(name)))}”, which is not possible.")
    return values


def _check_loss(saved: Saved) -> None:
    if not LOSSES[saved.values["loss"]].softmax:
        return
    if saved.values["outputs"] < 2:
        raise SavedError("The file's loss is cross-entropy, which needs at least 2 outputs.")
    if not are_shares(saved.numbers.y):
        raise SavedError(f"{RULE}; in the file they do not.")
