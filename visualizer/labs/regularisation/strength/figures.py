"""The figure of a kind of regularisation: training and test loss over its strength."""

from __future__ import annotations

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.statistics.zones import StrengthZones
from visualizer.labs.kit.figure import NAMED, Axis, Inks, add_line, add_star, new_figure
from visualizer.labs.regularisation.drawing import add_spread, far_apart, loss_axis
from visualizer.labs.regularisation.settings import DROPOUT, mean_over_repeats
from visualizer.labs.regularisation.shown import Shown
from visualizer.labs.regularisation.strength.reading import zones_of
from visualizer.labs.regularisation.sweeps import EARLY, NONE, Sweep, Sweeps
from visualizer.labs.regularisation.text import AXES, NAMES

HEIGHT = 310


def figure_strengths(sweeps: Sweeps, kind: str, shown: Shown, ink: Inks) -> go.Figure:
    """Training and test loss over the strengths of a kind; no regularisation and early stopping as level lines."""
    sweep = sweeps.kinds[kind]
    ends = strength_ends(sweep)
    axis = sweeps_axis(sweeps, shown)
    figure = new_figure(ink, Axis(AXES[kind], log=kind != DROPOUT, limits=ends), axis, height=HEIGHT)
    figure.update_layout(margin_t=NAMED)
    zones = zones_of(sweep)
    _draw_zones(figure, sweep, zones, ink)
    for index, (name, values) in enumerate((("test", _test(sweep, shown)), ("training", _train(sweep, shown)))):
        add_spread(figure, sweep.strengths, values, ink, index)
        add_line(figure, sweep.strengths, mean_over_repeats(values), name, ink, index)
    for level, name, line in (
        (NONE, "none", {"color": ink.text, "width": 2, "dash": "dashdot"}),
        (EARLY, "early stop", {"color": ink.gradient, "width": 2, "dash": "dot"}),
    ):
        if level in sweeps.kinds:
            value = float(mean_over_repeats(_test(sweeps.kinds[level], shown)))
            hover = f"test, {NAMES[level]}: %{{y:.3g}}"
            add_line(figure, ends, [value, value], name, ink, hover=hover, mode="lines", line=line)
    if zones.best is not None:
        value = float(mean_over_repeats(_test(sweep, shown))[zones.best])
        said = "chosen by validation: %{x:.2g}<br>test %{y:.3g}"
        add_star(figure, float(sweep.strengths[zones.best]), value, "", ink, hover=said, showlegend=False)
    return figure


def sweeps_axis(sweeps: Sweeps, shown: Shown) -> Axis:
    """An axis that holds every kind that is done, the same for all."""
    train, test = (
        torch.cat([mean_over_repeats(pick(sweep, shown)) for sweep in sweeps.kinds.values()])
        for pick in (_train, _test)
    )
    spread = [_test(sweep, shown).flatten() for sweep in sweeps.kinds.values()]
    return loss_axis(shown.title, torch.cat([train, *spread]), log=not shown.error and far_apart(test))


def _train(sweep: Sweep, shown: Shown) -> Tensor:
    values: Tensor = getattr(sweep.fits, shown.train_field)
    return values


def _test(sweep: Sweep, shown: Shown) -> Tensor:
    values: Tensor = getattr(sweep.fits, shown.test_field)
    return values


def strength_ends(sweep: Sweep) -> tuple[float, float]:
    """What the axis of strengths shows: half a step beyond the first and the last strength; all shares for dropout."""
    if sweep.kind == DROPOUT:
        return 0.0, 1.0
    half = float(sweep.strengths[1] / sweep.strengths[0]) ** 0.5
    return float(sweep.strengths[0]) / half, float(sweep.strengths[-1]) * half


def _draw_zones(figure: go.Figure, sweep: Sweep, zones: StrengthZones, ink: Inks) -> None:
    first, last = strength_ends(sweep)
    spans = []
    if zones.overfits is not None:
        spans.append(("overfits", first, _between(sweep, zones.overfits), ink.minus))
    if zones.underfits is not None:
        spans.append(("underfits", _between(sweep, zones.underfits - 1), last, ink.plus))
    for name, low, high, colour in spans:
        figure.add_vrect(low, high, fillcolor=ink.pale(colour, 0.14), line_width=0, layer="below")
        figure.add_annotation(
            x=_on_axis(sweep, low) / 2 + _on_axis(sweep, high) / 2,
            y=1,
            yref="paper",
            yanchor="bottom",
            text=name,
            showarrow=False,
            font={"color": colour},
        )


def _between(sweep: Sweep, place: int) -> float:
    """The middle between a strength and the next, on the axis that it is drawn on."""
    low, high = float(sweep.strengths[place]), float(sweep.strengths[place + 1])
    return (low + high) / 2 if sweep.kind == DROPOUT else float((low * high) ** 0.5)


def _on_axis(sweep: Sweep, strength: float) -> float:
    """Where an annotation stands: Plotly takes powers of ten on a logarithmic axis."""
    return strength if sweep.kind == DROPOUT else float(torch.tensor(strength, dtype=torch.float64).log10())
