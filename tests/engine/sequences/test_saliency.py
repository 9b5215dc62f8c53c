"""Saliency against finite differences."""

import pytest
import torch
from torch import Tensor

from visualizer.engine.sequences.model import GATES, Kind, SequenceModel, run_model
from visualizer.engine.sequences.saliency import saliency

X = torch.randn(5, 3, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
STEP = 1e-6


def drawn_model(kind: Kind, outputs: int) -> SequenceModel:
    generator, rows = torch.Generator().manual_seed(5), GATES[kind] * 4
    shapes = ((rows, 3), (rows, 4), (rows,), (rows,), (outputs, 4), (outputs,))
    return SequenceModel(kind, *(torch.randn(*shape, generator=generator, dtype=torch.float64) for shape in shapes))


def log_p(model: SequenceModel, x: Tensor, time: int, target: int) -> float:
    z = run_model(model, x)["z"][time]
    return float(z[0] if len(z) == 1 else torch.log_softmax(z, 0)[target])


@pytest.mark.parametrize("time", [4, 2, 0])
@pytest.mark.parametrize(("kind", "outputs"), [("rnn", 3), ("lstm", 3), ("lstm", 1)])
def test_it_is_the_slope_of_the_prediction(kind: Kind, outputs: int, time: int) -> None:
    model, target = drawn_model(kind, outputs), outputs - 1
    slopes = torch.zeros_like(X)
    for t in range(len(X)):
        for each in range(3):
            up, down = X.clone(), X.clone()
            up[t, each] += STEP
            down[t, each] -= STEP
            slopes[t, each] = (log_p(model, up, time, target) - log_p(model, down, time, target)) / (2 * STEP)
    with torch.no_grad():
        found = saliency(model, X, time, target)
    torch.testing.assert_close(found.strength, slopes[: time + 1].norm(dim=1), atol=1e-7, rtol=1e-5)
    assert not slopes[time + 1 :].any()
    assert found.log_p == pytest.approx(log_p(model, X, time, target))


def test_the_last_step_and_the_likeliest_class_unless_given() -> None:
    model = drawn_model("lstm", 3)
    found = saliency(model, X)
    assert (found.time, found.predicted) == (4, int(run_model(model, X)["z"][-1].argmax()))


def test_refuses_what_is_not_there() -> None:
    model = drawn_model("rnn", 3)
    for name, arguments in (("x", (X[:0],)), ("x", (X[:, :1],)), ("time", (X, 5)), ("target", (X, 4, 3))):
        with pytest.raises(ValueError, match=name):
            saliency(model, *arguments)
