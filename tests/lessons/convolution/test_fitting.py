"""Which settings make a walk, and what is said where they do not: the smallest change that helps."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any

import pytest
import torch

from visualizer.lessons.convolution import fitting
from visualizer.lessons.convolution.fitting import MAX_STEPS, possible, refusal
from visualizer.lessons.convolution.settings import SETTINGS, ConvolutionSettings
from visualizer.lessons.convolution.state import start_arrays, trace_of

ADVICE = {
    r"pad by (\d+) more": lambda settings, n: replace(settings, pad=settings.pad + n),
    r"use dilation (\d+)": lambda settings, n: replace(settings, dilation=n),
    r"use a kernel of (\d+)": lambda settings, n: replace(settings, size=n),
    r"set the kernel size to (\d+)": lambda settings, n: replace(settings, size=n),
}
BOXES = (("box",) * 3,) * 4


def layer(**values: Any) -> ConvolutionSettings:
    return SETTINGS.of(values)


def said(settings: ConvolutionSettings, side: int = 7) -> str:
    found = refusal(settings, (side, side))
    return found.text if found else ""


def image(settings: ConvolutionSettings, rows: int, columns: int) -> torch.Tensor:
    return torch.rand(settings.channel_count, rows, columns, dtype=torch.float64)


def test_the_default_makes_a_walk() -> None:
    assert refusal(layer(), (7, 7)) is None


@pytest.mark.parametrize(
    ("settings", "beside", "words"),
    [
        (layer(kernel_size=11), "kernel", "Sobel x comes in 3×3 and 5×5, not in 11×11: set the kernel size to 5"),
        (layer(padding="same", stride=2), "geometry", "“same” keeps the image's size, which needs stride 1: set the"),
        (layer(dilation=4), "geometry", "but the crop has 7: pad by 1 more on each side, or use dilation 3, or use a"),
        (layer(kernel_size=1, kernel1="box", mix="same", target_output="sobel_x"), "target", "Target: The kernel"),
    ],
)  # fmt: skip
def test_what_is_in_the_way_is_said_beside_it(settings: ConvolutionSettings, beside: str, words: str) -> None:
    found = refusal(settings, (7, 7))
    assert found is not None
    assert found.beside == beside
    assert words in found.text


def test_every_advice_helps() -> None:
    tried = 0
    for side in (1, 3, 6):
        for size in range(1, 12):
            for dilation in (1, 2, 5):
                for pad in (0, 1, 3):
                    settings = replace(layer(dilation=dilation, pad=pad), size=size, kernels=BOXES)
                    for pattern, changed in ADVICE.items():
                        if advice := re.search(pattern, said(settings, side)):
                            tried += 1
                            assert said(changed(settings, int(advice[1])), side) == "", (settings, side)
    assert tried > 100


def test_a_kernel_s_advice_helps() -> None:
    for name in ("sobel_x", "identity", "sharpen", "gabor"):
        for size in range(1, 12):
            settings = layer(kernel_size=size, kernel1=name, mix="same")
            if advice := re.search(r"set the kernel size to (\d+)", said(settings, 11)):
                assert said(replace(settings, size=int(advice[1])), 11) == ""


def random_layer(seed: int) -> ConvolutionSettings:
    choose = random.Random(seed)
    return layer(
        channels=choose.choice(["colour", "grey"]),
        filters=choose.randint(1, 4),
        kernel_size=choose.randint(1, 5),
        stride=choose.randint(1, 3),
        dilation=choose.randint(1, 3),
        padding=choose.choice(["number", "same", "sides"]),
        pad=choose.randint(0, 3),
        pad_top=choose.randint(0, 3),
        pad_left=choose.randint(0, 3),
        backward=choose.choice(["squared", "sum", "pixel", "none"]),
        pixel_row=choose.randint(1, 9),
    )


def test_a_walk_can_be_made_exactly_where_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    walked = 0
    for seed in range(150):
        settings = replace(random_layer(seed), kernels=BOXES)
        rows, columns = 1 + seed % 7, 1 + seed % 5
        x = image(settings, rows, columns)
        if refusal(settings, (rows, columns)):
            with pytest.raises(ValueError):
                trace_of(settings, start_arrays(settings, x))
            continue
        walked += 1
        length = len(trace_of(settings, start_arrays(settings, x)))
        for most, refused in ((length, False), (length - 1, True)):
            monkeypatch.setattr(fitting, "MAX_STEPS", most)
            assert bool(refusal(settings, (rows, columns))) == refused, (settings, length)
        monkeypatch.setattr(fitting, "MAX_STEPS", MAX_STEPS)
    assert walked > 50


def test_a_walk_that_is_too_long_is_refused_with_its_length() -> None:
    settings = layer(filters=4, pad=10)
    found = refusal(settings, (32, 32))
    outputs = 50 * 50 * 4
    assert found is not None
    assert found.beside == "geometry"
    assert found.text == (
        f"This walk would have {outputs * 4 + 1 + 4 * 3 * 9 + 4 + 3 * 32 * 32:,} steps; at most 25,000 are played. "
        "Take fewer filters, a smaller crop, less padding or a larger stride."
    )
    assert refusal(replace(settings, stride=2), (32, 32)) is None


@pytest.mark.parametrize("side", [1, 2, 3, 32])
@pytest.mark.parametrize("values", [{}, {"kernel_size": 11}, {"channels": "grey", "dilation": 8, "kernel_size": 5}])
def test_there_is_always_a_walk_to_begin_with(side: int, values: dict[str, Any]) -> None:
    settings = layer(**values)
    found = possible(settings, (side, side), layer())

    assert refusal(found, (side, side)) is None
    assert found.channels == settings.channels
    assert len(trace_of(found, start_arrays(found, image(found, side, side)))) > 0
    if refusal(settings, (side, side)) is None:
        assert found == settings
