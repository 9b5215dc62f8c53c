"""The answer of the view "Strength": which kind helped most, by how much, and where it is too weak or too strong."""

from __future__ import annotations

import math

from visualizer.engine.measures.fit_metrics import NEAR_ZERO
from visualizer.engine.statistics.comparisons import paired_difference
from visualizer.labs.kit.choices import edge_words
from visualizer.labs.regularisation.settings import DROPOUT, L1, L2, RegSettings
from visualizer.labs.regularisation.strength.reading import Chosen, none_error, none_test, ranked
from visualizer.labs.regularisation.sweeps import EARLY, NONE, Sweeps
from visualizer.labs.regularisation.text import NAMES, give_or_take, kind_text, strength_text
from visualizer.text.numbers import loss_text, percent
from visualizer.text.words import capital, listed
from visualizer.ui.answer import Answer, Figure

_ALIKE = 0.1
"""Test losses that differ by less than this share are about equal, where the repeats don't tell them apart."""
_AS_DRAWN = (EARLY, L2, L1, DROPOUT)


def answer(settings: RegSettings, sweeps: Sweeps) -> Answer:
    """Which kind has the lowest test loss, which have about as low a one, and whether that is clear."""
    order = ranked(sweeps)
    if not order:
        return Answer("There is nothing to compare yet.")
    best = next((each for each in order if _helps(each)), order[0])
    drawn = sorted(order, key=lambda each: _AS_DRAWN.index(each.kind))
    text = "\n".join(f"- {_stopped(each) if each.kind == EARLY else _zones(each)}" for each in drawn)
    figures = (_figure_of_none(sweeps), *(_figure(each) for each in drawn))
    words = f"{_verdict(sweeps, best, order)} {_others(best, order)}".strip()
    return Answer(words, figures, f"{text}\n\n{_how(settings)}")


def _helps(chosen: Chosen) -> bool:
    return chosen.gain.clear and chosen.gain.mean < 0


def _verdict(sweeps: Sweeps, best: Chosen, order: list[Chosen]) -> str:
    plain, gain = float(none_test(sweeps).mean()), best.gain
    name, ends = capital(best_text(best)), loss_text(best.mean, 3)
    if not math.isfinite(plain):
        return f"Without regularisation training diverges; **{name}** has the lowest test loss, {ends}."
    if gain.mean >= 0:
        nearest = f"nearest is {best_text(best)}, {ends}"
        return f"**None helps here**: without any the test loss is {loss_text(plain, 3)}; {nearest}."
    tied = _tied(best, order)
    if len(tied) > 1:
        names, losses = ([word(each) for each in tied] for word in (best_text, lambda each: loss_text(each.mean, 3)))
        return (
            f"**{capital(listed(names))} help about equally**: they take the test loss from {loss_text(plain, 3)} to "
            f"{listed(losses)}. {_errors(sweeps, tied)}"
        )
    repeats = f", lower in {gain.lower} of {gain.count} repeats" if gain.count > 1 else ""
    lower = f"takes the test loss from {loss_text(plain, 3)} to {ends}{repeats}, by {give_or_take(gain)}"
    if _helps(best):
        return f"**{name}** helps most: it {lower}. {_errors(sweeps, [best])}"
    spread = "one repeat has no spread to hold that against" if gain.count == 1 else "that is no clear difference"
    return f"**None helps clearly**: {best_text(best)} {lower}, and {spread}. {_errors(sweeps, [best])}"


def _tied(best: Chosen, order: list[Chosen]) -> list[Chosen]:
    """The kinds that help, have about the lowest test loss, and are not clearly behind the best; that one first."""
    if not _helps(best):
        return [best]
    near = [each for each in order if each is not best and _helps(each) and each.mean <= (1 + _ALIKE) * best.mean]
    return [best, *(each for each in near if not _behind(best, each))]


def _behind(best: Chosen, other: Chosen) -> bool:
    difference = paired_difference(best.test, other.test)
    return difference.clear and difference.mean > 0


def _errors(sweeps: Sweeps, chosen: list[Chosen]) -> str:
    """The share of test points that are wrong, without regularisation and with it; nothing for numbers."""
    plain = none_error(sweeps)
    if not bool(plain.isfinite().all()):
        return ""
    each_share = [percent(float(each.error.mean())) for each in chosen]
    alike = len(chosen) > 1 and len(set(each_share)) == 1
    shares = f"{each_share[0]} with each" if alike else f"{listed(each_share)} with it"
    differences = [paired_difference(plain, each.error) for each in chosen]
    clear = [each.clear and each.mean < 0 for each in differences]
    little = "" if all(clear) else ": no clear difference" if not any(clear) else ": not in all a clear difference"
    return f"Of the test points {percent(float(plain.mean()))} are wrong without any, {shares}{little}."


def best_text(chosen: Chosen) -> str:
    return kind_text(chosen.kind, chosen.strength)


def _others(best: Chosen, order: list[Chosen]) -> str:
    """Which kinds are as good as the best, as far as the repeats can tell, and which are not."""
    tied = _tied(best, order)
    others = [each for each in order if each not in tied]
    beside = [_with_loss(each) for each in others if not _behind(best, each)]
    behind = [_with_loss(each) for each in others if _behind(best, each)]
    groups = (("Not clearly behind", beside), ("Clearly behind", behind))
    return " ".join(f"{words}: {', '.join(names)}." for words, names in groups if names)


def _with_loss(chosen: Chosen) -> str:
    return f"{best_text(chosen)} ({loss_text(chosen.mean, 3)})"


def _figure_of_none(sweeps: Sweeps) -> Figure:
    test, train = none_test(sweeps), sweeps.kinds[NONE].fits.train_loss
    low, high, mean = (loss_text(float(value), 3) for value in (test.min(), test.max(), test.mean()))
    hint = f"The mean test loss; from {low} to {high}. The mean training loss is {loss_text(float(train.mean()), 3)}."
    return Figure("None", mean, hint)


def _figure(chosen: Chosen) -> Figure:
    low, high = (loss_text(float(value), 3) for value in (chosen.test.min(), chosen.test.max()))
    train = loss_text(float(chosen.sweep.fits.train_loss[:, chosen.place].mean()), 3)
    hint = f"The mean test loss; from {low} to {high}. The mean training loss is {train}."
    strength = "" if chosen.kind == EARLY else f", {strength_text(chosen.kind, chosen.strength)}"
    return Figure(f"{capital(NAMES[chosen.kind])}{strength}", loss_text(chosen.mean, 3), hint)


def _zones(chosen: Chosen) -> str:
    """Where a kind is too weak or too strong."""
    zones, strengths, kind = chosen.zones, chosen.sweep.strengths.tolist(), chosen.kind
    weak, strong = (
        None if place is None else strength_text(kind, strengths[place]) for place in (zones.overfits, zones.underfits)
    )
    far = edge_words(chosen.edge, "the weakest tried", "the strongest tried")
    at = f"does best at {strength_text(kind, chosen.strength)}{f' ({far})' if far else ''}"
    sides = [f"up to {weak} (too weak)"] if weak else []
    sides += [f"from {strong} on (too strong)"] if strong else []
    worse = f"the test loss is clearly higher {' and '.join(sides)}" if sides else "no other strength is clearly worse"
    return f"**{capital(NAMES[kind])}** {at}; {worse}.{_near_zero(chosen)}"


def _near_zero(chosen: Chosen) -> str:
    if chosen.kind not in (L1, L2):
        return ""
    share = float(chosen.sweep.fits.near_zero[:, chosen.place].mean())
    return f" At its best, {percent(share)} of its weights are nearly 0 (below {NEAR_ZERO:g})."


def _stopped(chosen: Chosen) -> str:
    epochs = sorted(chosen.sweep.fits.stopped.flatten().tolist())
    ended = [epoch for epoch in epochs if epoch >= 0]
    if not ended:
        return "**Early stopping** ended no training, and kept each net's best epoch."
    when = f"{ended[0]:,}" if ended[0] == ended[-1] else f"{ended[0]:,} to {ended[-1]:,}"
    return f"**Early stopping** ended {len(ended)} of {len(epochs)} trainings, after {when} epochs."


def _how(settings: RegSettings) -> str:
    others = settings.points - settings.trained
    return (
        f"Each net learns from {settings.trained:,} points. The loss on {others - others // 2:,} others chooses "
        f"strength and epoch; {others // 2:,} more are the test. ± is one standard error over the repeats; more than "
        "two of them make a difference that is called clear. In the figures “overfits” and “underfits” are the "
        "strengths whose test loss is clearly higher than that of the best, as they are too weak or too strong."
    )
