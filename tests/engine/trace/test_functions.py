"""Values against torch, derivatives against autograd, formulas well formed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import Tensor

from tests.engine.nets import ACTIVATIONS as TORCH
from visualizer.engine.trace.activations import ACTIVATIONS
from visualizer.engine.trace.functions import FUNCTIONS, Slope, Template
from visualizer.engine.walks.losses import LOSSES

ARGUMENTS = {"identity'": 0, "exp": 2, "cross_entropy'": 2} | dict.fromkeys(
    (
        *(
            "hypotenuse",
            "direction",
            "bin",
            "norm",
            "ratio",
            "at_most",
            "root",
            "root_plus",
            "remaining",
            "huber",
            "clipped",
        ),
        *("leaky_relu_of", "leaky_relu_of'", "elu", "elu'", "softplus_of", "softplus_of'"),
    ),
    2,
)
SUMS = torch.tensor([-800.0, -19.0, -2.5, -1e-9, 0.0, 1e-9, 0.5, 3.0, 19.0, 800.0], dtype=torch.float64)


def slots(template: Template) -> Iterator[int]:
    """The arguments that a template shows; fails where it is no template."""
    if isinstance(template, int):
        yield template
    elif isinstance(template, tuple):
        kind, *parts = template
        assert kind in {"row", "frac", "sup", "sub", "each"}
        assert kind == "row" or len(parts) == 2
        for part in parts:
            yield from slots(part)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activation_and_its_derivative_are_torchs(name: str) -> None:
    activation = ACTIVATIONS[name]
    a = SUMS.clone().requires_grad_()
    h = TORCH[name](a.clone())
    (slope,) = torch.autograd.grad(h.sum(), a)
    value = FUNCTIONS[activation.function].value(SUMS)
    cached = {"a": [SUMS], "h": [value], "": []}[activation.cached]
    torch.testing.assert_close(value, h.detach(), rtol=1e-9, atol=1e-15)
    found = FUNCTIONS[activation.derivative].value(*cached).expand_as(slope)
    torch.testing.assert_close(found, slope, rtol=1e-8, atol=1e-15)  # torch's softplus is linear from 20 on


@pytest.mark.parametrize("name", FUNCTIONS)
def test_both_formulas_show_every_argument_and_no_other(name: str) -> None:
    expected = set(range(ARGUMENTS.get(name, 1)))
    assert set(slots(FUNCTIONS[name].symbols)) == set(slots(FUNCTIONS[name].numbers)) == expected


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if FUNCTIONS[name].slopes])
def test_the_slopes_of_a_function_are_autograds(name: str) -> None:
    function = FUNCTIONS[name]
    given = [torch.tensor(0.7 + 0.4 * i, dtype=torch.float64).requires_grad_() for i in range(ARGUMENTS.get(name, 1))]
    value = function.value(*given)
    grads = torch.autograd.grad(value, given, allow_unused=True)

    def place(at: int | str) -> Tensor:
        return value if isinstance(at, str) else given[at]

    def factor(slope: Slope) -> Tensor:
        if isinstance(slope, tuple):
            return FUNCTIONS[slope[0]].value(*map(place, slope[1:]))
        return torch.tensor(slope) if isinstance(slope, float) else place(slope)

    for slopes, grad in zip(function.slopes, grads, strict=False):
        product = torch.stack([torch.ones(()).double(), *(factor(slope).double() for slope in slopes)]).prod()
        torch.testing.assert_close(product.detach(), grad, rtol=1e-12, atol=1e-14)


def test_relu_has_slope_0_at_0_as_in_torch() -> None:
    zero = torch.zeros((), dtype=torch.float64)
    assert float(FUNCTIONS["relu'"].value(zero)) == 0
    assert float(FUNCTIONS["leaky_relu'"].value(zero)) == 0.01


def test_cross_entropy_counts_no_target_of_0() -> None:
    y, out = torch.tensor([0.0, 0.0, 1.0, 0.5]).double(), torch.tensor([0.0, 1.0, 0.0, 0.25]).double()
    assert FUNCTIONS["cross_entropy'"].value(y, out).tolist() == [0, 0, -torch.inf, -2]


def test_names_agree() -> None:
    for table in (ACTIVATIONS, LOSSES):
        assert all(entry.name == name and entry.label for name, entry in table.items())
