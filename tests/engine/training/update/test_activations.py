from __future__ import annotations

import pytest
import torch

from tests.engine.nets import ACTIVATIONS
from visualizer.engine.trace.activations import ACTIVATIONS as KNOWN
from visualizer.engine.training.update.activations import BATCH_ACTIVATIONS, LARGE
from visualizer.engine.training.update.operation import run

SUMS = torch.linspace(-30, 30, 301, dtype=torch.float64)


def test_there_is_one_for_each_activation() -> None:
    assert list(BATCH_ACTIVATIONS) and set(BATCH_ACTIVATIONS) == set(KNOWN)


@pytest.mark.parametrize("name", BATCH_ACTIVATIONS)
def test_value_and_derivative_are_torchs(name: str) -> None:
    forward, backward = BATCH_ACTIVATIONS[name]
    leaf = SUMS.clone().requires_grad_()
    wanted = ACTIVATIONS[name](leaf)
    (slope,) = torch.autograd.grad(wanted.sum(), leaf)
    h, grad = torch.empty_like(SUMS), torch.full_like(SUMS, 3.0)
    run(forward(SUMS.clone(), h))
    run(backward(grad, h, torch.empty_like(SUMS)))
    torch.testing.assert_close(h, wanted.detach(), rtol=1e-8, atol=1e-14)
    torch.testing.assert_close(grad, 3 * slope, rtol=1e-8, atol=1e-14)


@pytest.mark.parametrize("name", BATCH_ACTIVATIONS)
def test_out_may_be_where_the_sums_are(name: str) -> None:
    forward, _ = BATCH_ACTIVATIONS[name]
    apart, together = torch.empty_like(SUMS), SUMS.clone()
    run(forward(SUMS.clone(), apart))
    run(forward(together, together))
    assert torch.equal(apart, together)


def test_the_fast_tanh_is_a_tanh() -> None:
    sums = torch.linspace(-40, 40, LARGE + 1)
    out = torch.empty_like(sums)
    run(BATCH_ACTIVATIONS["tanh"][0](sums.clone(), out))
    torch.testing.assert_close(out, torch.tanh(sums), rtol=0, atol=4e-7)
    assert out.min() == -1 and out.max() == 1
