"""A recurrent net of one's own from a .safetensors file: numbers and names only, nothing in it is ever run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from safetensors import SafetensorError, deserialize
from torch import Tensor

from visualizer.engine.sequences.model import SequenceModel
from visualizer.engine.sequences.weights import model_of
from visualizer.text.plain import shown

MAX_BYTES = 5 * 1024 * 1024
MAX_UNITS = 64
MAX_INPUTS = 64
MAX_OUTPUTS = 64
LARGEST = 1e6
"""How large a weight may be: beyond, sums are no longer finite somewhere."""

_RECURRENT = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
_TYPES = {"F32": "<f4", "F64": "<f8"}
_SAVE = "save_file(model.state_dict(), 'mine.safetensors') from safetensors.torch writes one"
_GRU_GATES = 3


class WeightsError(ValueError):
    """Why a file is no net that can be used, in words for the person who gave it."""


@dataclass(frozen=True, eq=False)
class OwnWeights:
    """A net to compute with, float64, and a line that says what was read."""

    model: SequenceModel
    note: str


def read_weights(data: bytes) -> OwnWeights:
    """The net in a .safetensors file: the state of a torch.nn.RNN (tanh) or torch.nn.LSTM, and of a torch.nn.Linear.

    The recurrent layer is told by weight_ih_l0 and weight_hh_l0, whatever stands before ("lstm.weight_ih_l0"). The
    read-out is the one other pair of `weight` and `bias`, whatever stands before ("fc.weight"). Without biases they are
    0; without an output layer the outputs are the hidden state itself. That an RNN was made with ReLU, no file says.

    Raises: WeightsError for an empty file, more than 5 MB, what is no such file or damaged, more or other tensors than
    these, shapes that do not fit, other numbers than float32 and float64, values that are not finite or above a
    million, and more than 64 units, inputs or outputs.
    """
    tensors = read_tensors(data)
    prefix = _recurrent_prefix(tensors)
    layer = {name: tensors.pop(prefix + name) for name in _RECURRENT if prefix + name in tensors}
    read_out = _read_out(tensors)
    model = model_of(_recurrent(layer) | _with_outputs(layer["weight_hh_l0"].shape[1], *read_out))
    return OwnWeights(model, _note(model, biases=len(layer) == len(_RECURRENT), read_out=read_out[0] is not None))


def read_tensors(data: bytes) -> dict[str, Tensor]:
    """Every tensor of a .safetensors file by its name, float64.

    Raises: WeightsError as `read_weights` does for the file and its tensors.
    """
    _check_file(data)
    return _tensors(data)


def _check_file(data: bytes) -> None:
    if not data:
        raise WeightsError("The file is empty: it has 0 bytes.")
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        raise WeightsError(f"The file has {size:,.1f} MB; at most {MAX_BYTES // 1024 // 1024} MB are read.")
    if data.startswith((b"PK\x03\x04", b"\x80")):
        raise WeightsError(f"This looks like a file of torch.save, which can run programs when it is opened; {_SAVE}.")


def _tensors(data: bytes) -> dict[str, Tensor]:
    """Every tensor of the file by its name, float64."""
    try:
        stored = deserialize(data)  # type: ignore[no-untyped-call]
    except SafetensorError:
        raise WeightsError(f"The file is no .safetensors file, or its end is missing; {_SAVE}.") from None
    if not stored:
        raise WeightsError("The file holds no tensor at all.")
    return {name: _tensor(name, entry["dtype"], entry["shape"], entry["data"]) for name, entry in stored}


def _tensor(name: str, dtype: str, shape: list[int], data: bytes) -> Tensor:
    if dtype not in _TYPES:
        raise WeightsError(f"{shown(name)} holds {shown(dtype)} numbers; float32 (F32) and float64 (F64) are read.")
    if 0 in shape:
        raise WeightsError(f"{shown(name)} has no numbers: its shape is {_by(shape)}.")
    values = np.frombuffer(data, _TYPES[dtype]).astype(np.float64).reshape(shape)
    if not np.isfinite(values).all():
        raise WeightsError(f"{shown(name)} holds a number that is not finite (NaN or infinity).")
    if np.abs(values).max() > LARGEST:
        raise WeightsError(f"{shown(name)} holds {np.abs(values).max():.3g}; values up to a million are read.")
    return torch.from_numpy(values) + 0.0  # a −0 becomes a 0


def _recurrent_prefix(tensors: dict[str, Tensor]) -> str:
    """What stands before weight_hh_l0."""
    prefixes = [name.removesuffix("weight_hh_l0") for name in tensors if name.endswith("weight_hh_l0")]
    if len(prefixes) > 1:
        raise WeightsError(f"The file holds {len(prefixes)} recurrent layers; one is read.")
    if not prefixes:
        found = ", ".join(shown(name) for name in list(tensors)[:4])
        raise WeightsError(f"The file holds no weight_hh_l0, so no recurrent layer of PyTorch; it holds {found}.")
    if f"{prefixes[0]}weight_ih_l0" not in tensors:
        raise WeightsError("The file holds weight_hh_l0, but no weight_ih_l0 beside it.")
    if len({f"{prefixes[0]}{name}" in tensors for name in _RECURRENT[2:]}) > 1:
        raise WeightsError("The file holds one of bias_ih_l0 and bias_hh_l0; both or neither are read.")
    return prefixes[0]


def _recurrent(layer: dict[str, Tensor]) -> dict[str, Tensor]:
    """weight_ih, weight_hh, bias_ih and bias_hh, with shapes that fit."""
    weight_ih, weight_hh = layer["weight_ih_l0"], layer["weight_hh_l0"]
    _check_shape("weight_hh_l0", weight_hh, "2 axes (rows, units)", weight_hh.ndim == 2)
    rows, units = weight_hh.shape
    if rows == _GRU_GATES * units:
        raise WeightsError("weight_hh_l0 has 3 times as many rows as columns: that is a GRU; RNN and LSTM are read.")
    _check_shape(
        "weight_hh_l0", weight_hh, "1 (RNN) or 4 (LSTM) times as many rows as columns", rows in (units, 4 * units)
    )
    _check_most("units", units, MAX_UNITS)
    fits = weight_ih.ndim == 2 and weight_ih.shape[0] == rows
    _check_shape("weight_ih_l0", weight_ih, f"2 axes and {rows} rows, as weight_hh_l0 has", fits)
    _check_most("inputs", weight_ih.shape[1], MAX_INPUTS)
    none = torch.zeros(rows, dtype=torch.float64)
    bias_ih, bias_hh = layer.get("bias_ih_l0", none), layer.get("bias_hh_l0", none)
    for name, bias in (("bias_ih_l0", bias_ih), ("bias_hh_l0", bias_hh)):
        _check_shape(name, bias, f"1 axis of {rows} numbers, a row's each", tuple(bias.shape) == (rows,))
    return {"weight_ih": weight_ih, "weight_hh": weight_hh, "bias_ih": bias_ih, "bias_hh": bias_hh}


def _read_out(others: dict[str, Tensor]) -> tuple[Tensor | None, Tensor | None]:
    """The weight and the bias of the layer behind, where there are any and nothing else."""
    names = sorted(others)
    if not names:
        return None, None
    prefix = names[0].removesuffix("bias").removesuffix("weight")
    if set(names) - {f"{prefix}weight", f"{prefix}bias"} or f"{prefix}weight" not in others:
        found = ", ".join(shown(name) for name in names[:4])
        raise WeightsError(
            f"Beside one recurrent layer of one direction and one linear layer (weight, bias), nothing is read; "
            f"the file also holds {found}."
        )
    return others[f"{prefix}weight"], others.get(f"{prefix}bias")


def _with_outputs(units: int, weight: Tensor | None, bias: Tensor | None) -> dict[str, Tensor]:
    """weight_out and bias_out, with shapes that fit."""
    if weight is None:
        weight = torch.eye(units, dtype=torch.float64)
    fits = weight.ndim == 2 and weight.shape[1] == units
    _check_shape("The output layer's weight", weight, f"2 axes and {units} columns, one a unit", fits)
    outputs = weight.shape[0]
    _check_most("outputs", outputs, MAX_OUTPUTS)
    bias = torch.zeros(outputs, dtype=torch.float64) if bias is None else bias
    _check_shape("The output layer's bias", bias, f"1 axis of {outputs} numbers", tuple(bias.shape) == (outputs,))
    return {"weight_out": weight, "bias_out": bias}


def _check_shape(name: str, tensor: Tensor, wanted: str, fits: bool) -> None:
    if not fits:
        raise WeightsError(f"{name} must have {wanted}; its shape is {_by(list(tensor.shape))}.")


def _check_most(name: str, count: int, most: int) -> None:
    if count > most:
        raise WeightsError(f"The net has {count:,} {name}; at most {most} are read.")


def _by(shape: list[int]) -> str:
    return shown(" × ".join(map(str, shape)) or "a single number")


def _note(model: SequenceModel, *, biases: bool, read_out: bool) -> str:
    kind = {"rnn": "RNN (tanh)", "lstm": "LSTM"}[model.kind]
    note = f"{kind}: {model.inputs} inputs, {model.units} units, {model.outputs} outputs"
    if not biases:
        note += "; no biases, so they are 0"
    return note if read_out else f"{note}; no output layer, so the outputs are the hidden state"
