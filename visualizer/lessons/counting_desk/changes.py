"""One change of a stack, as the table of layers asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.fields import MAX, IntField
from visualizer.engine.stacks.layers import KINDS
from visualizer.engine.stacks.layers.layer import Layer, fields_of
from visualizer.engine.stacks.layers.windowed import MAX_SIDE
from visualizer.engine.stacks.stack import Stack
from visualizer.engine.stacks.text import MAX_CHARACTERS, parse_layer, stack_text

INPUT = -1
"""The place of the input, before the first layer."""
INPUT_FORMS = (
    IntField("", "channels", 1, MAX),
    IntField("", "rows", 1, MAX_SIDE),
    IntField("", "columns", 1, MAX_SIDE),
)
FLAT_FORMS = (IntField("", "inputs", 1, MAX),)
_LONGEST = 40


@dataclass(frozen=True)
class Change:
    """What the browser asks for, unchecked: an action, a place, and what it needs besides."""

    action: object
    at: object
    field: object = None
    text: object = None


def changed(stack: Stack, change: Change) -> tuple[Stack, int]:
    """The stack after a change, and the place to look at then.

    Raises: ValueError in words a student understands, where the change can't be made.
    """
    at = change.at
    if not isinstance(at, int) or isinstance(at, bool) or not INPUT <= at < len(stack.layers):
        raise ValueError("this layer is no longer there")
    if change.action == "set":
        after, look = _set(stack, at, change.field, change.text), at
    elif change.action == "add":
        after, look = _add(stack, at, change.text), at + 1
    elif change.action == "remove" and at != INPUT:
        after, look = _with(stack, [*stack.layers[:at], *stack.layers[at + 1 :]]), min(at, len(stack.layers) - 2)
    elif change.action in ("up", "down") and at != INPUT:
        after, look = _move(stack, at, -1 if change.action == "up" else 1)
    else:
        raise ValueError("this can't be done here")
    check_length(after)
    return after, look


def check_length(stack: Stack) -> None:
    """Raises: ValueError where a stack is too long for the address."""
    if len(stack_text(stack)) > MAX_CHARACTERS:
        raise ValueError(f"a link holds a stack of at most {MAX_CHARACTERS:,} characters, and this one would have more")


def _set(stack: Stack, at: int, field: object, text: object) -> Stack:
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise ValueError(f"please write at most {_LONGEST} characters")
    if at == INPUT:
        forms = INPUT_FORMS if len(stack.takes) == 3 else FLAT_FORMS
        sizes = zip(forms, stack.takes, strict=True)
        return replace(stack, takes=tuple(form.parse(text) if form.label == field else size for form, size in sizes))
    layer = stack.layers[at]
    form = fields_of(type(layer)).get(str(field))
    if form is None:
        raise ValueError("this layer has no such number")
    layers = list(stack.layers)
    layers[at] = replace(layer, **{str(field): form.parse(text)})
    return _with(stack, layers)


def _add(stack: Stack, at: int, word: object) -> Stack:
    kind = next((kind for kind in KINDS if kind.word == word), None)
    if kind is None:
        raise ValueError("there is no such layer")
    channels = count_stack(replace(stack, layers=stack.layers[: at + 1])).gives[0]
    layer = parse_layer(kind.word + kind.start.format(channels=channels))
    return _with(stack, [*stack.layers[: at + 1], layer, *stack.layers[at + 1 :]])


def _move(stack: Stack, at: int, by: int) -> tuple[Stack, int]:
    to = at + by
    if not 0 <= to < len(stack.layers):
        raise ValueError("it is at the end already")
    layers = list(stack.layers)
    layers[at], layers[to] = layers[to], layers[at]
    return _with(stack, layers), to


def _with(stack: Stack, layers: list[Layer]) -> Stack:
    return replace(stack, layers=tuple(layers))
