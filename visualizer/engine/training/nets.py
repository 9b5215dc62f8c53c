"""Many nets in training: their parameters, and what an update and an epoch do to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.losses import Decay, LossName, Measure, add_l1, add_l2, targets
from visualizer.engine.training.update.operation import Operation, run
from visualizer.engine.training.update.optimisers import OPTIMISERS
from visualizer.engine.training.update.parameters import Shape
from visualizer.engine.training.update.passes import Batch, BatchPass, Dropout


class State(NamedTuple):
    """All that updates change, as copies."""

    tensors: list[Tensor]
    updates: int


class Nets:
    """N nets of one shape. What is a net's own, (N,), is spread over its parameters, (N · P,), by indexing it with
    `owner`."""

    def __init__(
        self, start: Tensor, shape: Shape, data: Data, recipe: Recipe, *, l2: Tensor, l1: Tensor, dropout: Tensor
    ) -> None:
        self.shape, self.recipe, self.count = shape, recipe, len(start)
        self.parameters = shape.by_layer(start.to(recipe.precision))
        self.gradient = torch.zeros_like(self.parameters)
        self.owner = shape.by_layer(torch.arange(self.count).unsqueeze(1).expand(-1, shape.count))
        self._lowest = next((at for at in range(shape.depth) if at not in recipe.frozen_layers), shape.depth)
        self._trained = self._for_all(shape.layer_mask(recipe.frozen_layers).to(recipe.precision))
        layers = torch.arange(shape.depth).repeat_interleave(torch.tensor(shape.layer_counts))
        self._place = self.owner * shape.depth + self._for_all(layers)
        self._sums = torch.zeros(self.count * shape.depth, dtype=torch.float64)
        self._generator = torch.Generator()
        self._dropout = Dropout(dropout.to(recipe.precision), self._generator) if bool(dropout.any()) else None
        self._passes: dict[tuple[int, Dropout | None], BatchPass] = {}
        self._optimiser = OPTIMISERS[recipe.optimiser](self.parameters, self.gradient)
        self._penalty, self._decay = self._penalties(l2, l1)
        self.batches = self._batches(data.train_x, data.train_y, recipe.batch_size or len(data.train_x))
        self.train = self._examples(data.train_x, data.train_y)
        # Of one batch without dropout, what layers that stay as they are give is the same in every epoch.
        self._kept = self._lowest if len(self.batches) == 1 and self._dropout is None else 0
        self._updates = [self._update(batch) for batch in self.batches]
        self._passes = {}  # so that the test does not write over what is kept
        self.test = self._examples(data.test_x, data.test_y)
        run(self.train.forward)

    def set_rates(self, rates: Tensor) -> None:
        """The learning rates (N,) from now on, those of frozen layers 0, and none past the largest number there is."""
        dtype = self.parameters.dtype
        spread = rates.clamp(max=torch.finfo(dtype).max).to(dtype)[self.owner] * self._trained
        self._optimiser.set_rates(spread)
        self._decay.set_rates(spread)

    def epoch(self, number: int, after_update: Callable[[Batch], None] | None = None) -> None:
        """One pass over the examples; its number and the recipe's seed alone decide what is random in it."""
        self._generator.manual_seed(self.recipe.seed * 2**31 + number)
        with torch.inference_mode():  # an operation costs a tenth less than without grad alone
            self.batches.shuffle(self._generator)
            for operations, batch in zip(self._updates, self.batches, strict=True):
                run(operations)
                if after_update is not None:
                    after_update(batch)

    def gradient_norms(self) -> Tensor:
        """Of the mean loss over the examples trained on, penalty included: (N, layers), float64.

        After `train.loss_and_accuracy`, whose way forward it takes back.
        """
        run(self.train.backward)
        run(self._penalty)
        squares = self._sums.zero_().index_add_(0, self._place, self.gradient.double().square_())
        return squares.view(self.count, -1).sqrt()

    def state(self) -> State:
        return State([tensor.clone() for tensor in self._changing], self._optimiser.updates)

    def set_state(self, state: State) -> None:
        for tensor, value in zip(self._changing, state.tensors, strict=True):
            tensor.copy_(value)
        self._optimiser.updates = state.updates

    def clear(self, which: Tensor) -> None:
        """Sets all numbers of some nets, (N,) bool, to 0, so that nothing of them is in the way."""
        for tensor in self._changing:
            tensor.masked_fill_(which[self.owner], 0)

    @property
    def _changing(self) -> list[Tensor]:
        return [self.parameters, *self._optimiser.memory]

    def _for_all(self, mask: Tensor) -> Tensor:
        """A mask (P,) for all nets: (N · P,)."""
        return self.shape.by_layer(mask.expand(self.count, -1))

    def _penalties(self, l2: Tensor, l1: Tensor) -> tuple[list[Operation], Decay]:
        """What adds to the gradient, and the decay, which does nothing but for AdamW."""
        weights = self._for_all(self.shape.weight_mask().to(self.parameters.dtype))
        spread_l2, spread_l1 = (values.to(weights.dtype)[self.owner] * weights for values in (l2, l1))
        decoupled = self.recipe.optimiser == "adamw"
        operations = [] if decoupled else add_l2(spread_l2, self.parameters, self.gradient)
        operations += add_l1(spread_l1, self.parameters, self.gradient)
        return operations, Decay(spread_l2 * decoupled, self.parameters)

    def _batches(self, x: Tensor, y: Tensor, batch_size: int) -> Batches:
        recipe = self.recipe
        return Batches(x, y, recipe.loss, batch_size, self.count, bias=self.shape.bias, dtype=recipe.precision)

    def _pass(self, size: int, dropout: Dropout | None) -> BatchPass:
        """Buffers are shared by all batches of one size."""
        found = self._passes.get((size, dropout))
        if found is None:
            found = BatchPass(self.shape, self.recipe.loss, self.parameters, self.gradient, size, dropout)
            self._passes[size, dropout] = found
        return found

    def _update(self, batch: Batch) -> list[Operation]:
        way = self._pass(batch.size, self._dropout)
        descent = [*self._penalty, *self._decay.update(), *self._optimiser.update()]
        return [*way.forward(batch, self._kept), *way.backward(batch, self._lowest), *descent]

    def _examples(self, x: Tensor, y: Tensor) -> Examples:
        (batch,) = self._batches(x, y, max(len(x), 1))
        way = self._pass(batch.size, None)
        measure = Measure(self.recipe.loss, y.to(self.recipe.precision))
        return Examples(batch.z, way.forward(batch), way.backward(batch), measure)


class Examples(NamedTuple):
    """All examples of one kind, looked at with the parameters as they are, and without dropout."""

    z: Tensor
    forward: list[Operation]
    backward: list[Operation]
    measure: Measure

    def loss_and_accuracy(self) -> tuple[Tensor, Tensor]:
        """Of each net: (N,), float64."""
        run(self.forward)
        return self.measure.loss(self.z), self.measure.accuracy(self.z)


class Batches:
    """Batches of `batch_size` examples, the last one short where the number does not divide.

    `shuffle` puts the examples into the batches in another order; all tensors stay where they are. `z` has the outputs
    for all examples, batch after batch, as the last pass over each has left them.

    Shapes: x (m, inputs), y (m, outputs), z (N · outputs · m,).
    """

    def __init__(
        self, x: Tensor, y: Tensor, loss: LossName, batch_size: int, nets: int, *, bias: bool, dtype: torch.dtype
    ) -> None:
        examples, outputs = y.shape
        ones = [x.new_ones(examples, 1)] if bias else []
        self._x = torch.cat([x, *ones], dim=1).to(dtype)
        self._targets = targets(loss, y).to(dtype)
        self.z = self._x.new_zeros(nets * outputs * examples)
        starts = range(0, max(examples, 1), batch_size)
        sizes = [min(batch_size, examples - start) for start in starts]
        self._scale = torch.cat([self._x.new_full((size, 1), -1 / max(size, 1)) for size in sizes])
        self._shuffled_x, self._minus_targets = self._x.clone(), self._targets * self._scale
        self._batches = [
            Batch(x_part, targets_part.t(), z_part.view(nets, outputs, size))
            for x_part, targets_part, z_part, size in zip(
                self._shuffled_x.split_with_sizes(sizes),
                self._minus_targets.split_with_sizes(sizes),
                self.z.split_with_sizes([nets * outputs * size for size in sizes]),
                sizes,
                strict=True,
            )
        ]

    def __iter__(self) -> Iterator[Batch]:
        return iter(self._batches)

    def __len__(self) -> int:
        return len(self._batches)

    def shuffle(self, generator: torch.Generator) -> None:
        """A new order; one batch of all needs none."""
        if len(self) > 1:
            order = torch.randperm(len(self._x), generator=generator)
            torch.index_select(self._x, 0, order, out=self._shuffled_x)
            torch.index_select(self._targets, 0, order, out=self._minus_targets)
            self._minus_targets.mul_(self._scale)
