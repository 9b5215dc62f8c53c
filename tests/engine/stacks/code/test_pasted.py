"""Pasted code: what is read, and that everything else is refused by its line and never run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine.stacks.code.code import block_source
from visualizer.engine.stacks.code.pasted import MOST_CHARACTERS, read_code
from visualizer.engine.stacks.text import layer_text

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


@pytest.mark.parametrize("sizes", ["1, 3, 32, 24", "(64, 3, 32, 24)", "[1, 3, 32, 24]"])
def test_the_input_may_be_given(sizes: str) -> None:
    assert read_code(f"net = {PLAIN}\nx = torch.randn({sizes})").takes == (3, 32, 24)
    assert read_code(f"x = torch.zeros(1, 784)\n{PLAIN}").takes == (784,)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "there is nothing in the field"),
        ("x = 1", "line 1: only imports of torch"),
        ("import torch", "the text must hold one nn.Sequential(...), there is none"),
        (f"{PLAIN}\n{PLAIN}", "the text must hold one nn.Sequential(...), there are 2"),
        ("nn.Sequential()", "holds no layer"),
        (
            "nn.Sequential(\n    nn.ReLU(),\n    nn.GELU(),\n)",
            "line 3: there is no layer nn.GELU here: layers are Conv2d",
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
        ("class Mine(nn.Module):\n    pass", "line 1: only imports of torch"),
        (f"{PLAIN}\nx = torch.zeros(1, n, 28, 28)", "line 2: arguments must be numbers"),
        (f"{PLAIN}\nx = torch.zeros(1, 28)[0]", "line 2: only imports"),
        (f"{PLAIN}\nx = torch.zeros(1, 2, 3)", "line 2: the input must be a batch of maps or of flat rows"),
        ("nn.Sequential(\n  nn.ReLU(", "line 2: this is not Python as it can be read"),
        ("x\0", "not Python as it can be read"),
        ("(" * 5000, "not Python as it can be read"),
        ("-" * 15_000 + "1", "not Python as it can be read"),
        ("nn.Sequential(nn.Conv2d(" + "9" * 5000 + ", 1, 1))", "not Python as it can be read"),
        ("#" * (MOST_CHARACTERS + 1), "at most 20,000 characters, got 20,001"),
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
    ):
        with pytest.raises(ValueError, match=r"line [12]: "):
            read_code(code)
    assert not trap.exists()


@given(st.text(max_size=80) | st.text("nn.Sequential(ReLU)=,1'[]\n", max_size=80))
def test_any_text_is_read_or_refused_in_words(code: str) -> None:
    try:
        found = read_code(code)
    except ValueError as refusal:
        assert str(refusal)
    else:
        assert found.layers
