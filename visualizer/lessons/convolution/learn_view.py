"""The view "Learn": a random kernel follows the gradient until it gives the output of the walk's kernel."""

from __future__ import annotations

import math

import streamlit as st
import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.kernel_learning import Learning, largest_rate, learn_kernel
from visualizer.figures.curve import figure_loss
from visualizer.figures.grid import figure_grids
from visualizer.lessons.convolution.lesson import Lesson
from visualizer.lessons.convolution.settings import COLOURS
from visualizer.lessons.convolution.table import LEARN_SEED, SPEED, STEPS, VIEW, WALK

_ENOUGH = 1e-3


def draw_learn(lesson: Lesson) -> None:
    """Settings above; the kernel and the loss at one iteration below, moved along by a slider alone."""
    x, target = lesson.arrays["x"], lesson.arrays["weight"]
    st.markdown(
        "A kernel that starts from random numbers is to give the same output on this crop as the kernel of the walk. "
        "In each iteration every weight goes a step against its gradient: **w ← w − η ∂ℓ/∂w**, with "
        "ℓ = ½ Σ (y − target)². Stride 1, no padding, no bias."
    )
    first, second, third = st.columns(3, gap="small")
    with first:
        share = SPEED.draw()
    with second:
        steps = STEPS.draw()
    with third:
        seed = LEARN_SEED.draw()
    if x.shape[1] < target.shape[2] or x.shape[2] < target.shape[3]:
        st.caption("The kernel is larger than the crop: choose a larger crop or a smaller kernel size.")
        return
    limit = largest_rate(x, target)
    if not math.isfinite(limit):
        st.caption("The crop is 0 all over, so every kernel gives the same output. Choose another crop.")
        return
    rate = share * limit
    st.caption(f"η = {share:g} · {limit:.4g} = {rate:.4g}. From {limit:.4g} on, this crop makes the loss grow.")
    learning = learn_kernel(x, target, steps=steps, learning_rate=rate, seed=seed)
    st.fragment(_draw_iteration)(lesson, learning)


def _draw_iteration(lesson: Lesson, learning: Learning) -> None:
    last = len(learning.losses) - 1
    at = int(st.slider("Iteration", 0, last, last, key=f"learn_at_{last}"))
    kernel, target = learning.kernels[at], lesson.arrays["weight"]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        for filter_ in range(len(target)):
            name = f"Filter {filter_ + 1}, " if len(target) > 1 else ""
            _draw_kernels(f"{name}learnt by iteration {at}", kernel[filter_])
            _draw_kernels(f"{name}target", target[filter_])
    with right:
        st.image(figure_loss(learning.losses.tolist(), at), width="stretch", alt="the loss over the iterations")
        st.markdown(words(lesson.arrays["x"], target, learning, at))
        st.button("Open this kernel in the walk", key="open_learnt", on_click=_open, args=(lesson, kernel))


def _draw_kernels(name: str, kernel: Tensor) -> None:
    channels = COLOURS if len(kernel) > 1 else ("",)
    grids = list(zip(channels, kernel, strict=True))
    st.caption(name)
    st.image(figure_grids(grids, title=f"{name}: {', '.join(channels)}"), alt=name)


def words(x: Tensor, target: Tensor, learning: Learning, at: int) -> str:
    """What the iteration has come to, and what stands in the way."""
    kernel = learning.kernels[at]
    loss = f"Iteration {at}: loss {float(learning.losses[at]):.3g}."
    if learning.diverged:
        ran = " so the rest was left out" if not bool(learning.losses[-1] < 1e6 * learning.losses[0]) else ""
        return (
            f"{loss} **It diverges.** Each step overshoots the valley by more than it was off before, so the loss "
            f"grows from iteration to iteration{ran}. Take a learning rate below the limit."
        )
    off = float(functional.conv2d(x[None], kernel - target).abs().max())
    apart = float((kernel - target).abs().max())
    text = f"{loss} The outputs differ by at most {off:.3g}, the kernels by at most {apart:.3g}. "
    windows = (x.shape[1] - target.shape[2] + 1) * (x.shape[2] - target.shape[3] + 1)
    weights = target[0].numel()
    if windows < weights:
        return text + (
            f"This crop has {windows} windows, too few to pin down {weights} weights: many kernels give the same "
            f"output, and this is one of them. A larger crop, or grey, tells them apart."
        )
    if off < _ENOUGH < apart:
        return text + "The output is there, the kernel is not quite: on this crop the difference hardly shows."
    if apart >= _ENOUGH:
        return text + "Neighbouring pixels are much alike, so some mixtures of weights are learnt very slowly."
    return text + "The target kernel is found again."


def _open(lesson: Lesson, kernel: Tensor) -> None:
    """In the walk with four decimals, so that a link can carry it."""
    lesson.take_kernel(torch.round(kernel, decimals=4))
    st.session_state[VIEW.name] = WALK
