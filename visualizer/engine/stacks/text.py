"""A stack as one line of text, there and back: "1x28x28 conv8k5p2 relu max2 flatten fc10".

First the input's shape, channels first ("chw32x32x3" where it could be taken for height x width x channels, and
"hwc32x32x3" for that), then a word a layer: its kind, its main number, then letters with numbers for what is not as
by default (k kernel, s stride, p padding, d dilation, g groups, b bias 1 or 0, e expansion, c round up 1 or 0).
"""

from __future__ import annotations

import re
from dataclasses import MISSING, fields

from visualizer.engine.arguments import short
from visualizer.engine.stacks.fields import MAX
from visualizer.engine.stacks.layers import KINDS
from visualizer.engine.stacks.layers.layer import Layer, Shape, fields_of
from visualizer.engine.stacks.stack import MAX_LAYERS, Stack

MAX_CHARACTERS = 2000
_WORDS = {kind.word: kind for kind in KINDS}
_INPUT = re.compile(r"(chw|hwc|)(\d{1,9}(?:x\d{1,9}x\d{1,9})?)", re.ASCII)
_CHANNELS = (1, 3, 4)
"""How many channels an image has, where it is grey, in colour, or in colour with transparency."""
_WORD = re.compile(rf"({'|'.join(sorted(_WORDS, key=len, reverse=True))})(.*)", re.ASCII)


class AmbiguousShape(ValueError):
    """A shape that may have its channels first or last; `first` and `last` are both readings, with their meaning."""

    def __init__(self, sizes: Shape) -> None:
        one, two, three = sizes
        self.first = f"chw{one}x{two}x{three}", f"{one} channels of {two} × {three}"
        self.last = f"{three}x{one}x{two}", f"{three} channel{'s' if three > 1 else ''} of {one} × {two}"
        super().__init__(
            f"{one}x{two}x{three} can be read in two ways: write {self.last[0]} for {self.last[1]} (Keras writes "
            f"height x width x channels), or {self.first[0]} for {self.first[1]}"
        )


def _numbers(kind: type[Layer]) -> re.Pattern[str]:
    """What follows a kind's word, in the order of its fields."""
    parts = []
    for each, form in zip(fields(kind), fields_of(kind).values(), strict=True):
        part = f"{form.letter}(?P<{each.name}>{form.pattern})"
        parts.append(part if each.default is MISSING else f"(?:{part})?")
    return re.compile("".join(parts), re.ASCII)


_NUMBERS = {kind: _numbers(kind) for kind in KINDS}


def stack_text(stack: Stack) -> str:
    """The stack as `parse_stack` reads it."""
    shape = "x".join(map(str, stack.takes))
    return " ".join((f"chw{shape}" if _is_ambiguous(stack.takes) else shape, *map(layer_text, stack.layers)))


def layer_text(layer: Layer) -> str:
    """One layer as a word, without what is as by default."""
    given = layer.given
    numbers = (
        form.letter + form.text(getattr(layer, name))
        for name, form in fields_of(type(layer)).items()
        if not form.letter or name in given
    )
    return layer.word + "".join(numbers)


def parse_stack(text: str) -> Stack:
    """The stack that a text stands for; it may still be one that no input fits.

    Raises: ValueError that names the word which isn't understood, and what is allowed; AmbiguousShape where the input
    may be meant with its channels first or last.
    """
    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"the text must have at most {MAX_CHARACTERS:,} characters, got {len(text):,}")
    words = text.lower().replace("×", "x").split()
    if not words:
        raise ValueError("the text must begin with the input's shape, such as 1x28x28")
    if len(words) > MAX_LAYERS + 1:
        raise ValueError(f"layers must be at most {MAX_LAYERS}, got {len(words) - 1}")
    return Stack(_parse_input(words[0]), tuple(map(parse_layer, words[1:])))


def parse_layer(word: str) -> Layer:
    """The layer that a word stands for. Raises: ValueError that names the word, and what is wrong with it."""
    match = _WORD.fullmatch(word)
    if not match:
        raise ValueError(f"there is no layer {short(word)}: layers are {', '.join(_WORDS)}")
    kind = _WORDS[match[1]]
    found = _NUMBERS[kind].fullmatch(match[2])
    if not found:
        raise ValueError(f"{short(word)} isn't understood: {_usage(kind)}")
    forms = fields_of(kind)
    try:
        return kind(
            **{name: forms[name].parse(value) for name, value in found.groupdict().items() if value is not None}
        )
    except ValueError as error:
        raise ValueError(f"in {short(word)}, {error}") from None


def _usage(kind: type[Layer]) -> str:
    forms = fields_of(kind).values()
    if not forms:
        return f"{kind.word} stands alone"
    parts = ", then ".join(f"{form.letter} and {form.label}" if form.letter else form.label for form in forms)
    return f"after {kind.word} come {parts}"


def _parse_input(word: str) -> Shape:
    match = _INPUT.fullmatch(word)
    if not match or (match[1] and "x" not in match[2]):
        raise ValueError(f"the input's shape must be channels x rows x columns, such as 1x28x28, got {short(word)}")
    order, takes = match[1], tuple(int(size) for size in match[2].split("x"))
    if not all(1 <= size <= MAX for size in takes):
        raise ValueError(f"the input's shape must hold sizes from 1 to {MAX:,}, got {short(word)}")
    if not order and _is_ambiguous(takes):
        raise AmbiguousShape(takes)
    return (takes[2], takes[0], takes[1]) if order == "hwc" else takes


def _is_ambiguous(takes: Shape) -> bool:
    """Whether it looks like an image's height, width and channels."""
    return len(takes) == 3 and takes[2] in _CHANNELS and min(takes[:2]) > max(_CHANNELS)
