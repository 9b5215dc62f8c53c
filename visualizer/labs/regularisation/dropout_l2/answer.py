"""The answer of the view "Dropout ≈ L2": how exact the identity is, and how alike nets are."""

from __future__ import annotations

import torch

from visualizer.engine.statistics.comparisons import paired_difference
from visualizer.engine.superscripts import scientific
from visualizer.labs.regularisation.dropout_l2.exact import RUNS, Exact
from visualizer.labs.regularisation.dropout_l2.run import Alike, Matched, known, matched
from visualizer.labs.regularisation.settings import L2, RegSettings
from visualizer.labs.regularisation.text import strength_text
from visualizer.text.numbers import loss_text
from visualizer.ui.answer import Answer, Figure

_SOURCES = (
    "The identity is in Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov 2014, section 9.1, and in Wager, "
    "Wang & Liang 2013, for whom beyond linear regression the two agree to first order only."
)
_AS_LONG = 1.1
"""Weights whose norms differ by a smaller factor count as equally long."""


def answer(settings: RegSettings, result: Alike) -> Answer:
    """Exact for a linear regression; for nets by the differences at the same training loss."""
    exact = result.exact
    if exact.sampled is None or exact.sampled_error is None:
        return Answer("There is nothing to compare yet.")
    nets = matched(result.sweeps)
    words = f"**For linear regression, yes**: {_identity(exact)}. {_nets(nets)}"
    return Answer(words, tuple(_figures(exact, nets)), f"{_examples(nets)}{_about(settings, exact)}")


def largest_errors(exact: Exact) -> float:
    """The largest difference between sampled and closed form, in standard errors."""
    if exact.sampled is None or exact.sampled_error is None:
        return float("nan")
    return float(_in_errors(exact.sampled - exact.expected, exact.sampled_error).nan_to_num(0).abs().max())


def chance_limit(count: int) -> float:
    """Below which the largest of so many differences is in 95 of 100 runs, in standard errors, if nothing but chance is
    at work."""
    share = torch.tensor(0.95, dtype=torch.float64) ** (1 / count)
    return float(torch.erfinv(share) * 2**0.5)


def _identity(exact: Exact) -> str:
    ridge = "½ p / (1 − p) Σᵢ wᵢ² · mean(xᵢ²)"
    sampled = f"over {exact.draws:,} draws of them by at most {largest_errors(exact):.1f} standard errors"
    masks = 2 ** len(exact.names)
    off = "" if exact.gap is None else f"over all {masks:,} masks the two differ by {scientific(exact.gap)}, and "
    return f"on average dropout adds a ridge of {ridge} to the loss, exactly; {off}{sampled}"


def _in_errors(difference: torch.Tensor, error: torch.Tensor) -> torch.Tensor:
    return torch.where(error > 0, difference / error, torch.nan)


def _nets(nets: Matched | None) -> str:
    if nets is None:
        return ""
    places = known(nets)
    if not places:
        return "For nets it can't be said: no strength of L2 fits the training points as closely as dropout does."
    differences = [
        paired_difference(nets.test_loss[:, place], nets.dropout.fits.test_loss[:, place]) for place in places
    ]
    clear = [difference for difference in differences if difference.clear]
    if clear:
        largest = max(clear, key=lambda difference: abs(difference.mean))
        where = f"at {len(clear)} of {len(places)} probabilities"
        by = f"by at most {scientific(abs(largest.mean))} ({'higher' if largest.mean > 0 else 'lower'})"
        said = f"dropout's test loss clearly differs from that of L2 {where}, {by}"
    else:
        said = f"dropout's test loss is that of L2, as far as {len(nets.test_loss)} repeats can tell"
    return (
        f"**For nets they are only alike**: fitting the training points as closely, {said}; {_lengths(nets, places)}."
    )


def _lengths(nets: Matched, places: list[int]) -> str:
    ratio = _ratio(nets, places)
    if max(ratio, 1 / ratio) < _AS_LONG:
        return "the weights are as long"
    times = f"{ratio:.1f} times as long" if ratio >= 1 else f"{1 / ratio:.1f} times shorter"
    return f"its weights are {times}"


def _ratio(nets: Matched, places: list[int]) -> float:
    """How many times as long dropout's weights are: the median over probabilities."""
    ratios = nets.dropout.fits.norm.mean(dim=0)[places] / nets.norm.mean(dim=0)[places]
    return max(1e-9, float(ratios.median()))


def _figures(exact: Exact, nets: Matched | None) -> list[Figure]:
    count = len(exact.probabilities)
    chance = (
        f"Of {count} differences, the largest is below {chance_limit(count):.1f} in 95 of 100 runs by chance alone."
    )
    found = [Figure("Standard errors off", f"{largest_errors(exact):.1f}", chance)]
    if exact.gap is not None:
        hint = "Between the closed form and the mean over all masks: the rounding of the computer."
        found.insert(0, Figure("Off over all masks", scientific(exact.gap), hint))
    if exact.descended is not None and exact.descended_error is not None:
        off = exact.descended - exact.ridge_there
        typical = float(_in_errors(off, exact.descended_error).nan_to_num(0).square().mean().sqrt())
        hint = (
            f"The largest difference between the {off.numel():,} weights of the closed form and the mean of {RUNS} "
            f"descents with dropout, {exact.steps:,} steps each. The root of their mean square is {typical:.1f} "
            "standard errors."
        )
        found.append(Figure("Weights off by", scientific(float(off.abs().max())), hint))
    if nets is not None and (places := known(nets)):
        apart = (nets.dropout.fits.test_loss.mean(dim=0) - nets.test_loss.mean(dim=0))[places].abs()
        hint = (
            "The test losses of dropout and L2 at the same training loss: their mean distance over the probabilities."
        )
        found.append(Figure("Nets: test loss apart", scientific(float(apart.mean())), hint))
        hint = "The norm of dropout's weights over that of L2's, at the same training loss: the median."
        found.append(Figure("Nets: ratio of norms", f"{_ratio(nets, places):.2f}", hint))
    return found


def _examples(nets: Matched | None) -> str:
    """Which strength goes with a low, a middle and a high probability."""
    places = known(nets) if nets else []
    if nets is None or not places:
        return ""
    parts = []
    for place in dict.fromkeys((places[0], places[len(places) // 2], places[-1])):
        strength = float(nets.strength[:, place].log().mean().exp())
        tests = nets.dropout.fits.test_loss[:, place].mean(), nets.test_loss[:, place].mean()
        dropout, l2 = (loss_text(float(each), 3) for each in tests)
        probability = strength_text(nets.dropout.kind, float(nets.dropout.strengths[place]))
        parts.append(
            f"- Dropout of {probability} fits as closely as L2 with λ = {strength_text(L2, strength)}: "
            f"test loss {dropout} and {l2}."
        )
    return "\n".join(parts) + "\n\n"


def _about(settings: RegSettings, exact: Exact) -> str:
    left = settings.data.inputs - len(exact.names)
    some = f" (the {len(exact.names)} that vary most)" if left > 0 else ""
    return (
        f"The regression learns from {settings.trained:,} points with {len(exact.names)} inputs{some}, and drops "
        f"these; the nets drop hidden units. {_SOURCES}"
    )
