"""The gradient passed back by hand is autograd's; what fades and what grows does so by the numbers it should."""

import pytest
import torch
from torch import Tensor

from visualizer.engine.sequences.gradient_flow import (
    clipped,
    gradient_flow,
    kept_by_gates,
    spectral_radius,
    with_forget_bias,
    with_spectral_radius,
)
from visualizer.engine.sequences.model import GATES, Kind, SequenceModel, run_model


def drawn_model(kind: Kind, inputs: int = 3, units: int = 4, outputs: int = 2, size: float = 0.6) -> SequenceModel:
    generator, rows = torch.Generator().manual_seed(5), GATES[kind] * units
    shapes = ((rows, inputs), (rows, units), (rows,), (rows,), (outputs, units), (outputs,))
    return SequenceModel(kind, *(size * torch.randn(*s, generator=generator, dtype=torch.float64) for s in shapes))


X = torch.randn(7, 3, generator=torch.Generator().manual_seed(2), dtype=torch.float64)


def replayed(model: SequenceModel, x: Tensor, end: str) -> tuple[list[Tensor], list[Tensor], Tensor]:
    """Each step's h and c with their gradients kept, and ℓ_T."""
    h = c = torch.zeros(model.units, dtype=torch.float64)
    hs, cs = [], []
    for at in x:
        a = model.weight_ih @ at + model.bias_ih + model.weight_hh @ h + model.bias_hh
        if model.kind == "lstm":
            i, f, g, o = a.chunk(4)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            c.retain_grad()
            cs.append(c)
        h = torch.sigmoid(o) * torch.tanh(c) if model.kind == "lstm" else torch.tanh(a)
        h.retain_grad()
        hs.append(h)
    torch.testing.assert_close(h, run_model(model, x)["h"][-1])
    z = h @ model.weight_out.T + model.bias_out
    if end == "class":
        return hs, cs, -torch.log_softmax(z, 0)[1]
    return hs, cs, h.sum() / model.units**0.5 if end == "direction" else 0.5 * ((z - 1) ** 2).sum()


@pytest.mark.parametrize("end", ["direction", "class", "numbers"])
@pytest.mark.parametrize("kind", ["rnn", "lstm"])
def test_it_is_autograds(kind: Kind, end: str) -> None:
    model = drawn_model(kind)
    layer = [model.weight_ih, model.weight_hh, model.bias_ih, model.bias_hh]
    for parameter in layer:
        parameter.requires_grad_()
    hs, cs, loss = replayed(model, X, end)
    loss.backward()
    target = {"direction": None, "class": 1, "numbers": torch.ones(2)}[end]
    flow = gradient_flow(model, X, target)
    torch.testing.assert_close(flow.h, torch.stack([h.grad.norm() for h in hs if h.grad is not None]))
    whole = torch.cat([parameter.grad.flatten() for parameter in layer if parameter.grad is not None]).norm()
    assert flow.weights == pytest.approx(float(whole))
    if kind == "lstm":
        assert flow.c is not None
        torch.testing.assert_close(flow.c, torch.stack([c.grad.norm() for c in cs if c.grad is not None]))
    else:
        assert flow.c is None and flow.kept is None


def test_the_kept_part_is_the_product_of_the_later_forget_gates() -> None:
    f = torch.tensor([[0.1, 1.0], [0.5, 0.25], [0.5, 1.0], [0.8, 0.5]])
    expected = torch.tensor([[0.2, 0.125], [0.4, 0.5], [0.8, 0.5], [1.0, 1.0]])
    torch.testing.assert_close(kept_by_gates(f), expected)


def test_with_the_other_paths_shut_the_cells_gradient_is_what_the_forget_gates_keep() -> None:
    model = drawn_model("lstm", units=1)
    flow = gradient_flow(SequenceModel("lstm", model.weight_ih, model.weight_hh * 0, *list_after(model)), X)
    assert flow.c is not None and flow.kept is not None
    torch.testing.assert_close(flow.c, flow.c[-1] * flow.kept[:, 0])


def list_after(model: SequenceModel) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    return model.bias_ih, model.bias_hh, model.weight_out, model.bias_out


@pytest.mark.parametrize("radius", [0.5, 1.5])
def test_a_nearly_linear_net_shrinks_or_grows_by_its_radius(radius: float) -> None:
    """Without input all h are 0 and tanh is a straight line: a rotation times the radius is all that is left."""
    turn = torch.tensor([[0.6, -0.8], [0.8, 0.6]], dtype=torch.float64)
    model = drawn_model("rnn", units=2, size=0.0)
    model = SequenceModel("rnn", model.weight_ih, with_spectral_radius(turn, radius), *list_after(model))
    flow = gradient_flow(model, torch.zeros(20, 3))
    torch.testing.assert_close(flow.h, radius ** torch.arange(19, -1, -1, dtype=torch.float64))


def test_the_spectral_radius_is_set_and_a_matrix_without_one_stays() -> None:
    weight = drawn_model("rnn").weight_hh
    assert spectral_radius(with_spectral_radius(weight, 1.3)) == pytest.approx(1.3)
    for nothing in (torch.zeros(3, 3), torch.tensor([[0.0, 2.0], [0.0, 0.0]])):
        torch.testing.assert_close(with_spectral_radius(nothing, 1.3), nothing)


def test_the_forget_bias_is_the_sum_of_both_and_the_model_given_stays() -> None:
    model = drawn_model("lstm")
    before = model.bias_ih.clone()
    changed = with_forget_bias(model, 3.0)
    torch.testing.assert_close((changed.bias_ih + changed.bias_hh)[4:8], torch.full((4,), 3.0, dtype=torch.float64))
    torch.testing.assert_close(changed.bias_ih[8:], model.bias_ih[8:])
    torch.testing.assert_close(model.bias_ih, before)
    with pytest.raises(ValueError, match="model"):
        with_forget_bias(drawn_model("rnn"), 1.0)


def test_clipping_keeps_the_direction_and_short_gradients() -> None:
    torch.testing.assert_close(clipped(torch.tensor([3.0, 4.0]), 1.0), torch.tensor([0.6, 0.8]))
    torch.testing.assert_close(clipped(torch.tensor([0.3, 0.4]), 1.0), torch.tensor([0.3, 0.4]))
    torch.testing.assert_close(clipped(torch.zeros(2), 1.0), torch.zeros(2))


def test_one_step_is_enough() -> None:
    flow = gradient_flow(drawn_model("lstm"), X[:1])
    assert flow.kept is not None and flow.h.tolist() == pytest.approx([1.0]) and flow.kept.shape == (1, 4)


def test_refuses_what_has_no_gradient() -> None:
    model = drawn_model("rnn")
    for name, call in (
        ("x", lambda: gradient_flow(model, X[:0])),
        ("x", lambda: gradient_flow(model, X[:, :2])),
        ("target", lambda: gradient_flow(model, X, 2)),
        ("target", lambda: gradient_flow(model, X, torch.ones(3))),
        ("direction", lambda: gradient_flow(model, X, direction=torch.ones(3))),
        ("weight", lambda: spectral_radius(torch.ones(2, 3))),
        ("weight", lambda: spectral_radius(torch.full((2, 2), float("nan")))),
        ("radius", lambda: with_spectral_radius(torch.eye(2), -1.0)),
        ("most", lambda: clipped(torch.ones(2), 0.0)),
    ):
        with pytest.raises(ValueError, match=name):
            call()
