"""The view "Train": a net learns while one watches; what sharing weights is worth, measured."""

from __future__ import annotations

import streamlit as st
from torch import Tensor

from visualizer.figures.line_charts import ProgressLine, figure_progress
from visualizer.figures.plates import Plate, figure_plates
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.train import text as words
from visualizer.lessons.convnet.train.run import SHIPPED, Trained, TrainWanted, train_versions
from visualizer.lessons.convnet.train.settings import ALL, TRAIN_SETTINGS, TrainSettings
from visualizer.text.numbers import percent
from visualizer.ui.layout import draw_figure
from visualizer.ui.refusal import sentence
from visualizer.ui.run import Progress, Run, finished_run
from visualizer.ui.shipped import shipped

_RUN = "convnet_train_run"
_LOOK, _SHARE = 0.4, 0.3
"""Seconds from look to look, and how many of them are trained."""
_MOMENTS = 6
_SHORT = 5000
"""Examples, each image counted once an epoch: a run of so many begins by itself when the view is opened."""
_MAX_KEPT = 8
_TRAINED: dict[TrainWanted, Trained] = {}
"""What was trained, for all visitors."""


def draw_train(lesson: Lesson) -> None:
    """The question, the settings, and the run."""
    st.subheader("What does a ConvNet learn, and what is sharing weights worth?", anchor=False)
    wanted = _draw_settings(lesson.data)
    run: Run[Trained] | None = st.session_state.get(_RUN) or _opened(wanted)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Train", key="convnet_train_start", type="primary"):
            run = st.session_state[_RUN] = Run(wanted, train_versions(wanted), Progress(0.0, ""))
        going = run is not None and not run.done
        st.button("Stop", key="convnet_train_stop", disabled=not going, on_click=_stop, args=(run,))
        if run and run.settings != wanted:
            st.caption("What is shown was trained with other settings: Train starts anew.")
    if run:
        st.fragment(_look, run_every=_LOOK if going else None)(lesson, run)
    else:
        st.caption("Train starts from random weights. The page stays usable meanwhile, and Stop keeps what there is.")


def _opened(wanted: TrainWanted) -> Run[Trained] | None:
    """What the view opens with: what was trained with these settings, here or before, or else a run that is short."""
    if known := _TRAINED.get(wanted) or shipped(SHIPPED, wanted):
        _remember(known)
        st.session_state[_RUN] = run = finished_run(wanted, known)
        return run
    if wanted.images * wanted.epochs > _SHORT:
        return None
    st.session_state[_RUN] = run = Run(wanted, train_versions(wanted), Progress(0.0, ""))
    return run


def _keep(run: Run[Trained]) -> None:
    """Keep what came out, for the next who opens the view; the last few."""
    if run.finished and run.result and run.settings == run.result.wanted:
        _remember(run.result)


def _remember(trained: Trained) -> None:
    while trained.wanted not in _TRAINED and len(_TRAINED) >= _MAX_KEPT:
        _TRAINED.pop(next(iter(_TRAINED)), None)
    _TRAINED[trained.wanted] = trained


def _draw_settings(data: str) -> TrainWanted:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        values = TRAIN_SETTINGS.draw("nets", "images", "epochs", "learning_rate")
        values |= TRAIN_SETTINGS.draw("filters", disabled=values["nets"] == ALL) | TRAIN_SETTINGS.draw("seed")
    return TrainSettings(**values).wanted(data)


def _stop(run: Run[Trained] | None) -> None:
    """End the run; its nets and their optimisers go, what it has reported stays."""
    if run:
        run.cancelled, run.going = True, iter(())


def _look(lesson: Lesson, run: Run[Trained]) -> None:
    """Show the run so far, then go on for a moment. Runs alone, again and again while there is something to do.

    In this order, as Streamlit fades what has not been drawn again for a while.
    """
    was_done = run.done
    if run.failure:
        st.warning(sentence(run.failure))
    if run.result:
        _draw_run(lesson, run, run.result)
    else:
        st.progress(0.0, text="Starting")
    run.go_on(_SHARE)
    if run.done and not was_done:
        _keep(run)
        st.rerun()


def _draw_run(lesson: Lesson, run: Run[Trained], trained: Trained) -> None:
    state = words.state(trained, stopped=run.cancelled and not run.finished)
    if run.done:
        st.caption(state)
    else:
        st.progress(min(1.0, run.last.share), text=state)
    if run.done and (said := words.answer(trained)):
        st.markdown(said)
    st.markdown(words.count_table(trained))
    left, right = st.columns(2, gap="medium")
    with left:
        _draw_lines(trained, "accuracy")
    with right:
        _draw_lines(trained, "loss")
    _draw_kernels(trained)
    _draw_use(lesson, run, trained)


def _draw_lines(trained: Trained, measure: str) -> None:
    """The test images' measure of every version; of one net also that of the images it learns from."""
    shares = measure == "accuracy"
    lines = [
        ProgressLine(
            words.NAMES[name] if len(trained.versions) > 1 else "test images",
            list(zip(version.examples, version.test_accuracies if shares else version.test_losses, strict=True)),
        )
        for name, version in trained.versions.items()
    ]
    if len(lines) == 1:
        tied = trained.versions["tied"]
        values = tied.accuracies if shares else tied.losses
        lines.append(ProgressLine("in training", list(zip(tied.examples, values, strict=True))))
    title = f"{'The share of right answers' if shares else 'The loss'} over the examples that were seen"
    figure = figure_progress(
        lines,
        name="right answers" if shares else "loss −ln p",
        below="examples seen",
        examples=trained.examples,
        write=(lambda value: percent(value, 0)) if shares else (lambda value: f"{value:.2g}"),
        most=1.0 if shares else None,
        title=title,
    )
    draw_figure(figure, title, width="stretch", wide=measure)


def _draw_kernels(trained: Trained) -> None:
    """The first layer's kernels at a few moments from the start until now, and what has become different."""
    shown = {name: version for name, version in trained.versions.items() if version.kernels}
    st.markdown("**The first layer’s kernels as they form**")
    for column, (name, version) in zip(st.columns(2, gap="medium"), shown.items(), strict=False):
        moments = _moments(len(version.kernels))
        most = max(float(version.kernels[at].abs().max()) for at in moments)
        rows = [
            (f"{version.examples[at]:,} examples", [_kernel(each, most) for each in version.kernels[at]])
            for at in moments
        ]
        change = version.kernels[-1] - version.kernels[0]
        rows.append(("change\nsince 0", [_kernel(each, float(change.abs().max())) for each in change]))
        about = ", those at the middle of the image" if name == "untied" else ""
        title = f"The kernels of the first layer, {words.NAMES[name].lower()}, at {len(moments)} moments of the run"
        with column:
            st.caption(f"{words.NAMES[name]}{about}. The last row has colours of its own.")
            draw_figure(figure_plates(rows, title=title, side=46), title)


def _moments(reports: int) -> list[int]:
    """The places of at most six reports, the first and the last among them."""
    if reports <= _MOMENTS:
        return list(range(reports))
    return [round(at * (reports - 1) / (_MOMENTS - 1)) for at in range(_MOMENTS)]


def _kernel(kernel: Tensor, most: float) -> Plate:
    """A kernel (channels, rows, columns): signs as colours for one channel, around grey in its colours for three."""
    return Plate("signed", kernel[0], most=most) if len(kernel) == 1 else Plate("relief", kernel)


def _draw_use(lesson: Lesson, run: Run[Trained], trained: Trained) -> None:
    tied = trained.versions["tied"]
    if tied.net is None or trained.wanted.data != lesson.data:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Use this net", key="convnet_train_use", on_click=_use, args=(lesson, run)):
            st.rerun()
        st.caption("Every view of this page then looks into the net just trained, not the one that comes with the app.")


def _use(lesson: Lesson, run: Run[Trained]) -> None:
    net = run.result.versions["tied"].net if run.result else None
    if net is not None:
        _stop(run)
        lesson.take_net(net)
