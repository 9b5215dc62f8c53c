"""The answer of the view "Symmetry": how many units each start really has, and what that costs."""

from __future__ import annotations

import math

from visualizer.engine.experiments.scale_sweep import Start
from visualizer.engine.measures.evaluation import outputs
from visualizer.engine.measures.unit_distance import SAME, largest_differences, merge_units
from visualizer.labs.initialisation.settings import InitialisationSettings
from visualizer.labs.initialisation.symmetry.run import ZEROS, SymmetryRun
from visualizer.labs.initialisation.text import ends_text, layers_text, number_text, start_name
from visualizer.labs.kit.choices import sizes_text
from visualizer.text.numbers import loss_text
from visualizer.ui.answer import Answer, Figure


def answer(settings: InitialisationSettings, found: SymmetryRun) -> Answer:
    """The words and figures for these settings."""
    parts = [_zeros(found), _equal(settings, found), *(_grown(found, start) for start in _random(found))]
    return Answer(_why(settings, found), _figures(found), "\n\n".join(parts))


def _why(settings: InitialisationSettings, found: SymmetryRun) -> str:
    copies = [start for start in found.starts if _difference(found, settings, start) <= SAME]
    if not copies:
        return "The units of every start here differ in the end."
    names = " and ".join(f"**{start_name(start).lower()}**" for start in copies)
    losses = [_loss(found, start) for start in copies]
    apart = [start for start in found.starts if start not in copies]
    best = min(apart, key=lambda start: _loss(found, start)) if apart else None
    words = (
        f"Because units that begin alike get the same gradient and stay alike: from {names} all {settings.units} units "
        f"of a layer are copies of one after {int(found.epochs[-1]):,} epochs too, and the loss ends at "
        f"{' and '.join(loss_text(loss, 3) for loss in losses)}."
    )
    if best is None:
        return words
    return f"{words} From **{start_name(best)}**, whose units differ, it {ends_text(_loss(found, best))}."


def _figures(found: SymmetryRun) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            f"Loss from {start_name(start)}",
            loss_text(_loss(found, start), 3),
            f"Median over 8 nets. Distance between units: {_distance_text(found, start, 0)} before, "
            f"{_distance_text(found, start, -1)} after",
        )
        for start in found.starts
    )


def _zeros(found: SymmetryRun) -> str:
    norms = found.gradient_norms[found.starts.index(ZEROS)].tolist()
    still = [layer + 1 for layer, norm in enumerate(norms) if norm == 0]
    if not still:
        return "**Zeros.** The first gradient reaches every layer, but is the same for all of a layer's units."
    words = (
        f"**Zeros.** The first gradient is 0 in {layers_text(still, len(norms))}: weights of 0 above pass nothing back"
    )
    moved = float((found.units[-1, found.starts.index(ZEROS)]).abs().max())
    if moved == 0:
        return f"{words}, and to the end no weight of layer 1 has moved."
    if not math.isfinite(moved):
        return f"{words}. Then the nets diverge."
    return f"{words} at first. Later layer 1 moves, up to {number_text(moved)}, all units together."


def _equal(settings: InitialisationSettings, found: SymmetryRun) -> str:
    """That a net of copies is a net with one unit per layer: measured."""
    place = found.starts.index(settings.equal)
    flat, shape = found.parameters[place].double(), settings.shape
    name = start_name(settings.equal)
    if not bool(flat.isfinite().all()):
        return f"**{name}.** These nets diverge."
    x = settings.data.train_x.double()
    merged, narrow = merge_units(flat, shape)
    wide_outputs, narrow_outputs = outputs(flat[None], shape, x), outputs(merged[None], narrow, x)
    gap = float((wide_outputs - narrow_outputs).abs().max())
    difference = _difference(found, settings, settings.equal)
    exact = "exactly 0" if difference == 0 else f"{number_text(difference)}, which is rounding"
    if difference > SAME:
        exact = f"{number_text(difference)}: rounding that has grown"
    sizes = sizes_text(narrow.sizes)
    return (
        f"**{name}.** The largest difference between two units' weights is {exact}. A {sizes} net with these weights, "
        f"added up over the copies, gives the same outputs to within {number_text(gap)}."
    )


def _grown(found: SymmetryRun, start: Start) -> str:
    before, after = _distance(found, start, 0), _distance(found, start, -1)
    if not math.isfinite(after):
        return f"**{start_name(start)}.** At least half of these nets diverge."
    words = f"**{start_name(start)}.** Units are {number_text(before)} apart before and {number_text(after)} after"
    if not before > 0:
        return f"{words}."
    factor = after / before
    return f"{words}, {'as far as before' if 0.95 <= factor <= 1.05 else f'{number_text(factor)} times as far'}."


def _random(found: SymmetryRun) -> list[Start]:
    return [start for start in found.starts if start.kind not in ("zeros", "equal")]


def _difference(found: SymmetryRun, settings: InitialisationSettings, start: Start) -> float:
    """The largest between two units' weights, as a share of the largest weight where that is above 1; NaN: diverged."""
    flat = found.parameters[found.starts.index(start)].double()
    return float(largest_differences(flat, settings.shape)) / max(1.0, float(flat.abs().max()))


def _loss(found: SymmetryRun, start: Start) -> float:
    losses = found.loss[-1, found.starts.index(start)].nan_to_num(math.inf)
    return float(losses.quantile(0.5, interpolation="higher"))


def _distance(found: SymmetryRun, start: Start, frame: int) -> float:
    distances = found.distances[frame, found.starts.index(start)].nan_to_num(math.inf)
    return float(distances.quantile(0.5, interpolation="higher"))


def _distance_text(found: SymmetryRun, start: Start, frame: int) -> str:
    distance = _distance(found, start, frame)
    return "0" if distance == 0 else number_text(distance)
