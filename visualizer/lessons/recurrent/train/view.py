"""The view "Train": a net learns a task while one watches, and is then walked through."""

from __future__ import annotations

from typing import Any

import streamlit as st
import torch

from visualizer.engine.sequences.text import VOCABULARY, sample_text
from visualizer.engine.sequences.weights import results
from visualizer.figures.line_charts import SuccessCurve, figure_loss, figure_success
from visualizer.lessons.recurrent.settings import EVERY, LAST, LSTM, NUMBERS, OWN, RNN, SETTINGS, SYMBOLS, VIEW, WALK
from visualizer.lessons.recurrent.state import RecurrentLesson
from visualizer.lessons.recurrent.train.run import REPORTED_EVERY, TrainingRun
from visualizer.lessons.recurrent.train.settings import TEMPERATURE, TRAIN_SETTINGS, RunSettings
from visualizer.lessons.recurrent.train.trained import TRAINED
from visualizer.lessons.recurrent.weights.weight_set import OwnNet
from visualizer.text.numbers import percent
from visualizer.ui.layout import draw_figure

_RUN = "recurrent_run"
_LOOK, _SHARE = 0.4, 0.3
"""Seconds from look to look, and how many of them are trained."""
_SAMPLE = 160


def draw_train(lesson: RecurrentLesson) -> None:
    """The question, the run, and what the models that come with the app reach."""
    st.subheader("Can a net learn to remember, and for how long?", anchor=False)
    wanted = _draw_settings(lesson.settings.cell)
    run: TrainingRun | None = st.session_state.get(_RUN)
    with st.container(horizontal=True):
        if st.button("Train", key="train_start", type="primary"):
            run = st.session_state[_RUN] = TrainingRun(wanted)
        if st.button("Stop", key="train_stop", disabled=run is None or run.done) and run:
            run.stopped = True
    if run:
        going = not run.done
        st.fragment(_draw_run, run_every=_LOOK if going else None)(lesson, run)
    _draw_results()


def _draw_settings(cell: str) -> RunSettings:
    values: dict[str, Any] = {}
    fields = ("task", "units", "length", "iterations", "learning_rate", "seed", "forget_bias")
    for column, name in zip(st.columns([1.6, 1, 1, 1.1, 1.2, 1, 1]), fields, strict=True):
        with column:
            values |= TRAIN_SETTINGS.draw(name, disabled=name == "forget_bias" and cell != LSTM)
    return RunSettings(kind="lstm" if cell == LSTM else "rnn", **values)


def _draw_run(lesson: RecurrentLesson, run: TrainingRun) -> None:
    """The run so far; it goes on for a moment first. Runs alone, again and again while it is trained."""
    was_done = run.done
    run.go_on(_SHARE)
    last = run.reports[-1]
    st.progress(last.iteration / run.settings.iterations, text=_progress_text(run))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        losses = [report.loss for report in run.reports]
        draw_figure(
            figure_loss(losses, len(losses) - 1, apart=REPORTED_EVERY), "the loss over the iterations", width="stretch"
        )
    with right:
        st.metric("Right answers", percent(last.accuracy, 0))
        if run.settings.task == "characters":
            _draw_sample(run)
        if st.button("Walk with these weights", key="train_walk", on_click=_walk, args=(lesson, run)):
            st.rerun()
    if run.done and not was_done:
        st.rerun()


def _progress_text(run: TrainingRun) -> str:
    last, wanted = run.reports[-1], run.settings
    if last.diverged:
        return f"The loss was no longer a number at iteration {last.iteration}. A smaller learning rate helps."
    ended = "Stopped" if run.stopped else "Done" if run.done else "Training"
    return f"{ended}: {wanted.kind.upper()} with {wanted.units} units, iteration {last.iteration}, loss {last.loss:.3g}"


def _draw_sample(run: TrainingRun) -> None:
    temperature = TEMPERATURE.draw()
    if model := run.model:
        dice = torch.Generator().manual_seed(run.settings.seed)
        st.caption("What it writes after “the ”:")
        st.text(sample_text(model, VOCABULARY, "the ", _SAMPLE, temperature, dice))


def _walk(lesson: RecurrentLesson, run: TrainingRun) -> None:
    """The freshly trained weights in the walk, over the task's example."""
    task, model, wanted = TRAINED[run.settings.task], run.model, run.settings
    if model is None:
        return
    run.stopped = True
    note = f"Trained here: {wanted.kind.upper()}, {wanted.units} units, iteration {run.reports[-1].iteration}."
    lesson.take(OwnNet(model, note, task))
    numbers = task.sequence_of == NUMBERS
    SETTINGS["series" if numbers else "text"].put(task.example)
    SETTINGS["weights"].put(OWN)
    SETTINGS["cell"].put(wanted.kind)
    SETTINGS["readout"].put(LAST if task.answers_last else EVERY)
    SETTINGS["sequence_of"].put(NUMBERS if numbers else SYMBOLS)
    VIEW.put(WALK)


def _draw_results() -> None:
    """What `make weights` measured: the models that ship, and success over the delay."""
    found = results()
    delays = found["delays"]["distracted"]
    names = {RNN: "RNN", LSTM: "LSTM"}
    curves = [
        SuccessCurve(_curve_name(names[each["kind"]], each["forget_bias"]), each["accuracies"])
        for each in delays["curves"]
    ]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.markdown("**Why LSTMs exist:** remember the first symbol while others go by.")
        title = "Share of right answers over the delay"
        draw_figure(
            figure_success(curves, delays["delays"], below="delay: symbols in between", title=title),
            title,
            width="stretch",
            wide="delays",
        )
        st.caption(
            f"Measured, not drawn: {delays['units']} units, {delays['iterations']} iterations, {len(delays['seeds'])} "
            f"seeds each (the dots). Guessing reaches {percent(0.25, 0)}."
        )
    with right:
        st.markdown("**The trained models that come with the app**")
        rows = [
            {
                "model": _model_name(name),
                "units": each["units"],
                "length": test["length"],
                "right": percent(test["accuracy"], 1),
            }
            for name, each in found["models"].items()
            for test in each["tested"][-1:]
        ]
        st.dataframe(rows, hide_index=True, height=320)


def _model_name(name: str) -> str:
    """characters-lstm as people say it."""
    task, _, kind = name.rpartition("-")
    return f"{task} {kind.upper()}".capitalize().replace("lstm", "LSTM").replace("rnn", "RNN")


def _curve_name(kind: str, forget_bias: float | None) -> str:
    return kind if forget_bias is None else f"{kind}, forget bias {forget_bias:g}"
