"""The answer of the view "Strength": which kind helped most, by how much, and where it is too weak or too strong."""

from __future__ import annotations

import math

from visualizer.engine.fits import NEAR_ZERO
from visualizer.engine.paired import paired_difference
from visualizer.labs.answer import Answer, Figure
from visualizer.labs.regularisation.settings import RegSettings
from visualizer.labs.regularisation.strength_reading import Chosen, none_test, ranked
from visualizer.labs.regularisation.sweeps import EARLY, NONE, Sweeps
from visualizer.labs.regularisation.table import DROPOUT, L1, L2
from visualizer.labs.regularisation.words import (
    NAMES,
    capital,
    give_or_take,
    kind_text,
    loss_text,
    share_text,
    strength_text,
)

_AS_DRAWN = (EARLY, L2, L1, DROPOUT)


def answer(settings: RegSettings, sweeps: Sweeps) -> Answer:
    """Which kind has the lowest test loss, and whether that is beyond the spread of the repeats."""
    order = ranked(sweeps)
    if not order:
        return Answer("There is nothing to compare yet.")
    best = next((each for each in order if _helps(each)), order[0])
    drawn = sorted(order, key=lambda each: _AS_DRAWN.index(each.kind))
    text = "\n".join(f"- {_stopped(each) if each.kind == EARLY else _zones(each)}" for each in drawn)
    figures = (_figure_of_none(sweeps), *(_figure(each) for each in drawn))
    words = f"{_verdict(sweeps, best)} {_others(best, order)}".strip()
    return Answer(words, figures, f"{text}\n\n{_how(settings, sweeps, best)}")


def _helps(chosen: Chosen) -> bool:
    return chosen.gain.clear and chosen.gain.mean < 0


def _verdict(sweeps: Sweeps, best: Chosen) -> str:
    plain, gain = float(none_test(sweeps).mean()), best.gain
    name, ends = capital(best_text(best)), loss_text(best.mean)
    if not math.isfinite(plain):
        return f"Without regularisation training diverges; **{name}** has the lowest test loss, {ends}."
    if gain.mean >= 0:
        nearest = f"nearest is {best_text(best)}, {ends}"
        return f"**None helps here**: without any the test loss is {loss_text(plain)}; {nearest}."
    repeats = f", lower in {gain.lower} of {gain.count} repeats" if gain.count > 1 else ""
    lower = f"takes the test loss from {loss_text(plain)} to {ends}{repeats}, by {give_or_take(gain)}"
    if _helps(best):
        return f"**{name}** helps most: it {lower}. That is {share_text(-gain.mean / plain)} less."
    spread = "one repeat has no spread to hold that against" if gain.count == 1 else "that is within the spread"
    return f"**None helps clearly**: {best_text(best)} {lower}, and {spread}."


def best_text(chosen: Chosen) -> str:
    return kind_text(chosen.kind, chosen.strength)


def _others(best: Chosen, order: list[Chosen]) -> str:
    """Which kinds are as good as the best, as far as the repeats can tell, and which are not."""
    behind: list[str] = []
    beside: list[str] = []
    for other in order:
        if other is not best:
            difference = paired_difference(best.test, other.test)
            (behind if difference.clear and difference.mean > 0 else beside).append(_with_loss(other))
    groups = (("Not clearly behind", beside), ("Behind, beyond the spread", behind))
    return " ".join(f"{words}: {', '.join(names)}." for words, names in groups if names)


def _with_loss(chosen: Chosen) -> str:
    return f"{best_text(chosen)} ({loss_text(chosen.mean)})"


def _figure_of_none(sweeps: Sweeps) -> Figure:
    test, train = none_test(sweeps), sweeps.kinds[NONE].fits.train_loss
    low, high, mean = (loss_text(float(value)) for value in (test.min(), test.max(), test.mean()))
    hint = f"The mean test loss; from {low} to {high}. The mean training loss is {loss_text(float(train.mean()))}."
    return Figure("None", mean, hint)


def _figure(chosen: Chosen) -> Figure:
    low, high = (loss_text(float(value)) for value in (chosen.test.min(), chosen.test.max()))
    train = loss_text(float(chosen.sweep.fits.train_loss[:, chosen.place].mean()))
    hint = f"The mean test loss; from {low} to {high}. The mean training loss is {train}."
    strength = "" if chosen.kind == EARLY else f", {strength_text(chosen.kind, chosen.strength)}"
    return Figure(f"{capital(NAMES[chosen.kind])}{strength}", loss_text(chosen.mean), hint)


def _zones(chosen: Chosen) -> str:
    """Where a kind is too weak or too strong."""
    zones, strengths, kind = chosen.zones, chosen.sweep.strengths.tolist(), chosen.kind
    weak, strong = (
        None if place is None else strength_text(kind, strengths[place]) for place in (zones.overfits, zones.underfits)
    )
    below = "the net overfits at no strength here" if weak is None else f"the net overfits up to {weak}"
    above = "underfits at none" if strong is None else f"underfits from {strong} on"
    at = f"does best at {strength_text(kind, chosen.strength)}"
    return f"**{capital(NAMES[kind])}** {at}; {below}, and {above}.{_near_zero(chosen)}"


def _near_zero(chosen: Chosen) -> str:
    if chosen.kind not in (L1, L2):
        return ""
    share = float(chosen.sweep.fits.near_zero[:, chosen.place].mean())
    return f" There {share_text(share)} of its weights are ~0 (below {NEAR_ZERO:g})."


def _stopped(chosen: Chosen) -> str:
    epochs = sorted(chosen.sweep.fits.stopped.flatten().tolist())
    ended = [epoch for epoch in epochs if epoch >= 0]
    if not ended:
        return "**Early stopping** ended no training, and kept each net's best epoch."
    when = f"{ended[0]:,}" if ended[0] == ended[-1] else f"{ended[0]:,} to {ended[-1]:,}"
    return f"**Early stopping** ended {len(ended)} of {len(epochs)} trainings, after {when} epochs."


def _how(settings: RegSettings, sweeps: Sweeps, best: Chosen) -> str:
    others = settings.points - settings.trained
    words = (
        f"Each net learns from {settings.trained:,} points. The loss on {others - others // 2:,} others chooses "
        f"strength and epoch; {others // 2:,} more are the test. Overfits, underfits: the test loss is higher than at "
        "the best strength as the regularisation is too weak or too strong. ± is one standard error over the repeats, "
        "and beyond the spread more than two."
    )
    without, error = float(sweeps.kinds[NONE].fits.test_error.mean()), float(best.error.mean())
    if math.isnan(error):
        return words
    return f"{words} Wrong are {share_text(without)} of the test points without any, {share_text(error)} with the best."
