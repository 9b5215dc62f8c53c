"""A stack as one line of text: there and back, and what is refused in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.stacks.drawn import stacks
from visualizer.engine.stacks.layers.windowed import Convolution, MaxPool
from visualizer.engine.stacks.presets import PRESETS
from visualizer.engine.stacks.stack import Stack
from visualizer.engine.stacks.text import (
    MAX_CHARACTERS,
    AmbiguousShape,
    layer_text,
    parse_layer,
    parse_stack,
    stack_text,
)


@settings(max_examples=40)
@given(stacks())
def test_every_stack_is_read_again(stack: Stack) -> None:
    assert parse_stack(stack_text(stack)) == stack


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_fits_a_link(name: str) -> None:
    text = stack_text(PRESETS[name].stack)
    assert parse_stack(text) == PRESETS[name].stack
    assert len(text) < MAX_CHARACTERS / 2


def test_what_is_as_by_default_is_left_out() -> None:
    assert layer_text(Convolution(8, (5, 5), padding=(2, 2))) == "conv8k5p2"
    assert layer_text(Convolution(8, (3, 5), (1, 1), "same", (2, 1), 4, False)) == "conv8k3x5psamed2x1g4b0"
    assert layer_text(MaxPool((2, 2))) == "max2"
    assert layer_text(MaxPool((3, 3), (2, 2))) == "max3s2"


def test_it_may_be_written_with_a_times_sign_and_capitals() -> None:
    assert parse_stack("1×28×28 CONV8k5") == parse_stack("1x28x28 conv8k5")
    assert parse_layer("dropout") == parse_layer("dropout0.5")
    assert parse_layer("relu6") != parse_layer("relu")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must begin with the input's shape, such as 1x28x28"),
        ("conv8k5", "the input's shape must be channels x rows x columns"),
        ("1x28", "the input's shape must be channels x rows x columns"),
        ("0x28x28", "sizes from 1 to 1,000,000"),
        ("1x28x9999", "sizes from 1 to 4,096"),
        ("1x28x28 foo3", "there is no layer 'foo3': layers are conv, local"),
        ("1x28x28 conv8", "after conv come maps, then k and kernel"),
        ("1x28x28 relu3", "relu stands alone"),
        ("1x28x28 conv8k0", "in 'conv8k0', kernel must be"),
        ("1x28x28 mbconv8k4", "in 'mbconv8k4', kernel must be an odd number"),
        ("1x28x28 " + "relu " * 101, "layers must be at most 100"),
        ("1x28x28 " + "r" * 3000, "at most 2,000 characters"),
        ("1x28x28 <script>", "there is no layer '<script>'"),
    ],
)
def test_what_is_refused_says_the_word_and_why(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        parse_stack(text)


@given(st.text(max_size=60))
def test_any_text_is_a_stack_or_is_refused(text: str) -> None:
    try:
        stack = parse_stack(text)
    except ValueError as refusal:
        assert 0 < len(str(refusal)) < 400
    else:
        assert parse_stack(stack_text(stack)) == stack


def test_a_shape_in_the_order_of_keras_is_asked_about() -> None:
    with pytest.raises(AmbiguousShape, match="32x32x3 can be read in two ways: write 3x32x32 for 3 channels") as caught:
        parse_stack("32x32x3 conv6k5")
    last, first = (parse_stack(f"{text} conv6k5") for text, _ in (caught.value.last, caught.value.first))
    assert last == parse_stack("hwc32x32x3 conv6k5") == parse_stack("3x32x32 conv6k5")
    assert first.takes == (32, 32, 3) and stack_text(first) == "chw32x32x3 conv6k5"


@pytest.mark.parametrize("text", ["28x28x1", "224x224x3", "28X28X1 flatten"])
def test_so_is_any_image_with_its_channels_last(text: str) -> None:
    with pytest.raises(AmbiguousShape):
        parse_stack(text)


@pytest.mark.parametrize("text", ["1x28x28", "3x3x3", "64x7x7", "5", "1x1x3"])
def test_other_shapes_are_taken_as_they_stand(text: str) -> None:
    assert "x".join(map(str, parse_stack(text).takes)) == text
