"""Updates as steps, over three of them, against torch's own optimizers."""

from __future__ import annotations

import pytest
import torch
from torch import nn, optim
from torch.nn import functional

from tests.engine.walks.module.test_trace_module import net, random
from visualizer.engine import trace_module

OPTIMIZERS = {
    "SGD": lambda p: optim.SGD(p, lr=0.1),
    "momentum": lambda p: optim.SGD(p, lr=0.1, momentum=0.9),
    "dampened, with weight decay": lambda p: optim.SGD(p, lr=0.1, momentum=0.9, dampening=0.3, weight_decay=0.01),
    "Nesterov": lambda p: optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    "RMSProp": lambda p: optim.RMSprop(p, lr=0.01),
    "RMSProp with momentum": lambda p: optim.RMSprop(p, lr=0.01, momentum=0.5, weight_decay=0.1, alpha=0.9),
    "Adam": lambda p: optim.Adam(p),
    "Adam with weight decay": lambda p: optim.Adam(p, lr=0.1, betas=(0.8, 0.99), weight_decay=0.1),
    "AdamW": lambda p: optim.AdamW(p, lr=0.1, weight_decay=0.1),
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_three_updates_are_torchs(name: str) -> None:
    module, x, y = net(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 2)), random(4, 2), torch.tensor([0, 1, 1, 0])
    optimizer = OPTIMIZERS[name](module.parameters())
    for _ in range(3):
        before = {key: value.clone() for key, value in module.state_dict().items()}
        trace = trace_module(module, x, y, optimizer=optimizer)
        assert all(torch.equal(value, before[key]) for key, value in module.state_dict().items())
        assert trace.replay() <= 1e-12
        optimizer.zero_grad()
        functional.cross_entropy(module(x), y, reduction="sum").backward()
        optimizer.step()
        for key, parameter in module.named_parameters():
            torch.testing.assert_close(trace[f"new_{key}"], parameter.detach(), rtol=1e-10, atol=1e-12)
            torch.testing.assert_close(trace.checks[f"new_{key}"], parameter.detach(), rtol=1e-12, atol=1e-14)


def test_adams_first_step_by_hand() -> None:
    """m̂ = g and v̂ = g² at first, so the parameter moves by η against the sign of its gradient."""
    module = net(nn.Linear(1, 1, bias=False))
    module[0].weight.data = torch.tensor([[2.0]], dtype=torch.float64)
    optimizer = optim.Adam(module.parameters(), lr=0.5, eps=0.0)
    trace = trace_module(module, torch.tensor([[3.0]]), torch.tensor([[0.0]]), optimizer=optimizer)
    assert trace["grad_0.weight"].tolist() == [[18.0]]
    torch.testing.assert_close(trace["new_m_0.weight"], torch.tensor([[1.8]], dtype=torch.float64))
    torch.testing.assert_close(trace["new_v_0.weight"], torch.tensor([[0.324]], dtype=torch.float64))
    torch.testing.assert_close(trace["new_0.weight"], torch.tensor([[1.5]], dtype=torch.float64))


@pytest.mark.parametrize(
    ("optimizer", "message"),
    [
        (lambda module: optim.Adagrad(module.parameters()), "one of torch.optim's SGD, RMSprop, Adam, AdamW"),
        (lambda module: optim.Adam(nn.Linear(1, 1).parameters()), "the module's own parameters"),
        (lambda module: optim.Adam(module.parameters(), amsgrad=True), "amsgrad is not supported"),
    ],
)
def test_what_is_refused(optimizer: object, message: str) -> None:
    module = nn.Linear(2, 2)
    with pytest.raises(ValueError, match=message):
        trace_module(module, torch.ones(1, 2), torch.ones(1, 2), optimizer=optimizer(module))
