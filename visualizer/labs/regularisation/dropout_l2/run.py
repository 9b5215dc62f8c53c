"""The view "Dropout ≈ L2": a linear regression, where they are the same, then nets, where they are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from visualizer.engine.statistics.range_edge import places_at, values_at
from visualizer.labs.kit.cost import Cost
from visualizer.labs.regularisation.dropout_l2.exact import Exact, exact_seconds, run_exact
from visualizer.labs.regularisation.settings import DROPOUT, L2, RegSettings, strengths_by_decades
from visualizer.labs.regularisation.sweeps import STRENGTHS, Sweep, Sweeps, repeat_seconds, run_sweeps
from visualizer.ui.run import Progress

_STRENGTHS = {L2: strengths_by_decades(-5, 0, 3), DROPOUT: STRENGTHS[DROPOUT]}


@dataclass(frozen=True, eq=False)
class Alike:
    """The regression so far, and what nets came to with L2 and with dropout, as far as they are done."""

    exact: Exact
    sweeps: Sweeps | None = None


@dataclass(frozen=True, eq=False)
class Matched:
    """Dropout, and beside each of its probabilities L2 of the strength that fits the training points as closely, repeat
    by repeat: all (repeats, probabilities), NaN where no strength does. Between two strengths by straight lines over
    their logarithm."""

    dropout: Sweep
    strength: Tensor
    test_loss: Tensor
    norm: Tensor


def run(settings: RegSettings) -> Iterator[Progress[Alike]]:
    """The regression, then the nets."""
    first, second = exact_seconds(settings), settings.repeats * repeat_seconds(settings, tuple(_STRENGTHS), _STRENGTHS)
    share = first / (first + second)
    result: Alike | None = None
    for part in run_exact(settings):
        result = Alike(part.result) if part.result else result
        yield Progress(share * part.share, f"Regression: {part.text[0].lower()}{part.text[1:]}", result)
    for each in run_sweeps(settings, tuple(_STRENGTHS), _STRENGTHS):
        if result and each.result:
            result = replace(result, sweeps=each.result)
        yield Progress(share + (1 - share) * each.share, f"Nets: {each.text}", result)


def cost(settings: RegSettings) -> Cost:
    nets = settings.cost(
        repeat_seconds(settings, tuple(_STRENGTHS), _STRENGTHS), sum(len(each) for each in _STRENGTHS.values())
    )
    return replace(nets, seconds=nets.seconds + exact_seconds(settings), what=f"A linear regression, {nets.what}")


def matched(sweeps: Sweeps | None) -> Matched | None:
    """The two kinds side by side; None before both are done."""
    if sweeps is None or not {L2, DROPOUT} <= set(sweeps.kinds):
        return None
    l2, dropout = sweeps.kinds[L2], sweeps.kinds[DROPOUT]
    places = places_at(dropout.fits.train_loss, l2.fits.train_loss)
    logarithms = l2.strengths.log().expand(len(places), -1)
    return Matched(
        dropout=dropout,
        strength=values_at(places, logarithms).exp(),
        test_loss=values_at(places, l2.fits.test_loss),
        norm=values_at(places, l2.fits.norm),
    )


def known(matched: Matched) -> list[int]:
    """The places of the probabilities that L2 has a match for in every repeat."""
    found = torch.isfinite(matched.test_loss) & torch.isfinite(matched.dropout.fits.test_loss)
    return [int(place) for place in found.all(dim=0).nonzero().flatten()]
