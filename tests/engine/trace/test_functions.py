"""Values against torch, derivatives against autograd, formulas well formed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from tests.engine.nets import ACTIVATIONS as TORCH
from visualizer.engine.trace.functions import ACTIVATIONS, FUNCTIONS, Template
from visualizer.engine.walks.losses import LOSSES

ARGUMENTS = {"identity'": 0, "exp": 2, "cross_entropy'": 2} | dict.fromkeys(
    ("hypotenuse", "direction", "bin", "norm", "ratio", "at_most"), 2
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
