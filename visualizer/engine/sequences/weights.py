"""The trained recurrent nets that come with the app, and how well they do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save
from torch import Tensor

from visualizer import FOLDER as APP
from visualizer.engine.sequences.model import GATES, Kind, SequenceModel

FOLDER = APP / "weights"
MODELS = tuple(f"{task}-{kind}" for task in ("remember", "brackets", "adding", "characters") for kind in GATES)

NAMES = {
    "weight_ih": "weight_ih_l0",
    "weight_hh": "weight_hh_l0",
    "bias_ih": "bias_ih_l0",
    "bias_hh": "bias_hh_l0",
    "weight_out": "out.weight",
    "bias_out": "out.bias",
}
"""What each tensor of a model is called in a file: as in the state of a torch.nn.LSTM and of a torch.nn.Linear."""


def load_model(name: str) -> SequenceModel:
    """A trained model, named `<task>-<kind>`, such as "remember-lstm"; float64.

    Raises: ValueError for a name that is none of `MODELS`.
    """
    if name not in MODELS:
        raise ValueError(f"name must be one of {', '.join(MODELS)}, got {name!r}")
    stored = load_file(FOLDER / f"{name}.safetensors")
    return model_of({field: stored[stored_name].double() for field, stored_name in NAMES.items()})


def save_model(model: SequenceModel, name: str, folder: Path = FOLDER) -> Path:
    """Writes the model as float32, and returns the file's path."""
    path = folder / f"{name}.safetensors"
    path.write_bytes(save({NAMES[field]: value.float().contiguous() for field, value in model.parameters().items()}))
    return path


def results() -> dict[str, Any]:
    """What `make weights` measured: `models` by name, `delays` (accuracies over the delay) and `versions`."""
    found: dict[str, Any] = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))
    return found


def model_of(tensors: Mapping[str, Tensor]) -> SequenceModel:
    """The model with these tensors; its kind is told by how many blocks of rows its weights have.

    Raises: ValueError where they are as many as no kind has.
    """
    rows, units = tensors["weight_hh"].shape
    kinds: dict[int, Kind] = {gates * units: kind for kind, gates in GATES.items()}
    if rows not in kinds:
        raise ValueError(f"weight_hh must have 1 or 4 times as many rows as columns, got {rows} × {units}")
    return SequenceModel(kinds[rows], **tensors)
