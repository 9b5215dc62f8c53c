"""Nets of one's own: those of PyTorch are read, and every bad file is refused in words."""

from __future__ import annotations

import io
import json
import pickle
import random
import struct
import zipfile

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save
from torch import Tensor, nn

from visualizer.engine.sequences.model import GATES, Kind, run_model
from visualizer.inputs.own_weights import LARGEST, MAX_BYTES, WeightsError, read_weights

X = torch.rand(6, 2, 3, generator=torch.Generator().manual_seed(4), dtype=torch.float64)


def state(rows: int = 4, units: int = 5, inputs: int = 3, outputs: int = 2) -> dict[str, Tensor]:
    """Of an LSTM and an output layer."""
    generator = torch.Generator().manual_seed(3)
    shapes = {
        "lstm.weight_ih_l0": (rows * units, inputs),
        "lstm.weight_hh_l0": (rows * units, units),
        "lstm.bias_ih_l0": (rows * units,),
        "lstm.bias_hh_l0": (rows * units,),
        "fc.weight": (outputs, units),
        "fc.bias": (outputs,),
    }
    return {name: torch.rand(shape, generator=generator) for name, shape in shapes.items()}


def refusal(data: bytes) -> str:
    with pytest.raises(WeightsError) as caught:
        read_weights(data)
    return str(caught.value)


def changed(**tensors: Tensor | None) -> bytes:
    """The file of a good net with some tensors replaced, added or (None) left out."""
    found = state() | {name.replace("__", "."): tensor for name, tensor in tensors.items()}
    return save({name: tensor for name, tensor in found.items() if tensor is not None})


@pytest.mark.parametrize("kind", GATES)
@pytest.mark.parametrize("dtype", (torch.float32, torch.float64))
@pytest.mark.parametrize("bias", (True, False))
@pytest.mark.parametrize("prefix", ("", "net.encoder."))
def test_a_layer_of_pytorch_is_read(kind: Kind, dtype: torch.dtype, bias: bool, prefix: str) -> None:
    layer = {"rnn": nn.RNN, "lstm": nn.LSTM}[kind](3, 5, bias=bias, dtype=dtype)
    own = read_weights(save({f"{prefix}{name}": value for name, value in layer.state_dict().items()}))
    torch.testing.assert_close(run_model(own.model, X)["z"], layer.double()(X)[0])
    label = "RNN (tanh)" if kind == "rnn" else "LSTM"
    assert own.note.startswith(f"{label}: 3 inputs, 5 units, 5 outputs")
    assert own.note.endswith("no output layer, so the outputs are the hidden state")
    assert ("no biases" in own.note) != bias


@pytest.mark.parametrize("name", ("out", "fc", "linear", "head.2", ""))
@pytest.mark.parametrize("bias", (True, False))
def test_a_read_out_is_found_by_any_name(name: str, bias: bool) -> None:
    tensors = {key: value for key, value in state().items() if key.startswith("lstm")}
    weight, offset = torch.rand(2, 5), torch.rand(2)
    before = f"{name}." if name else ""
    tensors[f"{before}weight"] = weight
    if bias:
        tensors[f"{before}bias"] = offset
    own = read_weights(save(tensors))
    assert torch.equal(own.model.weight_out, weight.double())
    assert torch.equal(own.model.bias_out, offset.double() if bias else torch.zeros(2, dtype=torch.float64))
    assert own.note == "LSTM: 3 inputs, 5 units, 2 outputs"


def test_64_units_are_read_and_65_are_not() -> None:
    assert read_weights(save(state(units=64, inputs=64, outputs=64))).model.units == 64
    assert refusal(save(state(units=65))) == "The net has 65 units; at most 64 are read."
    assert refusal(save(state(inputs=65))) == "The net has 65 inputs; at most 64 are read."
    assert refusal(save(state(outputs=65))) == "The net has 65 outputs; at most 64 are read."


def test_an_empty_file_and_one_above_5_mb() -> None:
    assert refusal(b"") == "The file is empty: it has 0 bytes."
    assert refusal(bytes(MAX_BYTES + 1)) == "The file has 5.0 MB; at most 5 MB are read."
    assert refusal(save({"a": torch.zeros(2_000_000)})) == "The file has 7.6 MB; at most 5 MB are read."
    assert refusal(save({})) == "The file holds no tensor at all."


class Mine:
    """Says so if it is ever unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("unpickled",)


def test_a_pickle_is_never_opened() -> None:
    stored = io.BytesIO()
    torch.save(state(), stored)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("data.pkl", pickle.dumps(Mine()))
    for data in (stored.getvalue(), pickle.dumps(Mine()), archive.getvalue()):
        assert refusal(data).startswith("This looks like a file of torch.save, which can run programs")


def test_what_is_no_such_file() -> None:
    whole = save(state())
    for data in (b"hello", b"\0" * 100, b"{}", whole[:-1], whole[:50], whole + b"more", whole[8:]):
        assert refusal(data).startswith("The file is no .safetensors file, or its end is missing; save_file(")


def test_a_header_that_lies() -> None:
    entry = {"dtype": "F32", "shape": [1000, 1000], "data_offsets": [0, 4]}
    for shape in ([1000, 1000], [-1], [2**62, 4], [1, 0]):
        header = json.dumps({"weight_hh_l0": entry | {"shape": shape}}).encode()
        refusal(struct.pack("<Q", len(header)) + header + bytes(4))
    refusal(struct.pack("<Q", 2**63) + b"{}")


@pytest.mark.parametrize(
    ("tensors", "message"),
    [
        ({"lstm__weight_hh_l0": None}, "The file holds no weight_hh_l0"),
        ({"lstm__weight_ih_l0": None}, "no weight_ih_l0 beside it"),
        ({"lstm__bias_ih_l0": None}, "one of bias_ih_l0 and bias_hh_l0"),
        ({"other__weight_hh_l0": torch.zeros(20, 5)}, "2 recurrent layers; one is read"),
        ({"lstm__weight_ih_l1": torch.zeros(20, 5)}, "the file also holds fc.bias, fc.weight, lstm.weight_ih_l1"),
        ({"lstm__weight_hh_l0_reverse": torch.zeros(20, 5)}, "of one direction"),
        ({"embedding__weight": torch.zeros(9, 3)}, "embedding.weight"),
        ({"fc__weight": None}, "the file also holds fc.bias"),
    ],
)
def test_wrong_names(tensors: dict[str, Tensor | None], message: str) -> None:
    assert message in refusal(changed(**tensors))


@pytest.mark.parametrize(
    ("name", "shape", "message"),
    [
        ("lstm.weight_hh_l0", (20,), "must have 2 axes (rows, units); its shape is 20."),
        ("lstm.weight_hh_l0", (10, 5), "must have 1 (RNN) or 4 (LSTM) times as many rows as columns"),
        ("lstm.weight_hh_l0", (15, 5), "that is a GRU"),
        ("lstm.weight_hh_l0", (), "its shape is a single number"),
        ("lstm.weight_hh_l0", (0, 5), "has no numbers: its shape is 0 × 5"),
        ("lstm.weight_ih_l0", (19, 3), "weight_ih_l0 must have 2 axes and 20 rows, as weight_hh_l0 has"),
        ("lstm.weight_ih_l0", (20, 3, 1), "its shape is 20 × 3 × 1."),
        ("lstm.bias_hh_l0", (5,), "bias_hh_l0 must have 1 axis of 20 numbers"),
        ("fc.weight", (2, 4), "The output layer's weight must have 2 axes and 5 columns"),
        ("fc.bias", (3,), "The output layer's bias must have 1 axis of 2 numbers"),
    ],
)
def test_wrong_shapes(name: str, shape: tuple[int, ...], message: str) -> None:
    assert message in refusal(save(state() | {name: torch.zeros(shape)}))


@pytest.mark.parametrize("dtype", (torch.float16, torch.bfloat16, torch.int64, torch.bool, torch.float8_e4m3fn))
def test_wrong_numbers(dtype: torch.dtype) -> None:
    message = refusal(save(state() | {"fc.bias": torch.zeros(2).to(dtype)}))
    assert message.endswith("numbers; float32 (F32) and float64 (F64) are read.")


@pytest.mark.parametrize("value", (float("nan"), float("inf"), -float("inf")))
def test_what_is_not_finite(value: float) -> None:
    message = "fc.bias holds a number that is not finite (NaN or infinity)."
    assert refusal(changed(fc__bias=torch.tensor([0.0, value]))) == message


def test_what_is_too_large() -> None:
    read_weights(changed(fc__bias=torch.tensor([0.0, -LARGEST])))
    assert (
        refusal(changed(fc__bias=torch.tensor([0.0, -2e6]))) == "fc.bias holds 2e+06; values up to a million are read."
    )


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_a_damaged_file_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(save(state()))
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(chance.choice((16, 500, len(data))))] = chance.randrange(256)
    try:
        read_weights(bytes(data[: chance.choice((len(data), chance.randrange(len(data))))]))
    except WeightsError as refused:
        assert str(refused).isprintable()
