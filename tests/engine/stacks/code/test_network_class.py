"""Pasted classes of networks: those that people paste are read, and compute what the original computes."""

from __future__ import annotations

import re
from typing import Any

import pytest
import torch
from torch import nn

from tests.engine.stacks.code.snippets import SNIPPETS, Snippet
from visualizer.engine.stacks.code.code import build_module, stack_code
from visualizer.engine.stacks.code.pasted import pasted_stack
from visualizer.engine.stacks.code.pasted_text import Pasted, read_code
from visualizer.engine.stacks.text import layer_text, stack_text

_IMPORTS = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n"


def original(snippet: Snippet) -> nn.Module:
    """The network that a snippet builds; what it imports beside torch is not needed for that."""
    names: dict[str, Any] = {}
    lines = [each for each in snippet.code.splitlines() if "torchvision" not in each and "__future__" not in each]
    exec(_IMPORTS + "\n".join(lines), names)
    module: nn.Module = eval(snippet.makes, names)
    return module.eval()


@pytest.mark.parametrize("name", SNIPPETS)
def test_what_people_paste_is_read_as_it_computes(name: str) -> None:
    stack, _ = pasted_stack(SNIPPETS[name].code, (1, 28, 28))
    assert stack_text(stack).removeprefix("chw") == SNIPPETS[name].text
    torch.manual_seed(0)
    theirs, ours = original(SNIPPETS[name]), build_module(stack, "cpu")
    with torch.no_grad():
        for mine, given in zip(ours.parameters(), theirs.parameters(), strict=True):
            mine.copy_(given)
        x = torch.rand(3, *stack.takes)
        torch.testing.assert_close(ours(x), theirs(x))


@pytest.mark.parametrize("name", SNIPPETS)
def test_its_export_is_read_again(name: str) -> None:
    stack, _ = pasted_stack(SNIPPETS[name].code, (1, 28, 28))
    assert pasted_stack(stack_code(stack), (3, 17, 17)) == (stack, [])


def net(*init: str, head: str = "self", tail: str = "", before: str = "", forward: str = "return self.a(x)") -> Pasted:
    """A class with these statements in its __init__, which begin in line 3."""
    lines = "".join(f"\n        {each}" for each in init)
    made = f"{before}class Net(nn.Module):\n    def __init__({head}):{lines or ' pass'}\n"
    return read_code(f"{made}    def forward(self, x):\n        {forward}\n{tail}")


def words(found: Pasted) -> str:
    return " ".join(layer_text(each.layer) for each in found.layers)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"init": ("n = 3", "self.a = nn.Linear(4, n * 2)")}, "fc6"),
        ({"init": ("n = 3", "n = n + 1", "self.n = n", "self.n = self.n * 2", "self.a = nn.Linear(4, self.n)")}, "fc8"),
        ({"init": ("self.a = 3", "self.a = nn.Linear(4, self.a)")}, "fc3"),
        ({"init": ("self.n = 3", "self.a = nn.Linear(4, self.n)")}, "fc3"),
        ({"init": ("self.a = nn.Linear(4, n)",), "before": "n = 3\n"}, "fc3"),
        ({"init": ("self.a = nn.Linear(4, n)",), "head": "self, n=3"}, "fc3"),
        ({"init": ("self.a = nn.Linear(4, n)",), "head": "self, *, n=3"}, "fc3"),
        ({"init": ("self.a = nn.Linear(4, n)",), "head": "self, n=3", "tail": "m = 5\nNet(m + 1)"}, "fc6"),
        ({"init": ("self.a = nn.Linear(4, n)",), "head": "self, n", "tail": "net = Net(n=2)\ny = net(x)"}, "fc2"),
        ({"init": ("self.a = nn.Linear(4, 1)", "self.a = nn.Linear(4, 2)")}, "fc2"),
        ({"init": ("super().__init__()", "'so far'", "pass", "self.a = torch.nn.ReLU()")}, "relu"),
    ],
)
def test_the_ways_to_set_a_layer(given: dict[str, Any], word: str) -> None:
    init = given.pop("init")
    assert words(net(*init, **given)) == word


@pytest.mark.parametrize(
    ("init", "said"),
    [
        ("self.a = nn.Mish()", "line 3: there is no layer nn.Mish here: layers are Conv2d"),
        ("self.a = nn.ModuleList([nn.ReLU()])", "line 3: there is no layer nn.ModuleList here"),
        ("self.a = nn.Linear(4, n)", "line 3: n is not set to a number above"),
        ("self.a = F.relu", "line 3: F.relu is not set to a number above"),
        ("self.a = lambda x: x", "line 3: arguments must be numbers"),
        ("self.a = [nn.ReLU() for _ in range(3)]", "line 3: arguments must be numbers"),
        ("a = nn.ReLU()", "line 3: this can't be read: __init__ is read as super().__init__() and settings such as"),
        ("self.a = self.b = nn.ReLU()", "line 3: this can't be read: __init__"),
        ("self.a.b = nn.ReLU()", "line 3: this can't be read: __init__"),
        ("self.__dict__['a'] = nn.ReLU()", "line 3: this can't be read: __init__"),
        ("self.__class__ = nn.ReLU()", "self.a is no layer set in __init__"),
        ("setattr(self, 'a', nn.ReLU())", "line 3: this can't be read: __init__"),
        ("for i in range(3): pass", "line 3: this can't be read: __init__"),
        ("if n: self.a = nn.ReLU()", "line 3: this can't be read: __init__"),
        ("super().__setattr__('a', nn.ReLU())", "line 3: this can't be read: __init__"),
        ("__import__('os').abort()", "line 3: this can't be read: __init__"),
        ("self.a = __import__('os').abort()", "line 3: there is no layer of that kind here"),
        ("self.a = nn.Linear(4, __import__('os').abort())", "line 3: arguments must be numbers"),
    ],
)
def test_what_sets_no_layer_is_refused_with_its_line(init: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as refusal:
        net(init)
    assert len(str(refusal.value)) < 500


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("class Net:\n    pass", "line 1: class Net must be written as class Net(nn.Module)"),
        ("class Net(nn.Sequential):\n    pass", "line 1: class Net must be written as class Net(nn.Module)"),
        ("class Net(nn.Module, A):\n    pass", "line 1: class Net must be written as class Net(nn.Module)"),
        ("class Net(nn.Module):\n    x = 3", "line 2: a class may hold __init__, forward and other methods"),
        ("class Net(nn.Module):\n    'so far'", "line 1: class Net has no __init__"),
        ("class Net(nn.Module):\n    def __init__(self): pass", "line 1: class Net has no forward"),
        (
            "class Net(nn.Module):\n    def __init__(self): pass\n    @f\n    def forward(self, x): return x",
            "forward must stand without decorators",
        ),
        ("class Net(nn.Module):\n    async def forward(self, x): return x", "line 2: a class may hold __init__"),
    ],
)
def test_what_is_no_network_is_refused_with_its_line(code: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_code(code)


@pytest.mark.parametrize(
    ("head", "tail", "said"),
    [
        ("self, *sizes", "", "line 2: __init__ must take self and arguments that are written out"),
        ("self, **sizes", "", "line 2: __init__ must take self"),
        ("this", "", "line 2: __init__ must take self"),
        ("self, n", "", "line 3: n is not set to a number above"),
        ("self, n=f()", "", "line 2: arguments must be numbers"),
        ("self, n", "Net(1, 2)", "line 6: __init__ takes n"),
        ("self, n", "Net(m=2)", "line 6: __init__ takes n"),
        ("self, n", "Net(**m)", "line 6: __init__ takes n"),
        ("self, n", "Net(*m)", "line 6: arguments must be numbers"),
    ],
)
def test_arguments_of_the_class_must_be_numbers(head: str, tail: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        net("self.a = nn.Linear(4, n)", head=head, tail=tail)


def test_a_layer_that_is_never_called_is_left_out_and_said() -> None:
    found = net("self.a = nn.ReLU()", "self.b = nn.Linear(3, 4)", "self.c = nn.Tanh()")
    assert words(found) == "relu"
    assert found.notes == ["forward never calls self.b (line 4), self.c (line 5), so they are left out"]
    many = net("self.a = nn.ReLU()", *(f"self.b{i} = nn.ReLU()" for i in range(7))).notes
    assert many[0].endswith("self.b4 (line 8) and 2 more, so they are left out")


def test_of_several_classes_the_last_is_taken() -> None:
    found = net("self.a = nn.ReLU()", before="class Other(Mine):\n    x = 3\nnet = nn.Sequential(nn.Mish())\n")
    assert words(found) == "relu"
    assert found.notes == ["of 3 networks in the text the last is taken, from line 4 on"]


def test_drawing_weights_is_passed_over_and_said() -> None:
    found = net("self.a = nn.Linear(3, 4)", "nn.init.zeros_(self.a.bias)")
    assert found.notes == ["line 4: nn.init changes no count, so it isn't kept"]


def test_a_mismatch_names_the_line_of_the_layer_and_of_its_call() -> None:
    code = SNIPPETS["blitz"].code.replace("16 * 5 * 5", "16 * 5 * 6")
    with pytest.raises(
        ValueError, match="line 16, called in line 30: Linear takes 480 inputs, but gets 256, for"
    ) as it:
        pasted_stack(code, (1, 28, 28))
    assert str(it.value).endswith("no square one up to 512 × 512 fits either")
