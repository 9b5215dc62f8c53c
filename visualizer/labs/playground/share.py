"""Sharing and saving, in a popover of the toolbar: a link to the settings, and the numbers as CSV."""

from __future__ import annotations

from functools import partial

import streamlit as st
from torch import Tensor

from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.kit.charts import Columns, csv_text
from visualizer.labs.playground.experiment import Recording, last_shown
from visualizer.labs.playground.settings import ADDRESS, PlaygroundSettings
from visualizer.ui.share_panel import TABLE_LOST, draw_share

_CURVES = ("train_loss", "test_loss", "train_accuracy", "test_accuracy", "learning_rates")


def draw_saving() -> None:
    """The link, and below it the numbers of the run that is on screen."""
    shown = last_shown()
    if shown is None:
        draw_share(ADDRESS, {})
        return
    settings, recording = shown.settings, shown.recording
    lost = ["Weights that you set, or took over from the lesson, are not in the link."] * (settings.own is not None)
    lost += list(TABLE_LOST) * settings.chosen.own
    draw_share(ADDRESS, {}, lost=lost, more=partial(_draw_numbers, settings, recording))


def _draw_numbers(settings: PlaygroundSettings, recording: Recording) -> None:
    st.caption("The numbers of every frame. Map and curves are saved beside them, as PNG and SVG.")
    with st.container(horizontal=True):
        _download("Curves", partial(curves, settings, recording))
        _download("Weights", partial(weights, settings, recording))
        _download("Data", partial(points, settings))


def curves(settings: PlaygroundSettings, recording: Recording) -> Columns:
    """Losses, accuracies, learning rates and gradient norms, a frame a row."""
    run = recording.run
    found: dict[str, Tensor] = {settings.counted: run.epochs}
    found |= {name.replace("_", " "): getattr(run, name)[:, 0] for name in _CURVES}
    norms = run.gradient_norms[:, 0].unbind(dim=1)
    return found | {f"gradient norm of layer {layer + 1}": norm for layer, norm in enumerate(norms)}


def weights(settings: PlaygroundSettings, recording: Recording) -> Columns:
    """Every weight and bias, a frame a row."""
    run = recording.run
    names = parameter_names(settings.shape)
    columns = run.parameters[:, 0].double().unbind(dim=1)
    return {settings.counted: run.epochs} | dict(zip(names, columns, strict=True))


def parameter_names(shape: Shape) -> list[str]:
    """The parameters in their order: w1[2,1] leads to unit 2 of layer 1 from unit or input 1; b1[2] is its bias."""
    found = []
    for layer, (units, below) in enumerate(zip(shape.sizes[1:], shape.sizes, strict=False), start=1):
        for unit in range(1, units + 1):
            found += [f"w{layer}[{unit},{source}]" for source in range(1, below + 1)]
            found += [f"b{layer}[{unit}]"] * shape.bias
    return found


def points(settings: PlaygroundSettings) -> Columns:
    """The examples with their answers as the net gets them."""
    data, found = settings.data, {}
    sets = ["train"] * len(data.train_x) + ["test"] * len(data.test_x)
    for i, name in enumerate(settings.chosen.inputs):
        found[name] = [*data.train_x[:, i].tolist(), *data.test_x[:, i].tolist()]
    for i in range(data.outputs):
        name = "answer" if data.outputs == 1 else f"answer {settings.chosen.classes[i]}"
        found[name] = [*data.train_y[:, i].tolist(), *data.test_y[:, i].tolist()]
    return {"set": sets} | found


def _download(what: str, columns: partial[Columns]) -> None:
    st.download_button(
        f"{what} (CSV)",
        lambda: csv_text(columns()),
        file_name=f"unrolled-playground-{what.lower()}.csv",
        mime="text/csv",
        key=f"play_csv_{what.lower()}",
        on_click="ignore",
    )
