"""Activations of a unit, with what people are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Activation:
    """An activation h = g(a) of a unit with its derivative g′.

    `label` names it for people, `symbol` in a formula. `function` and `derivative` are names in `FUNCTIONS`; the
    derivative is computed from the number that the forward pass cached: the sum "a", the output "h", or nothing.
    `effect` says what g does to a sum, `slope` what that means for a gradient on its way back. `matrix_slope` is the
    derivative of a whole layer in matrix notation, "h" standing for the cached outputs; empty where it reads as g′(a).
    """

    name: str
    label: str
    symbol: str
    cached: Literal["a", "h", ""]
    effect: str
    slope: str
    matrix_slope: tuple[str, ...] = ()

    @property
    def function(self) -> str:
        return self.name

    @property
    def derivative(self) -> str:
        return f"{self.name}'"


_ACTIVATIONS = (
    Activation(
        name="sigmoid",
        label="sigmoid",
        symbol="σ",
        cached="h",
        effect="σ squashes the sum into the range from 0 to 1; a sum of 0 gives 0.5.",
        slope="For σ it is output · (1 − output), from the cached output: at most ¼, close to 0 when saturated.",
        matrix_slope=("h", "∘", "(", "1", "−", "h", ")"),
    ),
    Activation(
        name="tanh",
        label="tanh",
        symbol="tanh",
        cached="h",
        effect="tanh squashes the sum into the range from −1 to 1; a sum of 0 stays 0.",
        slope="For tanh it is 1 − output², from the cached output: at most 1, close to 0 when saturated.",
        matrix_slope=("(", "1", "−", "h", "∘", "h", ")"),
    ),
    Activation(
        name="relu",
        label="ReLU",
        symbol="ReLU",
        cached="a",
        effect="ReLU passes a positive sum unchanged and sets any other sum to 0: the unit is on or off.",
        slope="For ReLU it is 1 where the cached sum is positive; elsewhere the unit is off and no gradient passes.",
    ),
    Activation(
        name="leaky_relu",
        label="leaky ReLU",
        symbol="LReLU",
        cached="a",
        effect="Leaky ReLU passes a positive sum unchanged and multiplies a negative one by 0.01.",
        slope="For leaky ReLU it is 1 where the cached sum is positive, otherwise 0.01: a gradient always passes.",
    ),
    Activation(
        name="softplus",
        label="softplus",
        symbol="softplus",
        cached="a",
        effect="Softplus is a smooth ReLU: never below 0, and close to the sum when the sum is large.",
        slope="For softplus it is σ of the cached sum: close to 1 for a large sum, close to 0 for a very negative one.",
    ),
    Activation(
        name="identity",
        label="identity (linear)",
        symbol="",
        cached="",
        effect="The identity passes the sum unchanged: the unit is linear.",
        slope="For the identity it is 1 everywhere: the gradient passes unchanged.",
    ),
)
ACTIVATIONS: Mapping[str, Activation] = {activation.name: activation for activation in _ACTIVATIONS}
