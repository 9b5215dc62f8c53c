"""The frame that all labs share: a question, its settings, the run, its figures, and the answer computed from it.

How to add a lab "Width":

1.  `visualizer/engine/…`: what is computed, as pure functions on tensors.
2.  `visualizer/labs/width/settings.py`: a frozen dataclass `WidthSettings` whose fields are annotated with the settings
    that they are chosen by (visualizer/ui/declared.py), their names in the URL beginning with "width_", so that no
    other page has them; `SETTINGS = Declared(WidthSettings)`, `ADDRESS = Address("width", (VIEW, *SETTINGS))`, and
    `draw_settings`, which draws those that a view has a use for.
3.  `visualizer/labs/width/run.py`: a generator that takes the settings and yields `Progress(share, text,
    result)`, often (20 times a second or more), the result so far in it as soon as there is any, and the whole result
    in the last one. A result is a frozen dataclass of small tensors: what figures and answer need, nothing more. No
    global randomness: the same settings give the same result, for every visitor.
    And its cost: `Cost(seconds, "64 widths × 3 seeds × 200 epochs")`, measured once, written as a formula.
4.  `visualizer/labs/width/figures.py`: `figure_…(result, inks) -> go.Figure`, pure (figure.py).
5.  `visualizer/labs/width/answer.py`: `answer(settings, result) -> Answer`, every number in it from the result.
6.  `visualizer/labs/width/views.py`: `WIDTH = Experiment("width", run, cost, charts, answer)`, one for each view.
    `charts` gives a `Chart` for each figure (charts.py), of results that are not complete, too: it may meet any that
    the generator yields.
7.  `pages/width.py`:

        ADDRESS.check()
        with frame.toolbar():
            view = draw_view(VIEW)
        with lab_page(QUESTION) as (side, content):
            with side:
                settings = draw_settings(view)
                beside = st.container(key="beside-width")
            with content:
                ADDRESS.draw_notice()
                draw_experiment(WIDTH, settings, beside)

    Where several views share one set of data, `draw_lab` (page.py) is all of that.

8.  An entry in `LABS` of visualizer/site/catalogue.py, with an image in visualizer/site/static/.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.labs.kit.charts import Charts, draw_charts, settled
from visualizer.labs.kit.cost import Cost, refused
from visualizer.labs.kit.experiment_state import Bench, Results
from visualizer.text.numbers import percent
from visualizer.ui import frame
from visualizer.ui.answer import Answer, draw_evidence, draw_words
from visualizer.ui.layout import wide_page
from visualizer.ui.refusal import sentence
from visualizer.ui.run import Progress, Run
from visualizer.ui.shipped import settings_text

_STYLE = f"<style>{(Path(__file__).parent / 'lab.css').read_text(encoding='utf-8')}</style>"
S = TypeVar("S", bound=Hashable)
R = TypeVar("R")

STAYS = "The previous result stays on screen until then."
_EVERY, _WORKED = 0.3, 0.45
"""Seconds from look to look, and how many of them are worked."""

SHARED = Results()
"""What any visitor's run with settings from the page gave: the next one with the same settings has it at once."""


@dataclass(frozen=True)
class Experiment(Generic[S, R]):
    """What a view of a lab computes, what that costs, and how it is shown and said. `name` is its own in the app;
    `charts` gives the figures, `across` of them in a row, and draws what else the view needs above them; `more` gives
    those below the answer; `figures_first` puts the answer below the figures as well."""

    name: str
    run: Callable[[S], Iterator[Progress[R]]]
    cost: Callable[[S], Cost]
    charts: Callable[[S, R], Charts]
    answer: Callable[[S, R], Answer]
    more: Callable[[S, R], Charts] = lambda settings, result: ()
    figures_first: bool = False
    across: int = 2


@contextmanager
def lab_page(question: str) -> Iterator[tuple[DeltaGenerator, DeltaGenerator]]:
    """The page of a lab: the question on top, below it a place for the settings and one for everything else."""
    st.html(_STYLE)
    with wide_page(), st.container(key="lab", gap="small"):
        st.subheader(question, anchor=False)
        side, content = st.columns([2, 9], gap="medium")
        yield side.container(key="lab-settings"), content.container(key="lab-content", gap="small")


def draw_experiment(
    experiment: Experiment[S, R],
    settings: S,
    beside: DeltaGenerator,
    *,
    refusal: str = "",
    own: bool = False,
    taught: str = "",
) -> None:
    """Run the experiment with these settings, a little at each look, and show what there is.

    It starts by itself; what was shown before stays until there is something new. `beside` is where a refusal is said,
    as well as above the figures: `refusal`, if the page has a reason, or that the run would take too long. With `own`
    data the result is kept in this session only. `taught` is what the lecture says of it, as Markdown.
    """
    bench = _bench(experiment.name)
    if refusal := refusal or refused(experiment.cost(settings)):
        _refuse(refusal, bench, beside)
        _draw_before(experiment, bench)
        return
    run = bench.open(settings, partial(experiment.run, settings), bench.kept if own else SHARED)
    if run.failure:
        _refuse(sentence(run.failure), bench, beside)
    bench.timed = not run.done
    st.fragment(_look, run_every=_EVERY if bench.timed else None)(experiment, bench, taught, own)


def _refuse(words: str, bench: Bench, beside: DeltaGenerator) -> None:
    """Say why there is no run, beside the settings and above the figures."""
    said = f"{words} {STAYS}" if bench.shown else words
    beside.warning(said)
    frame.say(said, "refusal")


def _bench(name: str) -> Bench:
    bench: Bench = st.session_state.setdefault(_key(name), Bench(name))
    return bench


def _key(name: str) -> str:
    return f"lab_{name}"


def _look(experiment: Experiment[Any, Any], bench: Bench, taught: str, own: bool) -> None:
    """Show the run so far, then go on with it for a moment. Runs alone, again and again until the run is done.

    In this order, as Streamlit fades what has not been drawn again for a while.
    """
    if run := bench.run:
        with settled(None if own or not run.finished else f"{experiment.name} {settings_text(run.settings)}"):
            _draw_run(experiment, bench, run, taught, own)
        bench.go_on(_WORKED)
        if bench.timed == run.done:
            st.rerun()


def _draw_run(experiment: Experiment[Any, Any], bench: Bench, run: Run[Any], taught: str, own: bool) -> None:
    """The answer, or how far the run is; the figures; and what the answer rests on."""
    shown = None if run.result is None else (run.settings, bench.painted())
    answer = _answer(experiment, run, own) if shown and run.done else None
    if experiment.figures_first:
        _draw_state(experiment, run)
    else:
        with st.container(key="lab-head", gap="small", horizontal=True):
            with st.container(key="answer", gap="xsmall"):
                _draw_state(experiment, run)
                if answer:
                    draw_words(answer, whole=run.finished)
            _draw_taught(taught)
    if shown is None:
        _draw_before(experiment, bench)
        return
    bench.shown = shown
    draw_charts(experiment.charts(*shown), experiment.across)
    if answer:
        with st.container(key="evidence", gap="small"):
            if experiment.figures_first:
                draw_words(answer, whole=run.finished)
            draw_evidence(answer)
            if run.finished:
                st.caption(f"{experiment.cost(run.settings).what}{_took(run.seconds)}.")
    if experiment.figures_first:
        _draw_taught(taught)
    draw_charts(experiment.more(*shown), 2)


def _answer(experiment: Experiment[Any, Any], run: Run[Any], own: bool) -> Answer:
    """The answer of a run; of one that is finished it is computed for the first visitor only."""
    key = (experiment.name, "answer", run.settings)
    answer: Answer | None = None if own or not run.finished else SHARED.get(key)
    if answer is None:
        answer = experiment.answer(run.settings, run.result)
        if run.finished and not own:
            SHARED.keep(key, answer)
    return answer


def _draw_taught(taught: str) -> None:
    """What the lecture says."""
    if taught:
        with st.container(key="taught"):
            st.markdown(taught)


def _draw_state(experiment: Experiment[Any, Any], run: Run[Any]) -> None:
    """How far a run is, with a way to end it or to go on."""
    if run.finished or run.failure:
        return
    what = experiment.cost(run.settings).what
    with st.container(horizontal=True, key="lab-state", vertical_alignment="center"):
        if run.cancelled:
            st.caption(f"Cancelled at {percent(run.last.share, 0)} of {what}: this is the result up to there.")
            st.button("Go on", key=f"{experiment.name}_go_on", on_click=_go_on, args=(experiment.name,))
        else:
            share = min(1.0, max(0.0, run.last.share))
            st.progress(share, text=f"{run.last.text or 'Starting'} ({what}). The answer follows when the run is done.")
            st.button("Cancel", key=f"{experiment.name}_cancel", on_click=_cancel, args=(experiment.name,))


def _took(seconds: float) -> str:
    """How long the work took; nothing where there was none, as somebody else's run is shown."""
    if not seconds:
        return ""
    return f", computed in {seconds:.1f} s" if seconds >= 0.1 else ", computed in under 0.1 s"


def _draw_before(experiment: Experiment[Any, Any], bench: Bench) -> None:
    """What was shown last, faded."""
    if bench.shown:
        st.caption("Result for the previous settings:")
        with st.container(key="faded"):
            draw_charts(experiment.charts(*bench.shown), experiment.across)
            draw_charts(experiment.more(*bench.shown), 2)


def _cancel(name: str) -> None:
    if run := _bench(name).run:
        run.cancelled = True


def _go_on(name: str) -> None:
    if run := _bench(name).run:
        run.cancelled = False
