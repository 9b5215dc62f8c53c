"""Calls in pasted code, read as layers."""

from __future__ import annotations

import ast
import re

import pytest

from visualizer.engine.stacks.code.pasted_layers import KNOWN, PastedLayer, read_layer
from visualizer.engine.stacks.layers import KINDS
from visualizer.engine.stacks.text import layer_text


def pasted(text: str) -> tuple[PastedLayer, list[str]]:
    call = ast.parse(text, mode="eval").body
    assert isinstance(call, ast.Call)
    assert isinstance(call.func, ast.Name)
    notes: list[str] = []
    return read_layer(call.func.id, call, notes, {}), notes


@pytest.mark.parametrize(
    ("text", "word", "takes"),
    [
        ("Conv2d(3, 8, 5)", "conv8k5", 3),
        ("Conv2d(3, 8, (3, 5), 2, (1, 2), bias=False)", "conv8k3x5s2p1x2b0", 3),
        ("Conv2d(in_channels=3, out_channels=6, kernel_size=3, padding='same', groups=3)", "conv6k3psameg3", 3),
        ("Conv2d(3, 8, 3, padding='valid')", "conv8k3", 3),
        ("Linear(4, 5)", "fc5", 4),
        ("MaxPool2d(3, 2)", "max3s2", None),
        ("MaxPool2d(kernel_size=2, ceil_mode=True)", "max2c1", None),
        ("AvgPool2d((2, 3))", "avg2x3", None),
        ("AdaptiveAvgPool2d((1, 1))", "adapt1", None),
        ("Flatten()", "flatten", None),
        ("ReLU(inplace=True)", "relu", None),
        ("Dropout()", "dropout0.5", None),
        ("Dropout(p=0)", "dropout0", None),
        ("Softmax(dim=1)", "softmax", None),
        ("LogSoftmax(dim=-1)", "logsoftmax", None),
        ("LeakyReLU(0.2)", "leakyrelu0.2", None),
        ("LeakyReLU(inplace=True)", "leakyrelu0.01", None),
        ("ELU(alpha=1.0)", "elu", None),
        ("GELU()", "gelu", None),
        ("SiLU(True)", "silu", None),
        ("Linear(16 * 5 * 5, 120)", "fc120", 400),
        ("BatchNorm2d(8)", "bn", 8),
        ("LocalResponseNorm(5)", "lrn5", None),
        ("LocallyConnected2d(1, 2, (5, 5), (3, 3))", "local2k3", 1),
        ("BasicBlock(4, 8, stride=2)", "basic8s2", 4),
        ("InvertedResidual(4, 8, expansion=3)", "mbconv8k3s1e3", 4),
    ],
)
def test_a_call_is_a_layer(text: str, word: str, takes: int | None) -> None:
    layer, notes = pasted(text)
    assert layer_text(layer.layer) in (word, layer_text(layer.layer).replace("0.5", ""))
    assert (layer.takes, notes) == (takes, [])


def test_what_changes_no_count_is_passed_over_and_said() -> None:
    assert pasted("LocalResponseNorm(5, alpha=1e-4, k=2.0)")[1] == [
        "line 1: alpha of LocalResponseNorm changes no count, so it isn't kept",
        "line 1: k of LocalResponseNorm changes no count, so it isn't kept",
    ]


def test_what_stands_for_another_layer_is_said() -> None:
    layer, notes = pasted("Dropout2d(0.25)")
    assert layer_text(layer.layer) == "dropout0.25"
    assert notes == ["line 1: Dropout2d is taken as Dropout, which changes no count"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Conv2d(3, 8)", "Conv2d: missing a required argument: 'kernel_size'"),
        ("Conv2d(3, 8, 3, pading=1)", "Conv2d: got an unexpected keyword argument 'pading'"),
        ("Conv2d(3, 8, n)", "n is not set to a number above: arguments must be numbers"),
        ("Conv2d(3, 8, 2.5)", "kernel_size must be a whole number or two (rows, columns), got 2.5"),
        ("Conv2d(3, 8, (1, 2, 3))", "kernel_size must be a whole number or two (rows, columns), got (1, 2, 3)"),
        ("Conv2d(3, 8, 3, bias=0)", "bias must be True or False, got 0"),
        ("Conv2d('a', 8, 3)", "in_channels must be a whole number, got 'a'"),
        ("Conv2d(-1, 8, 3)", "in_channels must be from 1 to"),
        ("Conv2d(3, True, 3)", "out_channels must be a whole number, got True"),
        ("Conv2d(**x)", "arguments must be written out"),
        ("Conv2d(*x)", "arguments must be numbers"),
        ("Dropout('much')", "p must be a number, got 'much'"),
        ("Dropout(1)", "share must be a number from 0 up to below 1"),
        ("Softmax(0)", "Softmax: dim must be 1 here, got 0"),
        ("ELU(0.5)", "alpha must be 1.0 here, got 0.5"),
        ("Flatten(0)", "start_dim must be 1 here, got 0"),
        ("BatchNorm2d(8, affine=False)", "affine must be True here, got False"),
        ("MaxPool2d(2, return_indices=True)", "return_indices must be False here, got True"),
        ("AdaptiveAvgPool2d((None, 7))", "arguments must be numbers"),
        ("BasicBlock(4, 8, stride=(1, 2))", "stride must be a whole number, got (1, 2)"),
    ],
)
def test_what_can_not_be_read_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^line 1: .*{re.escape(said)}"):
        pasted(text)


def test_every_kind_of_layer_can_be_pasted() -> None:
    assert len(KNOWN) == len(KINDS) + 1  # two modules for batch normalisation
