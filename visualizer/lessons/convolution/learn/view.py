"""The view "Learn": a random kernel follows the gradient until it gives the output of the walk's kernel."""

from __future__ import annotations

import math

import streamlit as st
import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.filtering.kernel_learning import Learning, largest_rate, learn_kernel
from visualizer.figures.grid import figure_grids
from visualizer.figures.line_charts import figure_loss
from visualizer.lessons.convolution.settings import VIEW, WALK, channel_names
from visualizer.lessons.convolution.state import ConvolutionLesson
from visualizer.lessons.convolution.view_settings import LEARN_FROM, LEARN_SEED, SPEED, STEPS
from visualizer.ui.layout import draw_figure

_NOISE_SIDE = 32
_PLAYING, _SHOWN = "learn_playing", "learn_at"
_FRAMES, _EVERY = 50, 0.2
"""A film of the iterations: so many images, so many seconds apart."""
_LARGEST_OUTPUT = 8
_MAX_BESIDE = 10
"""So many columns of numbers can be read in half of the room."""


def draw_learn(lesson: ConvolutionLesson) -> None:
    """Settings above; the kernel and the loss at one iteration below, moved along by a slider alone."""
    st.subheader("A kernel learned from its output", anchor=False)
    st.markdown(
        "A random kernel learns to give the same output as the kernel of the walk. In each iteration every weight goes "
        "a step against its gradient: **w ← w − η ∂ℓ/∂w**, with ℓ = ½ Σ (y − target)². Stride 1, no padding, no bias."
    )
    source, share, steps, seed = _draw_settings()
    target = lesson.arrays["weight"]
    x = lesson.arrays["x"] if source == "crop" else _noise(target)
    if x.shape[1] < target.shape[2] or x.shape[2] < target.shape[3]:
        st.caption("The kernel is larger than the crop: choose a larger crop or a smaller kernel size.")
        return
    limit = largest_rate(x, target)
    if not math.isfinite(limit):
        st.caption("The crop is 0 all over, so every kernel gives the same output. Choose another crop.")
        return
    rate = share * limit
    st.caption(f"η = {share:g} · {limit:.4g} = {rate:.4g}. From {limit:.4g} on, the loss grows on this image.")
    learning = learn_kernel(x, target, steps=steps, learning_rate=rate, seed=seed)
    every = _EVERY if st.session_state.get(_PLAYING) else None
    st.fragment(_draw_iteration, run_every=every)(lesson, x, learning, noise=source != "crop")


def _draw_settings() -> tuple[str, float, int, int]:
    columns = st.columns(4, gap="small")
    with columns[0]:
        source = LEARN_FROM.draw()
    with columns[1]:
        share = SPEED.draw()
    with columns[2]:
        steps = STEPS.draw()
    with columns[3]:
        seed = LEARN_SEED.draw()
    return source, share, steps, seed


def _noise(target: Tensor) -> Tensor:
    """Pixels that have nothing to do with each other: (C, side, side), float64, always the same."""
    generator = torch.Generator().manual_seed(1)
    return torch.rand(target.shape[1], _NOISE_SIDE, _NOISE_SIDE, generator=generator, dtype=torch.float64)


def _draw_iteration(lesson: ConvolutionLesson, x: Tensor, learning: Learning, *, noise: bool) -> None:
    """What can be seen at one iteration. It runs alone, also by itself while the film plays."""
    target, at = lesson.arrays["weight"], _draw_slider(len(learning.losses) - 1)
    kernel = learning.kernels[at]
    left, right = st.columns([2, 1], gap="medium")
    with left:
        st.markdown(verdict(x, target, learning, at, noise=noise))
        for filter_ in range(len(target)):
            name = f"Filter {filter_ + 1}, " if len(target) > 1 else ""
            pair = ((f"{name}learned by iteration {at}", kernel[filter_]), (f"{name}target", target[filter_]))
            _draw_pair(pair)
        if st.button("Open this kernel in the walk", key="open_learnt", on_click=_open, args=(lesson, kernel)):
            st.rerun()
    with right:
        draw_figure(figure_loss(learning.losses.tolist(), at), "the loss over the iterations", width="stretch")
        _draw_outputs(x, kernel, target)


def _draw_slider(last: int) -> int:
    """The iteration to show, and the button that plays them all; the film ends at the last."""
    key = f"{_SHOWN}_{last}"
    if st.session_state.get(_PLAYING):
        st.session_state[key] = at = min(last, int(st.session_state.get(key, 0)) + max(1, last // _FRAMES))
        if at == last:
            st.session_state[_PLAYING] = False
            st.rerun()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button("Watch it learn", key="learn_play", on_click=_play, args=(key,)):
            st.rerun()
        return int(st.slider("Iteration", 0, last, last, key=key))


def _play(key: str) -> None:
    st.session_state[_PLAYING], st.session_state[key] = True, 0


def _draw_pair(pair: tuple[tuple[str, Tensor], tuple[str, Tensor]]) -> None:
    """Two kernels side by side, or below each other where they are too wide to be read then."""
    count, _, size = pair[0][1].shape
    wide = count * size > _MAX_BESIDE
    places = (st.container(), st.container()) if wide else st.columns(2, gap="small")
    channels, cell = channel_names(count), 44 if wide and size <= 5 else 0
    for place, (name, kernel) in zip(places, pair, strict=True):
        with place:
            st.caption(name)
            draw_figure(figure_grids(list(zip(channels, kernel, strict=True)), title=name, cell=cell), name)


def _draw_outputs(x: Tensor, kernel: Tensor, target: Tensor) -> None:
    """The first filter's output beside the one wanted, where both are small enough to be read."""
    learned, wanted = (functional.conv2d(x[None], weight)[0, 0] for weight in (kernel, target))
    if max(learned.shape) <= _LARGEST_OUTPUT:
        grids = (("output of the learned kernel", learned), ("output wanted", wanted))
        draw_figure(figure_grids(grids, title="the two outputs"), "the two outputs", width="stretch")


def _open(lesson: ConvolutionLesson, kernel: Tensor) -> None:
    """In the walk with four decimals, so that a link can carry it."""
    st.session_state[_PLAYING] = False
    lesson.take_kernel(torch.round(kernel, decimals=4))
    VIEW.put(WALK)


FOUND = 0.005
"""Kernels that are no further apart look the same with two decimals."""


def verdict(x: Tensor, target: Tensor, learning: Learning, at: int, *, noise: bool = False) -> str:
    """x (channels, rows, columns) is what was learned from, with `noise` pixels at random; `at` is the iteration."""
    loss = f"Iteration {at}: loss {float(learning.losses[at]):.3g}."
    if learning.diverged:
        return (
            f"{loss} **It diverges.** Each step overshoots the valley by more than it was off before, so the loss "
            f"grows from iteration to iteration{', until the rest is left out' if learning.cut else ''}. Take a "
            f"learning rate below the limit."
        )
    kernel = learning.kernels[at]
    off = float(functional.conv2d(x[None], kernel - target).abs().max())
    apart = float((kernel - target).abs().max())
    text = f"{loss} The outputs differ by at most {off:.3g}, the kernels by at most {apart:.3g}. "
    if apart <= FOUND:
        return f"{text}**The target kernel is found again.**"
    if noise:
        return f"{text}It is on its way: the more iterations, the closer."
    windows = (x.shape[1] - target.shape[2] + 1) * (x.shape[2] - target.shape[3] + 1)
    weights = target[0].numel()
    if windows < weights:
        return (
            f"{text}This crop has {windows} windows, too few to pin down {weights} weights: many kernels come to the "
            f"same output. A larger crop, or grey, tells them apart."
        )
    return (
        f"{text}Neighbouring pixels are much alike, so some mixtures of weights hardly change the output, and those "
        f"are learned slowly. Noise has no such neighbours."
    )
