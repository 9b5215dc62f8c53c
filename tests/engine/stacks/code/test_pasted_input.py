"""Pasted layers on an input that fits: the one at hand, one that is found, or words on what does not fit."""

from __future__ import annotations

import re

import pytest

from visualizer.engine.stacks.code.pasted_input import pasted_stack
from visualizer.engine.stacks.text import stack_text

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
