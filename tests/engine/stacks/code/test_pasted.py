"""Pasted code: what is read, and that everything else is refused by its line and never run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine.stacks.code.code import block_source
from visualizer.engine.stacks.code.pasted import pasted_stack
from visualizer.engine.stacks.code.pasted_text import MAX_CHARACTERS, read_code
from visualizer.engine.stacks.text import layer_text, stack_text

PLAIN = "nn.Sequential(nn.Conv2d(1, 8, 5), nn.ReLU(), nn.Flatten())"


def words(code: str) -> str:
    return " ".join(layer_text(each.layer) for each in read_code(code).layers)


@pytest.mark.parametrize(
    "code",
    [
        PLAIN,
        f"net = {PLAIN}",
        f"import torch\nimport torch.nn as nn\nfrom torch import nn\nnet = {PLAIN}\n# so far",
        PLAIN.replace("nn.", "torch.nn."),
        PLAIN.replace("nn.", ""),
        "nn.Sequential(nn.Sequential(nn.Conv2d(1, 8, 5), nn.ReLU()), nn.Flatten(),)",
        "from collections import OrderedDict\n"
        "nn.Sequential(OrderedDict([('a', nn.Conv2d(1, 8, 5)), ('b', nn.ReLU()), ('c', nn.Flatten())]))",
        f"{block_source('BasicBlock')}\nnet = {PLAIN}",
    ],
)
def test_the_ways_to_write_a_sequential(code: str) -> None:
    assert words(code) == "conv8k5 relu flatten"


def test_names_stand_for_the_numbers_set_above() -> None:
    code = (
        "side = 5\nmaps = 4\nmaps = maps * 2\nnet = nn.Sequential(nn.Conv2d(1, maps, side))\nmaps = 3\n"
        "x = torch.zeros(1, 1, side, 9)"
    )
    assert words(code) == "conv8k5"
    assert read_code(code).takes == (1, 5, 9)
    with pytest.raises(ValueError, match="line 2: n is not set"):
        read_code("m = 3\nnn.Sequential(nn.Linear(n, m))\nn = 4")


def test_of_several_networks_the_last_is_taken() -> None:
    found = read_code(f"a = nn.Sequential(nn.Mish())\n\nb = {PLAIN}\ny = b(x)\nprint(y)")
    assert [layer_text(each.layer) for each in found.layers] == ["conv8k5", "relu", "flatten"]
    assert found.notes == ["of 2 networks in the text the last is taken, from line 3 on"]


@pytest.mark.parametrize("sizes", ["1, 3, 32, 24", "(64, 3, 32, 24)", "[1, 3, 32, 24]"])
def test_the_input_may_be_given(sizes: str) -> None:
    assert read_code(f"net = {PLAIN}\nx = torch.randn({sizes})").takes == (3, 32, 24)
    assert read_code(f"x = torch.zeros(1, 784)\n{PLAIN}").takes == (784,)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "there is nothing in the field"),
        ("x == 1", "line 1: only imports of torch"),
        ("n = 1", "the text must hold nn.Sequential(...) or a class with nn.Module, there is none"),
        ("n = m", "line 1: m is not set to a number above"),
        ("import torch", "the text must hold nn.Sequential(...) or a class with nn.Module, there is none"),
        ("nn.Sequential()", "holds no layer"),
        (
            "nn.Sequential(\n    nn.ReLU(),\n    nn.Mish(),\n)",
            "line 3: there is no layer nn.Mish here: layers are Conv2d",
        ),
        ("nn.Sequential(\n    my.Conv2d(1, 2, 3))", "line 2: there is no layer my.Conv2d here"),
        ("nn.Sequential(nn.ReLU)", "line 1: a layer must be a call such as nn.ReLU()"),
        ("nn.Sequential(*layers)", "line 1: a layer must be a call"),
        ("nn.Sequential(a=nn.ReLU())", "line 1: nn.Sequential takes layers, nothing by name"),
        ("nn.Sequential(OrderedDict(a=nn.ReLU()))", "OrderedDict must hold a list of pairs"),
        ("nn.Sequential(OrderedDict([nn.ReLU()]))", "OrderedDict must hold a list of pairs"),
        ("nn.Sequential(nn.ReLU(), (lambda: 1)())", "line 1: there is no layer of that kind here"),
        ("import os", "line 1: import of os: only imports of torch"),
        ("from os import system", "line 1: import of os"),
        ("from . import x", "line 1: import of : only"),
        (f"{PLAIN}\nwhile True:\n    pass", "line 2: only imports of torch"),
        (f"{PLAIN}.cuda()", "line 1: only imports of torch"),
        (f"a = b = {PLAIN}", "line 1: only imports of torch"),
        (f"a.b = {PLAIN}", "line 1: only imports of torch"),
        ("class BasicBlock(nn.Module):\n    pass", "line 1: class BasicBlock is not as the export here writes it"),
        (f"{PLAIN}\nx = torch.zeros(1, n, 28, 28)", "line 2: n is not set to a number above"),
        (f"if n:\n    {PLAIN}", "line 1: only imports of torch"),
        (f"def build():\n    return {PLAIN}", "line 1: only imports of torch"),
        (f"{PLAIN}\nx = torch.zeros(1, 28)[0]", "line 2: only imports"),
        (f"{PLAIN}\nx = torch.zeros(1, 2, 3)", "line 2: the input must be a batch of maps or of flat rows"),
        ("nn.Sequential(\n  nn.ReLU(", "line 2: this is not Python as it can be read"),
        ("x\0", "not Python as it can be read"),
        ("(" * 5000, "not Python as it can be read"),
        ("-" * 15_000 + "1", "not Python as it can be read"),
        ("nn.Sequential(nn.Conv2d(" + "9" * 5000 + ", 1, 1))", "not Python as it can be read"),
        ("#" * (MAX_CHARACTERS + 1), "at most 20,000 characters, got 20,001"),
        ("nn.Sequential(" + "nn.ReLU()," * 101 + ")", "layers must be at most 100, got 101"),
    ],
)
def test_everything_else_is_refused_with_its_line(code: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as refusal:
        read_code(code)
    assert len(str(refusal.value)) < 500


def test_nothing_is_run(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    act = f"__import__('pathlib').Path({str(trap)!r}).touch()"
    for code in (
        act,
        f"nn.Sequential(nn.Conv2d({act}, 8, 5))",
        f"nn.Sequential(nn.Conv2d(1, 8, 5, padding={act}))",
        f"nn.Sequential({act})",
        f"net = {PLAIN} if {act} else 1",
        f"x: {act} = {PLAIN}",
        f"x = torch.zeros(1, {act})",
        f"@({act})\nclass BasicBlock(nn.Module):\n    pass",
        f"from torch import nn; {act}; {PLAIN}",
        f"n = {act}\n{PLAIN}",
        f"n = 1 + {act}\n{PLAIN}",
        f"class Net(nn.Module):\n    a = {act}",
        f"@({act})\nclass Net(nn.Module):\n    pass",
        f"class Net(nn.Module, metaclass={act}):\n    pass",
        f"class Net({act}):\n    pass",
    ):
        with pytest.raises(ValueError, match=r"line [12]: "):
            read_code(code)
    assert words(f"{PLAIN}\nprint({act})") == "conv8k5 relu flatten"
    assert not trap.exists()


@given(st.text(max_size=80) | st.text("nn.Sequential(ReLU)=,1'[]*+-\n", max_size=80))
def test_any_text_is_read_or_refused_in_words(code: str) -> None:
    try:
        found = read_code(code)
    except ValueError as refusal:
        assert str(refusal)
    else:
        assert found.layers


LENET = """nn.Sequential(
    nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(400, 10),
)"""


@pytest.mark.parametrize(
    ("code", "at_hand", "taken"),
    [
        (LENET, (3, 32, 32), "1x32x32"),
        (LENET, (3, 224, 224), "1x32x32"),
        (LENET, (784,), "1x32x32"),
        ("nn.Sequential(nn.Conv2d(3, 8, 3))", (1, 20, 30), "3x20x30"),
        ("nn.Sequential(nn.MaxPool2d(2))", (5, 20, 30), "5x20x30"),
        ("nn.Sequential(nn.Flatten(), nn.Linear(49, 3))", (1, 28, 28), "1x7x7"),
        ("nn.Sequential(nn.Flatten(), nn.Linear(28 * 28, 3))", (3, 227, 227), "1x28x28"),
        ("nn.Sequential(nn.Flatten(), nn.Linear(3 * 32 * 32, 3))", (1, 28, 28), "3x32x32"),
        ("nn.Sequential(nn.Linear(4, 3), nn.ReLU())", (1, 28, 28), "4"),
        ("nn.Sequential(nn.BatchNorm1d(4), nn.Linear(4, 3))", (1, 28, 28), "4"),
    ],
)
def test_an_input_is_found(code: str, at_hand: tuple[int, ...], taken: str) -> None:
    stack, notes = pasted_stack(code, at_hand)
    assert stack_text(stack).split()[0] == taken
    assert notes[-1] == f"the input is taken to be {taken.replace('x', ' × ')}"


def test_the_input_in_the_text_goes_first() -> None:
    stack, notes = pasted_stack(f"{LENET}\nx = torch.zeros(1, 1, 33, 34)", (3, 32, 32))
    assert (stack.takes, notes) == ((1, 33, 34), [])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "nn.Sequential(\nnn.Conv2d(1, 8, 3),\nnn.Conv2d(16, 8, 3))",
            "line 3: Conv2d takes 16 channels, but gets 8, for an input of 1 × 28 × 28",
        ),
        (
            LENET.replace("400", "401"),
            "line 5: Linear takes 401 inputs, but gets 256, for an input of 1 × 28 × 28; no square one up to 512 × 512 "
            "fits either",
        ),
        (
            f"{LENET}\nx = torch.zeros(1, 1, 28, 28)",
            "line 5: Linear takes 400 inputs, but gets 256, for the input of 1 × 28 × 28 that the text gives",
        ),
        (
            "nn.Sequential(nn.Conv2d(1, 8, 3), nn.Linear(8, 3))",
            "8 × 26 × 26: flatten them first, for an input of 1 × 28 × 28",
        ),
        ("nn.Sequential(nn.MaxPool2d(2, padding=2))", "line 1: MaxPool2d: padding must be at most half"),
        ("nn.Sequential(nn.ReLU())\nx = torch.zeros(1, 1, 9999, 28)", "sizes from 1 to 4,096"),
    ],
)
def test_what_does_not_fit_is_said_with_its_line(code: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        pasted_stack(code, (1, 28, 28))


def test_a_mismatch_of_channels_is_not_put_down_to_the_size() -> None:
    with pytest.raises(ValueError, match=r"16 channels, but gets 8, for an input of 1 × 28 × 28$"):
        pasted_stack("nn.Sequential(nn.Conv2d(1, 8, 3), nn.Conv2d(16, 8, 3))", (1, 28, 28))
