"""The answer of the view "Signals through the layers": the factors from layer to layer, for every start."""

from __future__ import annotations

import math

from visualizer.engine.measures.weight_spread import SMALL_SIGNAL_GAINS, small_signal_factor
from visualizer.labs.initialisation.settings import InitialisationSettings
from visualizer.labs.initialisation.signals.figures import saturated
from visualizer.labs.initialisation.signals.run import LayersRun, inside
from visualizer.labs.initialisation.text import activation_label, change_text, factor_text, start_name
from visualizer.text.numbers import loss_text, percent
from visualizer.ui.answer import Answer, Figure

_KEPT = 2.0
"""A size is kept if it is within this factor over all hidden layers."""


def answer(settings: InitialisationSettings, found: LayersRun) -> Answer:
    """The words and figures for these settings."""
    words = _verdict(settings, found)
    more = [_theory(settings, found), _saturation(settings, found), _training(found), _table(found)]
    return Answer(words, _figures(found), "\n\n".join(part for part in more if part))


def changes(found: LayersRun) -> list[float]:
    """How far each start is from keeping signals and gradients as large as they are; infinite where not known."""
    return [
        abs(math.log(forward)) + abs(math.log(backward)) if forward > 0 and backward > 0 else math.inf
        for forward, backward in zip(found.forward.tolist(), found.backward.tolist(), strict=True)
    ]


def ranked(found: LayersRun) -> list[int]:
    """The places of the starts: random ones before the others, and the one that keeps sizes best first."""
    order = changes(found)
    return sorted(range(len(order)), key=lambda at: (found.starts[at].kind in ("equal", "zeros"), order[at]))


def _verdict(settings: InitialisationSettings, found: LayersRun) -> str:
    name, steps = start_name(found.starts[0]), settings.hidden_layers - 1
    if steps == 0:
        return "With one hidden layer there is no way to go from layer to layer: choose two or more."
    forward, backward = float(found.forward[0]), float(found.backward[0])
    if not (forward > 0 and backward > 0):
        return f"With **{name}** nothing passes: before training, activations or gradients are 0. {_best(found)}"
    total = backward**steps
    kept = all(1 / _KEPT <= factor**steps <= _KEPT for factor in (forward, backward))
    return (
        f"With {name} **{'yes' if kept else 'no'}**: from one hidden layer to the next the standard deviation of the "
        f"activations {change_text(forward)}; that of the gradients {change_text(backward)} with each layer of "
        f"the backward pass, and {change_text(total)} in all. {_best(found)}"
    )


def _best(found: LayersRun) -> str:
    best, second = ranked(found)[:2]
    change, next_change = (changes(found)[place] for place in (best, second))
    if not math.isfinite(change):
        return ""
    words = f"Of all random starts **{start_name(found.starts[best])}** keeps both best"
    return f"{words}, then {start_name(found.starts[second])}." if math.isfinite(next_change) else f"{words}."


def _figures(found: LayersRun) -> tuple[Figure, ...]:
    losses = found.loss[-1].nan_to_num(math.inf).quantile(0.5, dim=1, interpolation="higher").tolist()
    lowest = min(range(len(losses)), key=losses.__getitem__)
    return (
        Figure("Activations, per layer", factor_text(float(found.forward[0])), "Median over 8 nets, before training"),
        Figure(
            "Gradients, per layer back", factor_text(float(found.backward[0])), "Median over 8 nets, before training"
        ),
        Figure("Loss at the end", loss_text(losses[0], 3), "Median over 8 nets of the chosen start"),
        Figure("Lowest of all starts", loss_text(losses[lowest], 3), start_name(found.starts[lowest])),
    )


def _theory(settings: InitialisationSettings, found: LayersRun) -> str:
    start, width = found.starts[0], settings.units
    if settings.hidden_layers == 1 or start.kind in ("zeros", "equal"):
        return ""
    expected = small_signal_factor(start.kind, start.scale, width, settings.activation)
    gain = SMALL_SIGNAL_GAINS[settings.activation]
    return (
        f"**Theory.** A sum of {width} products with weights of standard deviation s is √{width} · s times as large, "
        f"and {activation_label(settings.activation)}'s slope, {gain:.2g} on average for small sums, multiplies that: "
        f"{factor_text(expected)} per layer for small signals, both ways. Large sums meet other slopes."
    )


def _saturation(settings: InitialisationSettings, found: LayersRun) -> str:
    layers = inside(settings, found, 0)[:-1]
    shares = [saturated(layer.activations, settings.activation) for layer in layers]
    if not math.isfinite(max(shares)) or max(shares) < 0.1:
        return ""
    worst = max(range(len(shares)), key=shares.__getitem__)
    return (
        f"**Saturation.** Before training, {percent(shares[worst], 0)} of the activations of layer {worst + 1} are "
        f"within {percent(0.05, 0)} "
        "of an end of their range: there the slope is near 0, and such units pass hardly any gradient on."
    )


def _training(found: LayersRun) -> str:
    """What training does to the ratio of the gradients."""
    ratios = [float((each[:, 0] / each[:, -2]).nanmedian()) for each in (found.gradients[0, 0], found.gradients[-1, 0])]
    if not all(math.isfinite(ratio) and ratio > 0 for ratio in ratios) or found.gradients.shape[3] < 3:
        return ""
    before, after = (factor_text(ratio) for ratio in ratios)
    return (
        f"**Training.** From the last hidden layer to the first, the gradients change by {before} before training and "
        f"by {after} after epoch {int(found.epochs[-1]):,}."
    )


def _table(found: LayersRun) -> str:
    """Every start, the one that keeps sizes best first."""
    losses = found.loss[-1].nan_to_num(math.inf).quantile(0.5, dim=1, interpolation="higher").tolist()
    rows = [
        "**All starts**, with the factors per layer:",
        "",
        "| start | forward | back | loss |",
        "| --- | --- | --- | --- |",
    ]
    for place in ranked(found):
        factors = factor_text(float(found.forward[place])), factor_text(float(found.backward[place]))
        rows.append(f"| {' | '.join((start_name(found.starts[place]), *factors, loss_text(losses[place], 3)))} |")
    return "\n".join(rows)
