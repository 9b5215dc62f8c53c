"""What the pages Convolution and Pooling show at random steps is what the same walk has in Python."""

from __future__ import annotations

import random
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.grid_lessons import CONVOLUTION, POOLING, Query, shows, value_at, walk_of
from tests.browser.reading import set_in_type, shown_number
from tools.browser import open_lesson
from visualizer.engine import Trace

GEOMETRIES: dict[str, tuple[str, Query]] = {
    "default": (CONVOLUTION, {}),
    "stride and padding, in colour": (CONVOLUTION, {"stride": 2, "pad": 1, "crop": "90,150,6,6"}),
    "holes": (CONVOLUTION, {"channels": "grey", "dilation": 2, "crop": "100,160,9,8", "backward": "sum"}),
    "same size": (
        CONVOLUTION,
        {"channels": "grey", "padding": "same", "kernel_size": 5, "kernel1": "Gaussian", "operation": "true"},
    ),
    "two filters": (
        CONVOLUTION,
        {"filters": 2, "mix": "same", "sample": "Coffee", "backward": "one pixel", "pixel_filter": 2, "pixel_row": 3}
        | {"padding": "sides", "pad_top": 1, "pad_right": 2},
    ),
    "overlap, rounded up": (POOLING, {"window": 3, "pool_stride": 2, "pool_padding": 1, "ceil_mode": "true"}),
    "average, in colour": (
        POOLING,
        {"pooling": "average", "pool_channels": "colour", "window": 3, "pool_stride": 2, "pool_padding": 1}
        | {"count_include_pad": "false"},
    ),
    "block": (POOLING, {"layers": "block", "window": 3, "pool_stride": 1, "detector_same": "true"}),
}

READ = """(player, steps) => steps.map((step) => {
  const part = (name) => player.querySelector(`[data-testid=${name}]`)
  part("player-slider").value = step
  part("player-slider").dispatchEvent(new Event("input", { bubbles: true }))
  const known = [...player.querySelectorAll(".figure .number.known")].filter((mark) => mark.textContent)
  return {
    step: part("player-step").textContent,
    title: part("player-title").textContent,
    total: part("formula-numbers").querySelector(".writes").textContent,
    figure: Object.fromEntries(known.map((mark) => [mark.dataset.ref, mark.textContent])),
  }
})"""


def random_steps(trace: Trace, count: int = 10) -> list[int]:
    """Steps of every chapter, in any order: forward ones and backward ones."""
    choose = random.Random(len(trace))
    steps = [step for each in trace.chapters for step in choose.choices(range(each.start + 1, each.stop + 1), k=count)]
    choose.shuffle(steps)
    return steps


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_shown_numbers_equal_the_trace_at_random_steps(page: Page, server: str, geometry: str) -> None:
    path, query = GEOMETRIES[geometry]
    trace = walk_of(path, query)
    steps = random_steps(trace)
    open_lesson(page, server, query, path)
    shown: list[dict[str, Any]] = page.get_by_test_id("player").evaluate(READ, steps)

    assert [each["step"].replace(" ", "") for each in shown] == [f"{step}/{len(trace)}" for step in steps]
    assert [each["title"] for each in shown] == [set_in_type(trace.steps[step - 1].title) for step in steps]
    for step, each in zip(steps, shown, strict=True):
        value = float(trace.value(trace.steps[step - 1].target))
        assert shown_number(each["total"]) == pytest.approx(value, rel=5e-4, abs=1e-12), step
        later = {str(other.target) for other in trace.steps[step:]}
        assert not later & each["figure"].keys(), step
        if trace.steps[step - 1].target.name in {ref.partition("[")[0] for ref in each["figure"]}:
            assert str(trace.steps[step - 1].target) in each["figure"], step
    wrong = [
        (step, ref, text)
        for step, each in zip(steps, shown, strict=True)
        for ref, text in each["figure"].items()
        if not shows(text, value_at(trace, ref))
    ]
    assert wrong == []
