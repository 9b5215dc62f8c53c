"""The figures of a sweep over rates: the loss over the epochs, and the last loss over the rate, with its zones."""

from __future__ import annotations

import math

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.experiments.rate_sweep import RateSweep
from visualizer.engine.statistics.zones import BEST_TRIED, GOOD, TOO_LARGE, TOO_SMALL, Zone, Zones, median
from visualizer.labs.kit.charts import Columns
from visualizer.labs.kit.figure import NAMED, Axis, Inks, add_line, new_figure, numbers
from visualizer.text.numbers import rate_text

HEIGHT = 350
_HEADROOM = 4.0
"""How many times the loss at the start is still in the figure; what is above has gone wrong."""
_ROOM, _APART = 1.15, 0.07
"""Room beside the last epoch for names of lines, and how far two are apart at least, as a share of the height."""
_LAST_NAME = 40
"""Room right of the axes, in pixels, where the lines' names end."""
_NARROW = 0.2
"""A zone of less than this share of the axis, at an end of it, has its name within the axis rather than over itself."""
_DASHES: dict[Zone, str] = {TOO_SMALL: "dot", GOOD: "solid", BEST_TRIED: "solid", TOO_LARGE: "dash"}


def zone_colours(ink: Inks) -> dict[Zone, str]:
    return {TOO_SMALL: ink.plus, GOOD: ink.good, BEST_TRIED: ink.muted, TOO_LARGE: ink.minus}


def figure_curves(sweep: RateSweep, zones: Zones, ink: Inks, loss: str) -> go.Figure:
    """The median loss over the epochs, a line for each rate, told apart by zone; the best one is thick.

    At their ends the lines of the lowest rate, of those at the borders of the zones and of the best say their rates.
    """
    losses = median(sweep.train_loss)
    axis = Axis(loss, log=True, limits=loss_limits(losses, sweep.start))
    figure = new_figure(ink, Axis("epoch", limits=(0, sweep.whole * _ROOM)), axis, height=HEIGHT)
    figure.update_layout(margin_r=_LAST_NAME)
    _name_lines(figure, sweep, losses, zones, ink)
    seen: set[Zone] = set()
    for place, rate in enumerate(sweep.rates.tolist()):
        zone = zones.zone(place)
        best = place == zones.best
        add_line(
            figure,
            sweep.epochs,
            losses[:, place],
            zone,
            ink,
            hover=f"rate {rate_text(rate)}, {zone}<br>epoch %{{x}}<br>loss %{{y:.3g}}",
            mode="lines",
            line={"color": zone_colours(ink)[zone], "dash": _DASHES[zone], "width": 4 if best else 1.2},
            legendgroup=zone,
            showlegend=zone not in seen,
        )
        seen.add(zone)
    return figure


def _name_lines(figure: go.Figure, sweep: RateSweep, losses: Tensor, zones: Zones, ink: Inks) -> None:
    """The rates of some lines at their ends, the best first, and no two over each other."""
    rates, last = sweep.rates.tolist(), losses[-1].tolist()
    low, high = (math.log10(limit) for limit in loss_limits(losses, sweep.start))
    placed: list[float] = []
    for place in dict.fromkeys([zones.best, 0, zones.low, zones.high, zones.high + 1]):
        if place is None or not 0 <= place < len(rates) or not math.isfinite(last[place]) or last[place] <= 0:
            continue
        height = math.log10(last[place])
        if height > high or any(abs(height - other) < _APART * (high - low) for other in placed):
            continue
        placed.append(height)
        figure.add_annotation(
            x=float(sweep.epochs[-1]),
            y=height,
            xanchor="left",
            xshift=3,
            text=f"rate {rate_text(rates[place])}" if place == zones.best else rate_text(rates[place]),
            showarrow=False,
            font={"color": zone_colours(ink)[zones.zone(place)]},
        )


def figure_final(
    sweep: RateSweep, zones: Zones, ink: Inks, loss: str, marked: tuple[float, float, str] | None = None
) -> go.Figure:
    """The last loss over the rate: each net a dot, the median a line, the zones as grounds.

    The best has a star, unless it is at the edge of what was tried. Nets that diverged, or ended above the figure, are
    crosses at its top. `marked` is a rate with its loss and a name.
    """
    limits = loss_limits(sweep.final, sweep.start)
    axis = Axis("learning rate", log=True, limits=_beyond(sweep.rates))
    figure = new_figure(ink, axis, Axis(f"{loss} at the end", log=True, limits=limits), height=HEIGHT, legend=False)
    figure.update_layout(margin_t=NAMED)
    _draw_zones(figure, sweep.rates, zones, ink)
    _add_nets(figure, sweep, ink, limits[1])
    add_line(figure, sweep.rates, zones.losses, "median", ink, mode="lines", line={"color": ink.text, "width": 2.4})
    if zones.best is not None and zones.edge is None:
        best = float(sweep.rates[zones.best]), float(zones.losses[zones.best]), "best"
        _add_mark(figure, best, ink.good, "star", "top center", ink)
    if marked:
        _add_mark(figure, marked, ink.gradient, "diamond-open", "bottom center", ink)
    return figure


def columns_of_curves(sweep: RateSweep) -> Columns:
    """Every net's losses, a row for each epoch, rate and net."""
    frames, rates, nets = sweep.train_loss.shape
    return {
        "epoch": sweep.epochs.repeat_interleave(rates * nets),
        "learning rate": sweep.rates.repeat_interleave(nets).repeat(frames),
        "net": torch.arange(nets).repeat(frames * rates),
        "training loss": sweep.train_loss.reshape(-1),
        "test loss": sweep.test_loss.reshape(-1),
    }


def columns_of_final(sweep: RateSweep, zones: Zones) -> Columns:
    """What every net came to over the last tenth of its training, a row for each rate and net."""
    rates, nets = sweep.final.shape
    return {
        "learning rate": sweep.rates.repeat_interleave(nets),
        "net": torch.arange(nets).repeat(rates),
        "training loss": sweep.final.reshape(-1),
        "test loss": sweep.final_test.reshape(-1),
        "diverged at update": sweep.diverged.reshape(-1),
        "zone": [zones.zone(place) for place in range(rates) for _ in range(nets)],
    }


def loss_limits(losses: Tensor, start: Tensor) -> tuple[float, float]:
    """What the axis of a loss shows: from below the lowest to some times the loss at the start."""
    finite = losses[torch.isfinite(losses) & (losses > 0)]
    top = _HEADROOM * float(start.max())
    return min(float(finite.min()) / 1.5, top / 10) if len(finite) else top / 10, top


def _draw_zones(figure: go.Figure, rates: Tensor, zones: Zones, ink: Inks) -> None:
    left, right = _beyond(rates)
    middle = GOOD if zones.edge is None else BEST_TRIED
    ends = {
        TOO_SMALL: (left, _between(rates, zones.low)),
        middle: (_between(rates, zones.low), _between(rates, zones.high + 1)),
        TOO_LARGE: (_between(rates, zones.high + 1), right),
    }
    for zone, (first, last) in ends.items():
        if last > first:
            colour = zone_colours(ink)[zone]
            figure.add_vrect(first, last, fillcolor=ink.pale(colour, 0.14), line_width=0, layer="below")
            x, anchor = _name_place(math.log10(first), math.log10(last), math.log10(left), math.log10(right))
            figure.add_annotation(
                x=x,
                xanchor=anchor,
                y=1,
                yref="paper",
                yanchor="bottom",
                text=zone,
                showarrow=False,
                font={"color": colour},
            )


def _name_place(first: float, last: float, left: float, right: float) -> tuple[float, str]:
    """Where a zone's name stands, and by which end: in its middle, if it is not too narrow for that at an end."""
    if last - first < _NARROW * (right - left):
        if last >= right:
            return right, "right"
        if first <= left:
            return left, "left"
    return (first + last) / 2, "center"


def _add_nets(figure: go.Figure, sweep: RateSweep, ink: Inks, top: float) -> None:
    nets = sweep.final.shape[1]
    rates, final = sweep.rates.repeat_interleave(nets), sweep.final.reshape(-1)
    outside = ~(final <= top)
    hover = "rate %{x:.3g}<br>%{text}<extra></extra>"
    figure.add_trace(
        go.Scatter(
            x=numbers(rates[~outside]),
            y=numbers(final[~outside]),
            mode="markers",
            marker={"color": ink.muted, "size": 5, "opacity": 0.7},
            text=[f"net {place % nets}, loss {value:.3g}" for place, value in _placed(final, ~outside)],
            hovertemplate=hover,
        )
    )
    diverged = sweep.diverged.reshape(-1).tolist()
    figure.add_trace(
        go.Scatter(
            x=numbers(rates[outside]),
            y=[top / 1.15] * int(outside.sum()),
            mode="markers",
            marker={"color": ink.minus, "size": 8, "symbol": "x-thin", "line": {"width": 2, "color": ink.minus}},
            text=[
                f"net {place % nets}: "
                + (f"diverged from update {diverged[place]:,} on" if diverged[place] >= 0 else f"loss {value:.3g}")
                for place, value in _placed(final, outside)
            ],
            hovertemplate=hover,
        )
    )


def _placed(values: Tensor, chosen: Tensor) -> list[tuple[int, float]]:
    return [(place, float(values[place])) for place in chosen.nonzero().flatten().tolist()]


def _add_mark(
    figure: go.Figure, mark: tuple[float, float, str], colour: str, symbol: str, place: str, ink: Inks
) -> None:
    rate, loss, name = mark
    if math.isfinite(loss):
        figure.add_trace(
            go.Scatter(
                x=[rate],
                y=[loss],
                mode="markers+text",
                text=[name],
                textposition=place,
                marker={"color": colour, "size": 18, "symbol": symbol, "line": {"width": 2.5}}
                if symbol.endswith("open")
                else {"color": colour, "size": 14, "symbol": symbol, "line": {"width": 1, "color": ink.ground}},
                hovertemplate=f"{name}: rate %{{x:.3g}}<br>loss %{{y:.3g}}<extra></extra>",
            )
        )


def _beyond(rates: Tensor) -> tuple[float, float]:
    """Half a step beyond the first and the last rate."""
    half = _half_step(rates)
    return float(rates[0]) / half, float(rates[-1]) * half


def _between(rates: Tensor, place: int) -> float:
    """The middle between a rate and the one before it."""
    return float(rates[0]) / _half_step(rates) if place == 0 else float(rates[place - 1]) * _half_step(rates)


def _half_step(rates: Tensor) -> float:
    return math.pow(float(rates[-1] / rates[0]), 0.5 / max(1, len(rates) - 1))
