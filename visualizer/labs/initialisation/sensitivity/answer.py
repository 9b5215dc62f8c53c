"""The answer of the view "Sensitivity": which scales learn, what goes wrong beside them, and what the rules do."""

from __future__ import annotations

import math

from visualizer.engine.experiments.scale_sweep import StartsRun
from visualizer.engine.measures.weight_spread import SMALL_SIGNAL_GAINS, small_signal_factor
from visualizer.engine.statistics.range_edge import FIRST, edge_of
from visualizer.labs.initialisation.sensitivity.run import SCALES, Reading, Reference, read
from visualizer.labs.initialisation.settings import InitialisationSettings
from visualizer.labs.initialisation.text import (
    activation_label,
    change_text,
    ends_text,
    factor_text,
    layers_text,
    number_text,
)
from visualizer.labs.kit.choices import edge_words
from visualizer.text.numbers import loss_text, percent
from visualizer.text.words import LOSSES, listed
from visualizer.ui.answer import Answer, Figure

_ENDS = "the smallest tried", "the largest tried"
_CLEAR = 0.5
"""A rule keeps sizes where its factors forward and back, as logarithms, are not further from 0 than this together."""


def answer(settings: InitialisationSettings, run: StartsRun) -> Answer:
    """The words and figures for these settings."""
    reading = read(settings, run)
    parts = [_rules(settings, reading), _equal(reading)]
    if settings.kind != "zeros":
        parts = [_below(reading), _above(run, reading), *parts]
    words = f"{_range(settings, reading)} {_zeros(run, reading)}"
    return Answer(words, _figures(run, reading), "\n\n".join(parts))


def _range(settings: InitialisationSettings, reading: Reading) -> str:
    loss, idle = LOSSES[settings.chosen.loss], loss_text(reading.idle, 3)
    if settings.kind == "zeros":
        return f"From none: zeros times any scale are zeros, and the {loss} stays at {idle}. Choose another kind."
    if reading.zones is None or reading.best is None:
        return (
            f"From none of these scales does the {loss} get clearly below the {idle} of a net of zeros in "
            f"{settings.epochs:,} epochs. Try more epochs, another learning rate or fewer layers."
        )
    low, high = (number_text(float(reading.scales[place])) for place in (reading.zones.low, reading.zones.high))
    far = edge_words(reading.zones.edge, *_ENDS)
    scales = f"From about **{low}** alone" if low == high else f"From about **{low}** to **{high}**"
    return (
        f"{scales}: there the {loss} covers at least {percent(0.9, 0)} of the way from the {idle} of a net of zeros "
        f"to the best, "
        f"{loss_text(float(reading.losses[reading.best]), 3)}, at "
        f"**{number_text(float(reading.scales[reading.best]))}**"
        f"{f' ({far})' if far else ''}. {_reach(reading)}"
    )


def _reach(reading: Reading) -> str:
    """Whether the rules' own nets get as far."""
    inside = [each.name for each in reading.rules if reading.learns(each)]
    outside = [f"{each.name} ({loss_text(each.loss, 3)})" for each in reading.rules if not reading.learns(each)]
    if not outside:
        return f"{listed(inside)} all get as far, each with its own sizes."
    if not inside:
        return f"None of the rules gets as far: {listed(outside)}."
    as_far = f"{listed(inside)} {'gets' if len(inside) == 1 else 'get'} as far"
    return f"With its own sizes {as_far}, but not {listed(outside)}."


def _figures(run: StartsRun, reading: Reading) -> tuple[Figure, ...]:
    learns = best = "none"
    if reading.zones is not None and reading.best is not None:
        low, high = (number_text(float(reading.scales[place])) for place in (reading.zones.low, reading.zones.high))
        bound = {None: "", FIRST: "at most "}.get(reading.zones.edge, "at least ")
        learns, best = f"{low} – {high}", f"{bound}{number_text(float(reading.scales[reading.best]))}"
    balanced = "—" if reading.balanced is None else number_text(reading.balanced)
    xavier, he = (reading.reference(kind) for kind in ("xavier", "he"))
    inside = math.isfinite(he.hidden_scale)
    return (
        Figure("Scales that learn", learns),
        Figure("Best scale", best, f"The lowest median loss over 8 nets. {_best_rule(reading)} {_test(run, reading)}"),
        Figure(
            "Gradient keeps its size at",
            balanced,
            "Where its standard deviation is the same in the first hidden layer as in the last",
        ),
        Figure(
            "As large as Xavier | He",
            " | ".join(_scale_text(each.hidden_scale if inside else each.scale) for each in (xavier, he)),
            "The scale at which the weights have the size that the rule gives them, "
            + ("between two hidden layers." if inside else "the geometric mean over the layers."),
        ),
    )


def _best_rule(reading: Reading) -> str:
    best = min(reading.rules, key=lambda each: each.loss)
    return f"Of the rules {best.name} is best: its loss {ends_text(best.loss)}."


def _test(run: StartsRun, reading: Reading) -> str:
    """What the test points say, where there are any."""
    losses = run.test_loss[:SCALES].nan_to_num(math.inf).median(dim=1).values
    best = int(losses.argmin())
    if losses[best].isinf():
        return ""
    far = edge_words(edge_of(best, SCALES), *_ENDS)
    scale = f"{number_text(float(reading.scales[best]))}{f' ({far})' if far else ''}"
    return f"On the test points {scale} is best, with {loss_text(float(losses[best]), 3)}."


def _below(reading: Reading) -> str:
    """What goes wrong with the smallest weights."""
    if reading.zones is not None and reading.zones.low == 0:
        return "**Too small.** No scale here is too small."
    first, last = float(reading.gradients[0, 0]), float(reading.gradients[0, -1])
    scale, steps = number_text(float(reading.scales[0])), reading.gradients.shape[1] - 1
    words = (
        f"**Too small.** At {scale} the norm of the first gradient is {number_text(last)} in the last layer and "
        f"{number_text(first)} in the first"
    )
    factor = (first / last) ** (1 / steps) if last > 0 and steps > 1 else math.nan
    if factor > 0:
        words += f": it {change_text(factor)} from layer to layer in the backward pass"
    return f"{words}. The loss {ends_text(float(reading.losses[0]))}; from zeros it {ends_text(reading.idle)}."


def _above(run: StartsRun, reading: Reading) -> str:
    """What goes wrong with the largest weights: gradients that explode, units that saturate, nets that diverge."""
    if reading.zones is not None and reading.zones.high == SCALES - 1:
        return "**Too large.** No scale here is too large."
    words = [f"**Too large.** At {number_text(float(reading.scales[-1]))}, {_end(run, reading)}."]
    steepest = int(reading.backward.nan_to_num(0.0).argmax())
    factor = float(reading.backward[steepest])
    if factor > 1.05:
        words.append(
            f"The gradient explodes most at {number_text(float(reading.scales[steepest]))}: there it "
            f"{change_text(factor)} with every layer."
        )
    first = reading.gradients[:, 0].nan_to_num(0.0)
    if float(first[-1]) < 1e-3 * float(first.max()):
        words.append(
            f"At the largest scale it has shrunk again, to {number_text(float(first[-1]))} in layer 1: units that are "
            "saturated have no slope."
        )
    return " ".join(words)


def _end(run: StartsRun, reading: Reading) -> str:
    lost = run.diverged[:SCALES] >= 0
    if not bool(lost.any()):
        return f"the loss {ends_text(float(reading.losses[-1]))}, after {_start_loss(run)} at the start"
    first = int(lost.any(dim=1).nonzero()[0])
    return (
        f"{int(lost[-1].sum())} of {lost.shape[1]} nets diverge; the first to do so start from a scale of "
        f"{number_text(float(reading.scales[first]))}"
    )


def _start_loss(run: StartsRun) -> str:
    return loss_text(float(run.start_loss[SCALES - 1].nan_to_num(math.inf).median()), 3)


def _rules(settings: InitialisationSettings, reading: Reading) -> str:
    """Which rule keeps signals and gradients as large as they are, and what theory says."""
    label, gain = activation_label(settings.activation), SMALL_SIGNAL_GAINS[settings.activation]
    if settings.hidden_layers == 1:
        ranked = sorted(reading.rules, key=lambda each: each.loss)
        losses = ", ".join(f"{each.name} {loss_text(each.loss, 3)}" for each in ranked)
        return f"**Rules.** With one hidden layer, nothing can add up from layer to layer. They end at: {losses}."
    each = small_signal_factor("normal", 1.0, settings.units, settings.activation)
    words = (
        f"**Rules.** A small signal changes by √{settings.units} · s · {gain:.2g} a layer: {settings.units} products, "
        f"weights of standard deviation s, and {gain:.2g} for the slope of {label}. In theory it keeps its size at "
        f"s = {1 / each:.2g}{_measured(settings, reading)}. "
    )
    best, *others = reading.rules
    if not math.isfinite(best.change):
        return words
    rest = "; ".join(f"{other.name} {_factors(other)}" for other in others)
    keeps = "comes closest to that" if best.change < _CLEAR else "comes closest, and is far from it"
    return (
        f"{words}Measured per layer, activations forward and gradients back: **{best.name}** {keeps} "
        f"({_factors(best)}); {rest}."
    )


def _measured(settings: InitialisationSettings, reading: Reading) -> str:
    """At which standard deviation gradients kept their size in the run, where that was its scale."""
    if settings.kind != "normal" or reading.balanced is None:
        return ""
    return f"; measured, gradients do at {number_text(reading.balanced)}"


def _factors(rule: Reference) -> str:
    return f"{factor_text(rule.forward)} and {factor_text(rule.backward)}"


def _zeros(run: StartsRun, reading: Reading) -> str:
    """Why not from zeros."""
    zeros = reading.reference("zeros")
    norms = run.gradient_norms[run.starts.index(zeros.start)].nan_to_num(0.0).median(dim=0).values
    still = [layer + 1 for layer in (norms == 0).nonzero().flatten().tolist()]
    if not still:
        return f"From **zeros** all units of a layer get the same gradient, and the loss {ends_text(zeros.loss)}."
    words = f"From **zeros** the first gradient is 0 in {layers_text(still, len(norms))}"
    return f"{words}{': only the output learns its bias' if len(still) == len(norms) - 1 else ''}."


def _equal(reading: Reading) -> str:
    """What all equal weights do."""
    equal = reading.reference("equal")
    return f"**{equal.name}.** Units that begin alike stay copies of each other; the loss {ends_text(equal.loss)}."


def _scale_text(scale: float) -> str:
    return number_text(scale) if math.isfinite(scale) else "—"
