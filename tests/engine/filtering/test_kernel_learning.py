"""Learning a kernel: gradient descent that autograd would take too, until the kernel is found."""

import pytest
import torch
from torch.nn import functional

from visualizer.engine.filtering.kernel_learning import largest_rate, learn_kernel

X = torch.rand(2, 12, 12, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
TARGET = torch.tensor([[[[1.0, 0.0], [-1.0, 2.0]], [[0.5, 0.0], [0.0, -0.5]]]], dtype=torch.float64)


def test_an_iteration_is_autograds() -> None:
    learning = learn_kernel(X, TARGET, steps=1, learning_rate=0.01, seed=3)
    kernel = learning.kernels[0].clone().requires_grad_()
    loss = 0.5 * ((functional.conv2d(X, kernel) - functional.conv2d(X, TARGET)) ** 2).sum()
    loss.backward()
    assert kernel.grad is not None
    torch.testing.assert_close(learning.losses[0], loss.detach())
    torch.testing.assert_close(learning.kernels[1], kernel.detach() - 0.01 * kernel.grad)


def test_the_kernel_is_found_below_the_largest_rate_and_lost_above() -> None:
    limit = largest_rate(X, TARGET)
    learning = learn_kernel(X, TARGET, steps=3000, learning_rate=0.9 * limit)
    torch.testing.assert_close(learning.kernels[-1], TARGET, atol=1e-3, rtol=0)
    assert not learning.diverged
    assert learn_kernel(X, TARGET, steps=3000, learning_rate=1.1 * limit).diverged


@pytest.mark.parametrize("wrong", [{"steps": 0}, {"learning_rate": 0.0}, {"learning_rate": float("nan")}])
def test_refuses_what_no_run_can_be_made_of(wrong: dict[str, float]) -> None:
    arguments = {"steps": 3, "learning_rate": 0.1} | wrong
    with pytest.raises(ValueError, match=next(iter(wrong))):
        learn_kernel(X, TARGET, steps=int(arguments["steps"]), learning_rate=arguments["learning_rate"])
