"""A class of a network with a forward of a test's own."""

from __future__ import annotations

from visualizer.engine.stacks.code.pasted_text import Pasted, read_code
from visualizer.engine.stacks.text import layer_text

CLASS = """class Net(nn.Module):
    def __init__(self):
        self.conv = nn.Conv2d(1, 4, 3)
        self.pool = nn.MaxPool2d(2)
        self.both = nn.Sequential(nn.ReLU(), nn.Linear(4, 4))
        self.side = 4
    def helper(self, x):
        return x
    def forward(self, x):
"""
"""Its forward begins in line 10."""


def forward(*lines: str) -> Pasted:
    return read_code(CLASS + "".join(f"        {each}\n" for each in lines))


def words(found: Pasted) -> str:
    return " ".join(layer_text(each.layer) for each in found.layers)
