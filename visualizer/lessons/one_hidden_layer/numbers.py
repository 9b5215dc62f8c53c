"""The numbers of a net and its examples: all that the walk starts from, apart from the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.trace.trace import Ref

PARAMETERS = ("W1", "b1", "W2", "b2")
GIVEN = ("x", "y", *PARAMETERS)


@dataclass(frozen=True, eq=False)
class Numbers:
    """x and y of the examples, weights and biases of the two layers; float64, never changed in place.

    Shapes: x (m, n_in); y (m, n_out); weights (n_hidden, n_in), (n_out, n_hidden); biases (n_hidden,), (n_out,) or
    None.
    """

    x: Tensor
    y: Tensor
    weights: tuple[Tensor, Tensor]
    biases: tuple[Tensor, Tensor] | None

    @property
    def arrays(self) -> dict[str, Tensor]:
        """By the names that the trace uses: x, y, W1, b1, W2, b2."""
        named = {"x": self.x, "y": self.y, "W1": self.weights[0], "W2": self.weights[1]}
        return named | ({"b1": self.biases[0], "b2": self.biases[1]} if self.biases else {})

    @property
    def examples(self) -> int:
        return self.x.shape[0]

    @property
    def largest(self) -> float:
        return max(float(array.abs().max()) for array in self.arrays.values())

    def with_values(self, values: Mapping[Ref, float]) -> Numbers:
        """The same numbers with some of them changed; places that these shapes do not have are passed over."""
        arrays = {name: array.clone() for name, array in self.arrays.items()}
        for ref, value in values.items():
            array = arrays.get(ref.name)
            if array is not None and all(at < size for at, size in zip(_place(ref), array.shape, strict=True)):
                array[_place(ref)] = value
        return from_arrays(arrays)

    def updated(self, arrays: Mapping[str, Tensor]) -> Numbers:
        """These numbers after the update that a walk's arrays end with."""
        new = {name: arrays[f"new_{name}"] for name in PARAMETERS if f"new_{name}" in arrays}
        return from_arrays(self.arrays | new)

    def values(self) -> dict[Ref, float]:
        """Every number by its place."""
        return {
            Ref(name, tuple(place)): float(array[tuple(place)])
            for name, array in self.arrays.items()
            for place in torch.ones_like(array).nonzero().tolist()
        }


def from_arrays(arrays: Mapping[str, Tensor]) -> Numbers:
    """Numbers from arrays by name; without b1 there are no biases."""
    biases = (arrays["b1"], arrays["b2"]) if "b1" in arrays else None
    return Numbers(arrays["x"], arrays["y"], (arrays["W1"], arrays["W2"]), biases)


def _place(ref: Ref) -> tuple[int, ...]:
    return tuple(at for at in ref.index if isinstance(at, int))
