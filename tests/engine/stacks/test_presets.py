"""The presets: they hold together, and are the nets that they are named after."""

from __future__ import annotations

import pytest

from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.layers.blocks import InvertedResidual
from visualizer.engine.stacks.presets import PRESETS, SLIDE_21, lesson_net
from visualizer.engine.stacks.text import stack_text


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_possible_and_says_where_it_comes_from(name: str) -> None:
    preset = PRESETS[name]
    assert preset.name == name
    assert preset.about
    assert len(preset.label) <= 40
    assert count_stack(preset.stack).fault is None


def test_slide_21_has_the_same_units_three_times() -> None:
    shared, untied, full = (count_stack(PRESETS[name].stack) for name in reversed(SLIDE_21))
    assert shared.gives == untied.gives == (10, 200, 200)
    assert full.gives == (400_000,)
    assert shared.multiply_adds == untied.multiply_adds == untied.parameters


def test_the_paper_about_lenet_has_60_000_parameters() -> None:
    """With the learned subsampling and the sparse third layer of the paper, and no learned last layer."""
    ours = count_stack(PRESETS["lenet5"].stack)
    first, third, fifth, sixth, last = (each.parameters.value for each in ours.layers if each.parameters.value)
    assert first + third + fifth + sixth + last == 61_706
    assert first + 12 + 1516 + 32 + fifth + sixth == 60_000


def test_the_lessons_net_is_made_to_measure() -> None:
    assert stack_text(lesson_net()) == "1x28x28 conv8k5p2 relu max2 conv16k5p2 relu max2 flatten fc10"
    counts = count_stack(lesson_net(side=32, channels=3, maps=(6, 12), kernel=3, classes=43))
    assert [each.gives for each in counts.layers][-3:] == [(12, 8, 8), (768,), (43,)]


def test_efficientnet_has_sixteen_blocks() -> None:
    layers = PRESETS["efficientnet_lite0"].stack.layers
    assert sum(isinstance(layer, InvertedResidual) for layer in layers) == 16
