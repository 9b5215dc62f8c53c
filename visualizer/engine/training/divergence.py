"""Which nets have diverged, after which update, and what grew."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from visualizer.engine.superscripts import scientific, ten_to
from visualizer.engine.training.nets import Nets
from visualizer.engine.training.update.passes import Batch


class Divergence:
    """Watches for nets whose outputs or parameters grow past what their squares can be held in.

    An epoch is looked at once it has passed. If a net has diverged in it, it is run again from its start to find the
    update; that net is 0 from then on, and the others are none the worse.
    """

    def __init__(self, nets: Nets) -> None:
        self._nets = nets
        self._power = int(math.log10(torch.finfo(nets.parameters.dtype).max) / 2) - 1  # sums of squares have room too
        self.limit = 10.0**self._power
        self.update = torch.full((nets.count,), -1, dtype=torch.int64)
        self.cause = [""] * nets.count

    @property
    def lost(self) -> Tensor:
        """Which nets have diverged so far: (N,) bool."""
        return self.update >= 0

    def epoch(self, number: int) -> bool:
        """Runs an epoch and finds the nets that diverge in it; whether there are any."""
        nets = self._nets
        before = nets.state()
        nets.epoch(number)
        worst = torch.maximum(_largest(nets.parameters), _largest(nets.batches.z))
        if float(worst) < self.limit:
            return False
        nets.set_state(before)
        self._search(number)
        return True

    def see(self, losses: Tensor, updates: int) -> bool:
        """Takes note of the training losses (N,) after so many updates; whether one is the first not to be finite."""
        if math.isfinite(float(losses.sum())):
            return False
        self._mark(updates, ~torch.isfinite(losses), self._nets.shape.by_net(self._nets.parameters))
        self._nets.clear(self.lost)
        return True

    def _search(self, number: int) -> None:
        """Runs the epoch again. A batch's outputs tell of the update before it, the parameters of the one just done."""
        nets = self._nets
        done = number * len(nets.batches)
        before = nets.shape.by_net(nets.parameters)

        def after_update(batch: Batch) -> None:
            nonlocal done, before
            self._mark(done, self._too_large(batch.z.flatten(1)), before)
            done += 1
            now = nets.shape.by_net(nets.parameters)
            self._mark(done, self._too_large(now), before, now)
            before = now

        nets.epoch(number, after_update)
        nets.clear(self.lost)

    def _too_large(self, values: Tensor) -> Tensor:
        return ~(values.abs().amax(dim=1) < self.limit)  # NaN too

    def _mark(self, update: int, which: Tensor, before: Tensor, now: Tensor | None = None) -> None:
        """`before` are the last parameters (N, P) that were in order, `now` those that are not, if it is they."""
        for net in (which & ~self.lost).nonzero().flatten().tolist():
            self.update[net] = update
            self.cause[net] = self._of_output(before[net]) if now is None else self._of_weight(before[net], now[net])

    def _of_output(self, before: Tensor) -> str:
        sizes = self._sizes(before)
        layer = max(range(len(sizes)), key=sizes.__getitem__)
        largest = f"the largest weight or bias, {scientific(sizes[layer])}, was in layer {layer + 1}"
        return f"an output grew past {ten_to(self._power)}; {largest}"

    def _of_weight(self, before: Tensor, now: Tensor) -> str:
        layer = next(index for index, size in enumerate(self._sizes(now)) if not size < self.limit)
        weight = not float(self._nets.shape.weights(now)[layer].abs().amax()) < self.limit
        what, last = "weight" if weight else "bias", self._sizes(before)[layer]
        grew = f"a {what} of layer {layer + 1} grew past {ten_to(self._power)}"
        return f"{grew}; one update before, all were within ±{scientific(last)}"

    def _sizes(self, parameters: Tensor) -> list[float]:
        """The largest |weight or bias| of each layer of one net (P,)."""
        return [float(matrix.abs().amax()) for matrix in self._nets.shape.matrices(parameters)]


def _largest(values: Tensor) -> Tensor:
    """The largest |value|; NaN if any is."""
    found: Tensor = torch.linalg.vector_norm(values, math.inf)
    return found
