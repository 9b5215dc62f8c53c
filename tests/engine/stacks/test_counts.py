"""Counts of a stack: torch's own on the meta device, worked examples, and what is said at an impossible layer."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from hypothesis import given, settings
from torch.utils.flop_counter import FlopCounterMode

from tests.engine.stacks.drawn import stacks
from visualizer.engine.stacks.code.code import build_module
from visualizer.engine.stacks.counts import StackCounts, count_stack, summed
from visualizer.engine.stacks.layers.layer import Worked
from visualizer.engine.stacks.layers.pointwise import FullyConnected
from visualizer.engine.stacks.layers.windowed import Convolution
from visualizer.engine.stacks.presets import PRESETS
from visualizer.engine.stacks.stack import Stack
from visualizer.engine.stacks.text import parse_stack


def counted(text: str) -> StackCounts:
    return count_stack(parse_stack(text))


def assert_torch_agrees(stack: Stack) -> None:
    counts = count_stack(stack)
    module = build_module(stack)
    assert counts.fault is None
    assert counts.parameters == sum(each.numel() for each in module.parameters())
    x = torch.empty(1, *stack.takes, device="meta")
    with torch.no_grad(), FlopCounterMode(display=False) as flops:
        for layer, count in zip(module, counts.layers, strict=True):
            x = layer(x)
            assert tuple(x.shape[1:]) == count.gives
            assert count.parameters.value == sum(each.numel() for each in layer.parameters())
            assert count.parts or count.memory.value in (0, 4 * x.numel())
    assert 2 * counts.multiply_adds == flops.get_total_flops()


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_has_torchs_counts(name: str) -> None:
    assert_torch_agrees(PRESETS[name].stack)


@settings(max_examples=150)
@given(stacks())
def test_random_stacks_have_torchs_counts_up_to_what_does_not_fit(stack: Stack) -> None:
    counts = count_stack(stack)
    possible = stack.layers if counts.fault is None else stack.layers[: counts.fault.at]
    assert counts.layers == count_stack(dataclasses.replace(stack, layers=possible)).layers
    assert_torch_agrees(dataclasses.replace(stack, layers=possible))


def test_lenet_by_hand() -> None:
    counts = count_stack(PRESETS["lenet5"].stack)
    weighed = [each for each in counts.layers if each.parameters.value]
    assert [each.parameters.value for each in weighed] == [156, 2416, 48_120, 10_164, 850]
    assert [each.multiply_adds.value for each in weighed] == [117_600, 240_000, 48_000, 10_080, 840]
    assert counts.parameters == 61_706
    assert [each.reach.field[0] for each in weighed] == [5, 14, 32, 32, 32]


@pytest.mark.parametrize(
    ("name", "parameters", "multiply_adds"),
    [
        ("vgg16", 138_357_544, 15_470_264_320),
        ("imagenet2012", 60_965_224, 724_406_816),
        ("efficientnet_lite0", 4_652_008, 385_187_552),
        ("slide21_full", 16 * 10**9, 16 * 10**9),
        ("slide21_local", 40 * 10**6, 40 * 10**6),
        ("slide21_shared", 1000, 40 * 10**6),
    ],
)
def test_known_nets_have_their_known_totals(name: str, parameters: int, multiply_adds: int) -> None:
    counts = count_stack(PRESETS[name].stack)
    assert (counts.parameters, counts.multiply_adds) == (parameters, multiply_adds)


def test_memory_is_every_output_and_the_input_but_not_a_flatten() -> None:
    counts = counted("1x4x4 conv2k3b0 relu flatten fc3b0")
    assert [each.memory.value for each in counts.layers] == [4 * 8, 4 * 8, 0, 4 * 3]
    assert counts.memory == 4 * (16 + 8 + 8 + 3)


def test_a_block_is_the_sum_of_its_parts_and_shows_them() -> None:
    same, smaller = counted("64x56x56 basic64 basic128s2").layers
    assert same.parameters.value == 2 * 9 * 64 * 64 + 2 * 128 == 73_984
    assert [part.name for part in same.parts][-2:] == ["plus the input", "ReLU"]
    assert smaller.parameters.value == 9 * 64 * 128 + 9 * 128 * 128 + 64 * 128 + 3 * 256
    assert [part.place for part in smaller.parts] == ["", "", "", "", "", "shortcut", "shortcut", "sum", ""]
    assert smaller.memory.value == sum(part.memory.value for part in smaller.parts)


def test_the_rest_of_an_impossible_stack_is_counted() -> None:
    counts = counted("1x28x28 conv8k5 max2 conv16k30 relu flatten fc10")
    assert counts.fault is not None
    assert counts.fault.at == 2
    assert "covers 30" in counts.fault.words
    assert "12" in counts.fault.words
    assert [each.gives for each in counts.layers] == [(8, 24, 24), (8, 12, 12)]
    assert counts.parameters == 208


def test_kinds_are_told_apart_within_blocks_too() -> None:
    counts = counted("3x8x8 conv4k3p1 mbconv4 flatten fc10")
    assert counts.parameters_in(FullyConnected) == 4 * 64 * 10 + 10
    assert counts.parameters_in(Convolution) == 112 + 4 * 24 + 9 * 24 + 24 * 4
    assert counts.multiply_adds_in(Convolution, FullyConnected) == counts.multiply_adds


def evaluated(formula: str) -> int:
    """The sum of products in a formula; brackets hold products alone."""
    plain = formula.replace(",", "").replace("(", "").replace(")", "")
    total = 0
    for term in plain.split(" + "):
        product = 1.0
        for factor in term.split(" · "):
            over, _, under = factor.partition(" / ")
            product *= int(over) / int(under or 1)
        total += round(product)
    return total


def assert_adds_up(worked: Worked) -> None:
    formula, _, result = worked.numbers.rpartition(" = ")
    assert int(result.replace(",", "")) == worked.value
    if formula:
        assert evaluated(formula) == worked.value


@settings(max_examples=50)
@given(stacks())
def test_every_formula_comes_to_its_count(stack: Stack) -> None:
    for count in count_stack(stack).layers:
        for each in (count, *count.parts):
            for worked in (each.parameters, each.multiply_adds, each.memory):
                assert_adds_up(worked)


@pytest.mark.parametrize("name", PRESETS)
def test_every_formula_of_the_presets_comes_to_its_count(name: str) -> None:
    for count in count_stack(PRESETS[name].stack).layers:
        for worked in (count.parameters, count.multiply_adds, count.memory):
            assert_adds_up(worked)


def test_formulas_are_written_as_on_a_board() -> None:
    first, second = count_stack(PRESETS["imagenet2012"].stack).layers[0::4][:2]
    assert first.parameters.numbers == "11 · 11 · 3 · 96 + 96 = 34,944"
    assert first.shape == "96 maps; rows and columns: ⌊(227 − 11) / 4⌋ + 1 = 55"
    assert second.parameters.numbers == "5 · 5 · 96 / 2 · 256 + 256 = 307,456"
    assert second.multiply_adds.numbers == "256 · 27 · 27 · (5 · 5 · 96 / 2) = 223,948,800"


def test_equal_terms_of_a_sum_are_written_once() -> None:
    parts = [Worked(value, "", "") for value in (5, 5, 0, 7, 5)]
    assert summed(parts).numbers == "2 · 5 + 7 + 5 = 22"
    assert summed([Worked(0, "", "")]).numbers == "0 = 0"
