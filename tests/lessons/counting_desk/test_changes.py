"""Changes of a stack: each does what it says, and what can't be done is refused in words with the stack as it was."""

from __future__ import annotations

import re

import pytest

from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.layers import KINDS
from visualizer.engine.stacks.stack import MAX_LAYERS
from visualizer.engine.stacks.text import parse_stack, stack_text
from visualizer.lessons.counting_desk.changes import INPUT, Change, changed

STACK = parse_stack("1x28x28 conv8k5 relu max2 flatten fc10")


@pytest.mark.parametrize(
    ("change", "text", "look"),
    [
        (Change("set", 0, "maps", "12"), "1x28x28 conv12k5 relu max2 flatten fc10", 0),
        (Change("set", 0, "kernel", "3x7"), "1x28x28 conv8k3x7 relu max2 flatten fc10", 0),
        (Change("set", 0, "padding", "Same"), "1x28x28 conv8k5psame relu max2 flatten fc10", 0),
        (Change("set", 4, "bias", "0"), "1x28x28 conv8k5 relu max2 flatten fc10b0", 4),
        (Change("set", INPUT, "rows", "32"), "1x32x28 conv8k5 relu max2 flatten fc10", INPUT),
        (Change("add", 1, None, "bn"), "1x28x28 conv8k5 relu bn max2 flatten fc10", 2),
        (Change("add", INPUT, None, "bn"), "1x28x28 bn conv8k5 relu max2 flatten fc10", 0),
        (Change("add", 2, None, "basic"), "1x28x28 conv8k5 relu max2 basic8 flatten fc10", 3),
        (Change("add", 2, None, "mbconv"), "1x28x28 conv8k5 relu max2 mbconv8 flatten fc10", 3),
        (Change("remove", 2), "1x28x28 conv8k5 relu flatten fc10", 2),
        (Change("remove", 4), "1x28x28 conv8k5 relu max2 flatten", 3),
        (Change("up", 2), "1x28x28 conv8k5 max2 relu flatten fc10", 1),
        (Change("down", 0), "1x28x28 relu conv8k5 max2 flatten fc10", 1),
    ],
)
def test_a_change_does_what_it_says(change: Change, text: str, look: int) -> None:
    after, at = changed(STACK, change)
    assert (stack_text(after), at) == (text, look)


def test_the_last_layer_may_go_too() -> None:
    after, look = changed(parse_stack("5 relu"), Change("remove", 0))
    assert (stack_text(after), look) == ("5", INPUT)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_added_after_maps(kind: type) -> None:
    after, at = changed(parse_stack("3x32x32 conv8k3"), Change("add", 0, None, kind.word))  # type: ignore[attr-defined]
    assert isinstance(after.layers[at], kind)
    fault = count_stack(after).fault
    assert fault is None or "flatten them first" in fault.words


def test_a_change_may_make_the_stack_impossible() -> None:
    after, _ = changed(STACK, Change("remove", 3))
    fault = count_stack(after).fault
    assert fault is not None
    assert fault.at == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("set", 0, "kernel", "abc"), "kernel must be a whole number from 1 to 512"),
        (Change("set", 0, "kernel", "0"), "kernel must be"),
        (Change("set", 0, "kernel", "9" * 41), "at most 40 characters"),
        (Change("set", 0, "kernel", 3), "at most 40 characters"),
        (Change("set", 0, "word", "x"), "no such number"),
        (Change("set", 0, None, "3"), "no such number"),
        (Change("set", INPUT, "rows", "0"), "rows must be a whole number from 1 to 4,096, got 0"),
        (Change("set", 99, "maps", "3"), "no longer there"),
        (Change("set", True, "maps", "3"), "no longer there"),
        (Change("set", "0", "maps", "3"), "no longer there"),
        (Change("add", 0, None, "<script>"), "no such layer"),
        (Change("add", 0, None, None), "no such layer"),
        (Change("remove", INPUT), "can't be done here"),
        (Change("up", INPUT), "can't be done here"),
        (Change("up", 0), "at the end already"),
        (Change("down", 4), "at the end already"),
        (Change(None, 0), "can't be done here"),
    ],
)
def test_what_can_not_be_done_is_said(change: Change, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        changed(STACK, change)


def test_there_is_an_end_to_it() -> None:
    with pytest.raises(ValueError, match="layers must be at most 100"):
        changed(parse_stack("5" + " relu" * MAX_LAYERS), Change("add", 0, None, "relu"))
    long = parse_stack("1x28x28" + " conv100000k3x5s1x2d1x2b0" * 79 + " softmax")
    with pytest.raises(ValueError, match="at most 2,000 characters, and this one would have more"):
        changed(long, Change("add", 0, None, "conv"))
