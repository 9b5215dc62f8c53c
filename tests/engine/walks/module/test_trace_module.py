"""Anybody's stack of layers against torch's own forward pass and autograd, number by number."""

from __future__ import annotations

import copy

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn import functional

from visualizer.engine import Residual, Trace, trace_module

F64 = torch.float64
TOLERANCE = 1e-10


def random(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, dtype=F64, generator=torch.Generator().manual_seed(seed))


def net(*layers: nn.Module, seed: int = 1) -> nn.Sequential:
    """The layers with seeded parameters, float64."""
    module = nn.Sequential(*layers).double()
    for number, parameter in enumerate(module.parameters()):
        parameter.data = random(*parameter.shape, seed=seed + number)
    return module


def agrees(trace: Trace, module: nn.Module, x: Tensor, loss_of: object) -> None:
    """Every parameter's gradient and the input's are autograd's, the expressions give them, the module is untouched."""
    own = copy.deepcopy(module).double()
    leaf = x.clone().double().requires_grad_()
    out = own(leaf, leaf, leaf) if isinstance(own, nn.MultiheadAttention) else own(leaf)
    loss = loss_of(out[0] if isinstance(out, tuple) else out)
    loss.backward()
    assert trace.replay() <= 1e-12
    torch.testing.assert_close(trace["loss"], loss.detach(), rtol=TOLERANCE, atol=TOLERANCE)
    torch.testing.assert_close(trace["grad_x"], leaf.grad, rtol=TOLERANCE, atol=TOLERANCE)
    for name, parameter in own.named_parameters():
        torch.testing.assert_close(trace[name], parameter.detach(), rtol=0, atol=0)
        torch.testing.assert_close(trace[f"grad_{name}"], parameter.grad, rtol=TOLERANCE, atol=TOLERANCE)
    for name, check in trace.checks.items():
        torch.testing.assert_close(trace[name], check, rtol=TOLERANCE, atol=TOLERANCE)
    assert all(parameter.grad is None for parameter in module.parameters())


BETWEEN = [
    *(nn.ReLU(), nn.ReLU(inplace=True), nn.LeakyReLU(), nn.LeakyReLU(0.2), nn.ELU(), nn.ELU(0.5), nn.GELU()),
    *(nn.GELU("tanh"), nn.SiLU(), nn.Sigmoid(), nn.Tanh(), nn.Softplus(2.0), nn.Softmax(dim=1), nn.LogSoftmax(-1)),
    *(nn.Identity(), nn.Dropout(0.5).eval(), nn.LayerNorm(4), nn.BatchNorm1d(4), nn.BatchNorm1d(4, affine=False)),
    *(nn.BatchNorm1d(4).eval(), nn.GroupNorm(2, 4), nn.LayerNorm(4, elementwise_affine=False)),
]


@pytest.mark.parametrize("layer", BETWEEN, ids=str)
def test_a_layer_between_two_linear_ones(layer: nn.Module) -> None:
    module, x, y = net(nn.Linear(3, 4), layer, nn.Linear(4, 2)), random(3, 3, seed=7), random(3, 2, seed=8)
    module.train(layer.training)
    trace = trace_module(module, x, y)
    agrees(trace, module, x, lambda out: 0.5 * (y - out).square().sum())
    assert trace["1.out"].shape == (3, 4)


MAPS = [
    nn.Sequential(nn.Conv2d(4, 2, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
    nn.Sequential(nn.Conv2d(4, 4, 2, stride=2, groups=2, bias=False), nn.AvgPool2d(2, padding=1)),
    nn.Sequential(nn.Conv2d(4, 2, 3, padding="same", dilation=2), nn.BatchNorm2d(2), nn.AdaptiveAvgPool2d((2, None))),
    nn.Sequential(
        nn.ConvTranspose2d(4, 3, 3, stride=2, padding=1, output_padding=1), nn.MaxPool2d(3, 2, ceil_mode=True)
    ),
    nn.Sequential(nn.GroupNorm(2, 4), nn.ConvTranspose2d(4, 2, 2, groups=2)),
    nn.Sequential(nn.AvgPool2d(2, stride=1, count_include_pad=False, padding=1), nn.LayerNorm((4, 6, 7))),
    nn.Sequential(nn.Conv2d(4, 1, 1), nn.Conv2d(1, 1, 3, padding=4)),  # windows that see the padding alone
]


@pytest.mark.parametrize("module", MAPS, ids=str)
def test_layers_of_maps(module: nn.Sequential) -> None:
    module, x = net(*module), random(2, 4, 5, 6)
    with torch.no_grad():
        y = torch.rand_like(copy.deepcopy(module)(x))
    agrees(trace_module(module, x, y, loss="mse"), module, x, lambda out: functional.mse_loss(out, y))


def test_one_image_without_a_batch() -> None:
    module, x = net(nn.Conv2d(1, 2, 2), nn.Flatten(0), nn.Linear(8, 3)), random(1, 3, 3)
    trace = trace_module(module, x, torch.tensor(2))
    agrees(trace, module, x, lambda out: functional.cross_entropy(out, torch.tensor(2)))


def test_one_dimension() -> None:
    module = net(
        nn.Conv1d(2, 3, 3, padding="same"), nn.BatchNorm1d(3), nn.MaxPool1d(2, ceil_mode=True), nn.AvgPool1d(2)
    )
    x, y = random(2, 2, 7), random(2, 3, 2)
    agrees(trace_module(module, x, y, loss=nn.L1Loss()), module, x, lambda out: functional.l1_loss(out, y))


OVER_TIME = [
    *(nn.RNN(2, 3), nn.RNN(2, 3, nonlinearity="relu", bias=False), nn.LSTM(2, 3), nn.GRU(2, 3)),
    *(kind(2, 2, num_layers=2, bidirectional=True, batch_first=True) for kind in (nn.RNN, nn.LSTM, nn.GRU)),
]


@pytest.mark.parametrize("module", OVER_TIME, ids=str)
def test_recurrent_layers(module: nn.RNNBase) -> None:
    x = random(2, 3, 2) if module.batch_first else random(4, 2)
    y = random(*x.shape[:-1], module.hidden_size * (2 if module.bidirectional else 1), seed=5)
    seeded = net(module)[0]
    agrees(trace_module(seeded, x, y), seeded, x, lambda out: 0.5 * (y - out).square().sum())


@pytest.mark.parametrize(("batch_first", "shape"), [(True, (2, 3, 4)), (False, (3, 2, 4)), (False, (3, 4))])
def test_self_attention(batch_first: bool, shape: tuple[int, ...]) -> None:
    module, x, y = net(nn.MultiheadAttention(4, 2, batch_first=batch_first))[0], random(*shape), random(*shape, seed=3)
    agrees(trace_module(module, x, y), module, x, lambda out: 0.5 * (y - out).square().sum())


def test_tokens_through_an_embedding() -> None:
    module = net(nn.Embedding(5, 2), nn.LSTM(2, 3, batch_first=True))
    tokens, y = torch.tensor([[0, 1, 1], [2, 3, 4]]), random(2, 3, 3)
    trace = trace_module(module, tokens, y)
    own = copy.deepcopy(module)
    (0.5 * (y - own(tokens)[0]).square().sum()).backward()
    torch.testing.assert_close(trace["grad_0.weight"], own[0].weight.grad, rtol=TOLERANCE, atol=TOLERANCE)
    assert "grad_x" not in trace.arrays


def test_a_residual_block() -> None:
    module = net(nn.Linear(2, 3), Residual(nn.Sequential(nn.Linear(3, 3), nn.Tanh())), nn.Linear(3, 1))
    x, y = random(2, 2), random(2, 1)
    trace = trace_module(module, x, y)
    agrees(trace, module, x, lambda out: 0.5 * (y - out).square().sum())
    assert torch.equal(trace["1.out"], trace["0.out"] + trace["1.module.1.out"])


def test_a_weight_in_two_places_is_one_array() -> None:
    layer = nn.Linear(3, 3)
    module, x, y = net(layer, nn.Tanh(), layer), random(2, 3), random(2, 3)
    trace = trace_module(module, x, y)
    agrees(trace, module, x, lambda out: 0.5 * (y - out).square().sum())
    assert "2.weight" not in trace.arrays


def test_dropout_in_training_is_its_mask() -> None:
    module, x, y = net(nn.Linear(3, 8), nn.Dropout(0.5), nn.Linear(8, 1)), random(2, 3), random(2, 1)
    trace = trace_module(module, x, y)
    mask = trace["1.mask"]
    assert set(mask.unique().tolist()) == {0.0, 2.0}
    torch.testing.assert_close(trace["grad_0.out"], trace["grad_1.out"] * mask)
    assert trace.replay() <= 1e-12


# ---- losses ------------------------------------------------------------------------------------------------------

SHARES = torch.tensor([[0.2, 0.5, 0.3], [1.0, 0.0, 0.0]], dtype=F64)
CLASSES = torch.tensor([2, 0])
LOSSES = [
    ("cross_entropy", CLASSES, lambda out: functional.cross_entropy(out, CLASSES, reduction="sum")),
    ("cross_entropy", SHARES, lambda out: functional.cross_entropy(out, SHARES, reduction="sum")),
    (None, CLASSES, lambda out: functional.cross_entropy(out, CLASSES, reduction="sum")),
    (None, SHARES, lambda out: 0.5 * (out - SHARES).square().sum()),
    ("CrossEntropyLoss", CLASSES, lambda out: functional.cross_entropy(out, CLASSES)),
    (nn.CrossEntropyLoss(label_smoothing=0.1), CLASSES, nn.CrossEntropyLoss(label_smoothing=0.1)),
    (nn.MSELoss(reduction="sum"), SHARES, nn.MSELoss(reduction="sum")),
    (nn.HuberLoss(delta=0.3), SHARES, nn.HuberLoss(delta=0.3)),
    ("l1", SHARES, nn.L1Loss()),
    ("bce_with_logits", SHARES, nn.BCEWithLogitsLoss()),
]


@pytest.mark.parametrize(("loss", "target", "torchs"), LOSSES, ids=[f"{i} {case[0]}" for i, case in enumerate(LOSSES)])
def test_losses(loss: object, target: Tensor, torchs: object) -> None:
    module, x = net(nn.Linear(2, 3)), random(2, 2)
    wanted = torchs if not isinstance(torchs, nn.Module) else lambda out: torchs(out, target)
    agrees(trace_module(module, x, target, loss=loss), module, x, wanted)


def test_a_gradient_from_outside() -> None:
    module, x, grad = net(nn.Linear(2, 3), nn.Tanh()), random(2, 2), random(2, 3)
    trace = trace_module(module, x, grad=grad)
    leaf = x.clone().requires_grad_()
    module(leaf).backward(grad)
    torch.testing.assert_close(trace["grad_x"], leaf.grad, rtol=TOLERANCE, atol=TOLERANCE)
    torch.testing.assert_close(trace["grad_0.weight"], module[0].weight.grad, rtol=TOLERANCE, atol=TOLERANCE)
    assert {step.phase for step in trace.steps} == {"forward", "backward"}


def test_without_a_target_there_is_the_forward_pass_alone() -> None:
    trace = trace_module(net(nn.Linear(2, 3)), random(2, 2))
    assert {step.phase for step in trace.steps} == {"forward"}


def test_class_maps() -> None:
    """Cross-entropy at every pixel: the classes are on the second axis."""
    module, x, y = net(nn.Conv2d(1, 3, 1)), random(2, 1, 2, 2), torch.tensor([[[0, 1], [2, 1]], [[1, 1], [0, 2]]])
    agrees(
        trace_module(module, x, y, loss="mean_cross_entropy"), module, x, lambda out: functional.cross_entropy(out, y)
    )


# ---- numbers -----------------------------------------------------------------------------------------------------


def test_numbers_of_float32_are_shown_as_they_were_written() -> None:
    module = nn.Linear(2, 1)
    module.weight.data = torch.tensor([[0.05, -1.25]])
    trace = trace_module(module, torch.tensor([[0.1, 3.3]]))
    assert trace["weight"].tolist() == [[0.05, -1.25]]
    assert trace["x"].tolist() == [[0.1, 3.3]]
    assert trace["bias"].tolist() == module.bias.double().tolist()


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.sampled_from([1e-4, 1.0, 100.0, 1e4]))
def test_numbers_of_any_size_are_right(seed: int, size: float) -> None:
    module, x = net(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 3), seed=seed), random(2, 3, seed=seed) * size
    trace = trace_module(module, x, torch.tensor([0, 2]))
    assert trace.replay() <= 1e-12
    for name, check in trace.checks.items():
        torch.testing.assert_close(trace[name], check, rtol=TOLERANCE, atol=TOLERANCE * max(1.0, size))


def test_scores_far_apart_stay_finite() -> None:
    module = nn.Linear(1, 2, bias=False).double()
    module.weight.data = torch.tensor([[700.0], [-700.0]], dtype=F64)
    trace = trace_module(module, torch.ones(1, 1, dtype=F64), torch.tensor([1]))
    assert float(trace["loss"]) == 1400.0
    assert trace["grad_out"].tolist() == [[1.0, -1.0]]


# ---- refusals ----------------------------------------------------------------------------------------------------


def hooked() -> nn.Module:
    module = nn.Linear(2, 2)
    module.register_forward_hook(lambda *_: None)
    return module


class Own(nn.Linear):
    """Could compute anything."""


REFUSED = [
    (nn.Sequential(), "at least one layer"),
    (nn.Sequential(nn.Linear(2, 2), nn.CELU()), "layer 1 is a CELU, which can't be walked. Supported are"),
    (Own(2, 2), "module is a Own"),
    (hooked(), "has hooks"),
    (nn.LazyLinear(2), "is lazy: run it once"),
    (nn.Sequential(nn.LSTM(2, 2), nn.Linear(2, 2)), "returns its states"),
    (nn.Sequential(nn.Linear(3, 2)), r"layer 0 \(Linear\) can't take an input of shape \(1, 2\)"),
    (nn.Sequential(nn.Linear(2, 4), nn.Conv2d(1, 1, 3)), "layer 1"),
    (nn.Sequential(nn.Linear(2, 200), nn.Linear(200, 200)), "at most 20,000 are played"),
    (nn.utils.parametrizations.weight_norm(nn.Linear(2, 2)), "ParametrizedLinear|parametrizations"),
    ("Linear", "must be a torch.nn.Module"),
]


@pytest.mark.parametrize(("module", "message"), REFUSED, ids=lambda value: str(value)[:30])
def test_what_is_refused(module: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        trace_module(module, torch.ones(1, 2), grad=torch.ones(1, 200) if "20,000" in message else None)


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"loss": "mse"}, "loss needs a target"),
        ({"target": torch.ones(1, 2), "grad": torch.ones(1, 2)}, "grad must not be given"),
        ({"target": torch.ones(1, 3)}, r"target must have the output's shape \(1, 2\)"),
        ({"target": torch.tensor([2])}, "class indices from 0 to 1"),
        ({"target": torch.tensor([0]), "loss": "hinge"}, "loss must be one of"),
        ({"target": torch.tensor([0]), "loss": nn.NLLLoss()}, "or one of torch's"),
        ({"target": torch.tensor([0]), "loss": nn.CrossEntropyLoss(torch.ones(2))}, "weight is not supported"),
        ({"target": torch.tensor([[0.5, 0.6]]), "loss": "cross_entropy"}, "add up to 1"),
        ({"target": torch.tensor([[0.5, 1.6]]), "loss": "bce_with_logits"}, "between 0 and 1"),
        ({"x": torch.full((1, 2), torch.nan)}, "x must be finite"),
        ({"x": torch.ones(0, 2)}, "x must not be empty"),
        ({"x": "two"}, "x must be a tensor of numbers"),
    ],
)
def test_arguments_that_are_refused(given_: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        trace_module(nn.Linear(2, 2), **({"x": torch.ones(1, 2)} | given_))


def test_the_module_is_left_as_it_was() -> None:
    module = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Dropout(0.5), nn.ReLU(inplace=True))
    before = {name: value.clone() for name, value in module.state_dict().items()}
    trace_module(module, random(4, 2), random(4, 3))
    assert module.training
    assert all(torch.equal(value, before[name]) for name, value in module.state_dict().items())
    assert all(parameter.grad is None and parameter.dtype == torch.float32 for parameter in module.parameters())
