"""Charts of lines: a loss over iterations, shares over a count, precision over recall, and the like."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from visualizer.figures.axes import Axes, Scale, Style, counts, powers_of_ten, rounded, shares, tick
from visualizer.figures.palette import MARK, MINUS, MUTED, PLUS
from visualizer.figures.svg import text
from visualizer.text.numbers import percent

_POINTS = 400
_TWO = (Style(PLUS), Style(MINUS, "6 4"))
_THREE = (*_TWO, Style(MARK, "2 4"))
_RANKINGS = (Style(PLUS), Style(PLUS, "6 4"), Style(MINUS), Style(MINUS, "6 4"), Style(MARK, "2 3"))
_KINDS = (Style(MINUS, "7 5"), Style(PLUS, "3 3"), Style(PLUS))


@dataclass(frozen=True)
class Curve:
    """A name and the values at one count after the other, as shares of 1."""

    name: str
    values: Sequence[float]


@dataclass(frozen=True)
class ProgressLine:
    """A name, and points (examples, value) in order; values that are not finite are left out."""

    name: str
    points: Sequence[tuple[int, float]]


@dataclass(frozen=True)
class SuccessCurve:
    """A kind of net and, for each length, the share of right answers that each seed reached."""

    name: str
    shares: Sequence[Sequence[float]]


def figure_loss(losses: Sequence[float], at: int, apart: int = 1) -> str:
    """A loss on a scale of powers of ten; `at` is the place that is marked. They are so many iterations apart."""
    last = len(losses) - 1
    axes = Axes(counts(0, last, ()), powers_of_ten(losses, -16, 30), 520, 210, left=62, top=30, bottom=34)
    parts = [text(axes.left - 8, 11, "loss ℓ", 12, MUTED, "end"), *axes.grid()]
    parts.append(axes.line(_thinned(list(enumerate(losses))), Style(PLUS, width=2)))
    parts.append(axes.dot((at, losses[at])))
    title = f"The loss over {last} iterations; at {at} it is {losses[at]:.3g}"
    return axes.figure(parts, f"iteration (0 to {last * apart:,})", title)


def figure_lines(curves: Sequence[Curve], *, below: str, at: float | None, title: str) -> str:
    """Two curves from 0 up, with one place marked; `below` says what is counted."""
    last = len(curves[0].values) - 1
    up = _rounded_shares(max(max(curve.values) for curve in curves))
    axes = Axes(counts(0, last, range(last + 1)), up, 460, 210, left=48, right=130)
    parts = axes.grid()
    if at is not None and 0 <= at <= last:
        parts.append(axes.rule(at))
    return axes.figure([*parts, *_named(axes, curves, _TWO)], below, title)


def figure_progress(
    lines: Sequence[ProgressLine],
    *,
    name: str,
    below: str,
    examples: int,
    write: Callable[[float], str],
    most: float | None = None,
    title: str,
) -> str:
    """At most three lines over 0 to `examples`; `write` says a value. The scale ends at `most`, or at the largest."""
    finite = [[point for point in line.points if math.isfinite(point[1])] for line in lines]
    up = rounded(most or max([value for points in finite for _, value in points] or [1.0]), write)
    across = counts(0, examples, (round(examples * quarter / 4) for quarter in range(5)))
    axes = Axes(across, up, 600, 250, left=56, right=180, top=26)
    parts, ends = [text(12, 12, name, 12.5, MUTED, "start"), *axes.grid()], []
    for line, points, style in zip(lines, finite, _THREE, strict=False):
        parts.append(axes.line(_thinned(points), style))
        if points:
            parts.append(axes.dot(points[-1], style.colour, 3.2))
            ends.append((f"{line.name} {write(points[-1][1])}", points[-1], style))
        else:
            ends.append((line.name, (0, 0.0), style))
    return axes.figure([*parts, *axes.names(ends)], below, title)


def figure_precision(curves: Sequence[Curve], k: int, lot: float, *, title: str) -> str:
    """At most five curves from 1 up, k marked, and a dotted line at what a ranking chance reaches."""
    most = len(curves[0].values)
    axes = Axes(counts(1, most, range(1, most + 1)), shares(), 620, 330, left=48, right=200)
    drawn = [*curves, Curve("chance", [lot] * most)]
    styles = [*_RANKINGS[: len(curves)], Style(MUTED, "1 4", 1.0)]
    parts = [*axes.grid(), axes.rule(k), *_named(axes, drawn, styles)]
    return axes.figure(parts, "k, the nearest that are looked at", title)


def figure_precision_recall(
    recall: Sequence[float], precision: Sequence[float], at: tuple[float, float] | None, title: str
) -> str:
    """The curve, from the best score down; `at` is (recall, precision) at the threshold, None where none is found."""
    axes = Axes(shares(), shares(), 420, 240, right=22)
    points = [(0.0, each) for each in precision[:1]] + list(zip(recall, precision, strict=True))
    middle = (axes.top + axes.floor) / 2
    parts = [*axes.grid(columns=True), axes.line(points, Style(PLUS, width=2)), *([axes.dot(at)] if at else [])]
    parts.append(f'<g transform="rotate(-90 9 {middle:g})">{text(9, middle, "precision", 12, MUTED)}</g>')
    return axes.figure(parts, "recall: the share of all that is there", title)


def figure_success(curves: Sequence[SuccessCurve], lengths: Sequence[int], *, below: str, title: str) -> str:
    """At most three curves over a length: each seed a dot, their mean the line; `below` says what is counted."""
    axes = Axes(counts(0, max(lengths), lengths), shares(), 620, 250, right=200)
    parts, ends = axes.grid(), []
    for curve, style in zip(curves, _KINDS, strict=False):
        means = [sum(each) / len(each) for each in curve.shares]
        parts.append(axes.line(zip(lengths, means, strict=True), style))
        for length, each in zip(lengths, curve.shares, strict=True):
            parts += [axes.dot((length, share), style.colour, 3, 0.55) for share in each]
        ends.append((f"{curve.name}: {percent(means[-1], 0)}", (lengths[-1], means[-1]), style))
    return axes.figure([*parts, *axes.names(ends)], below, title)


def _named(axes: Axes, curves: Sequence[Curve], styles: Sequence[Style]) -> list[str]:
    """Curves over the whole horizontal scale, and their names."""
    start, last = round(axes.across.low), axes.across.high
    parts = [axes.line(enumerate(curve.values, start), style) for curve, style in zip(curves, styles, strict=True)]
    ends = [(curve.name, (last, curve.values[-1]), style) for curve, style in zip(curves, styles, strict=True)]
    return [*parts, *axes.names(ends)]


def _thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most so many points as can be told apart, the last among them."""
    kept = list(points[:: max(1, -(-len(points) // _POINTS))])
    return kept + [each for each in points[-1:] if each != kept[-1]]


def _rounded_shares(largest: float) -> Scale:
    """A round scale in per cent, with the decimals that it needs."""
    decimals = max(0, -math.floor(math.log10(tick(largest) * 100) + 1e-9))
    return rounded(largest, lambda share: percent(share, decimals))
