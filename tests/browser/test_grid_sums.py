"""What Convolution and Pooling show adds up: every step of the defaults, and steps of 200 random settings."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from torch import Tensor

from tests.browser.bare_player import BarePlayer
from tests.browser.grid_lessons import CONVOLUTION, POOLING, Lesson, walk_of
from tests.browser.shown_sums import number, value
from visualizer.engine import Trace
from visualizer.inputs.arrays.setting import ArraySetting
from visualizer.inputs.images.crop_setting import Crop
from visualizer.inputs.images.pictures import hundredths
from visualizer.inputs.images.samples import SAMPLES
from visualizer.lessons.convolution import settings as convolution
from visualizer.lessons.convolution.state import ConvolutionLesson
from visualizer.lessons.pooling import settings as pooling
from visualizer.lessons.pooling.state import PoolingLesson
from visualizer.ui.number_settings import Integer, Number
from visualizer.ui.settings import Choice, Setting, Switch

LONGEST = 900
"""Longer walks show nothing that shorter ones do not, and take longer to hand over."""
MAX = {"kernel_size": 5, "stride": 3, "dilation": 3, "pad": 3, "detector_size": 5, "window": 4, "pool_padding": 2}
Open = Callable[[dict[str, Any], random.Random], Lesson]


def random_value(setting: Setting[Any], choose: random.Random) -> Any:
    match setting:
        case Choice():
            return choose.choice(list(setting.options))
        case Integer():
            return choose.randint(setting.minimum, min(setting.maximum, MAX.get(setting.name, 5)))
        case Number():
            spread = min(setting.maximum, 20.0) - max(setting.minimum, -20.0)
            return round(max(setting.minimum, -20.0) + spread * choose.random(), choose.choice([0, 1, 3]))
        case Switch():
            return choose.random() < 0.5
        case ArraySetting():
            return None
    raise TypeError(f"unknown kind of setting: {setting}")


def random_crop(choose: random.Random, colour: bool) -> Tensor:
    picture = SAMPLES[choose.choice(["cat", "coffee", "coins", "cross"])]()
    height, width = choose.randint(1, 8), choose.randint(1, 8)
    top, left = choose.randint(0, picture.height - height), choose.randint(0, picture.width - width)
    return hundredths(Crop(top, left, height, width).of(picture), colour=colour)


def random_convolution(values: dict[str, Any], choose: random.Random) -> Lesson:
    settings = convolution.SETTINGS.of(values)
    return ConvolutionLesson(settings, random_crop(choose, settings.colour))


def random_pooling(values: dict[str, Any], choose: random.Random) -> Lesson:
    settings = pooling.SETTINGS.of(values)
    return PoolingLesson(settings, random_crop(choose, settings.colour))


def random_walks(count: int, table: tuple[Setting[Any], ...], opened: Open) -> list[tuple[str, Trace]]:
    """Walks over random crops with random settings, those left out that are refused."""
    choose = random.Random(count)
    walks: list[Any] = []
    while len(walks) < count:
        values = {setting.name: random_value(setting, choose) for setting in table}
        lesson = opened(values, choose)
        if lesson.refusal is None and 0 < len(lesson.trace) <= LONGEST:
            walks.append((f"walk {len(walks)}, {values}", lesson.trace))
    return walks


def one_step_a_chapter(trace: Trace) -> list[int]:
    choose = random.Random(len(trace))
    return [choose.randint(each.start + 1, each.stop) for each in trace.chapters]


@pytest.mark.parametrize("path", [CONVOLUTION, POOLING])
def test_every_step_of_the_default_adds_up(bare_player: BarePlayer, path: str) -> None:
    trace = walk_of(path, {})
    steps = list(range(1, len(trace) + 1))
    assert bare_player.faults(trace, steps) == []
    for step, lines in zip(trace.steps, bare_player.read(trace, steps), strict=True):
        shown = number(lines[0][0])
        assert shown is not None
        assert float(shown) == pytest.approx(float(trace.value(step.target)), rel=5e-4, abs=1e-12)
        whole = [line[2:] if first == 0 else line[1:] for first, line in enumerate(lines) if "…" not in line]
        assert all(value(line) is not None for line in whole)


@pytest.mark.parametrize(
    ("count", "table", "opened"),
    [(120, tuple(convolution.SETTINGS), random_convolution), (80, tuple(pooling.SETTINGS), random_pooling)],
    ids=["convolution", "pooling"],
)
def test_random_settings_add_up(
    bare_player: BarePlayer, count: int, table: tuple[Setting[Any], ...], opened: Open
) -> None:
    found = [
        f"{name}, {fault}"
        for name, trace in random_walks(count, table, opened)
        for fault in bare_player.faults(trace, one_step_a_chapter(trace))
    ]
    assert found == [], "\n".join(found)
