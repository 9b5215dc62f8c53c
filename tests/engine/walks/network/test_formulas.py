"""The slides' formulas in one line, as they fit each loss."""

from __future__ import annotations

import pytest

from tests.engine.nets import net_of
from visualizer.engine import trace_network


def plain(part: object) -> str:
    """A template as a line of text, its layouts left out."""
    if isinstance(part, str):
        return part
    assert isinstance(part, tuple)
    kind, *parts = part
    between = {"sub": "_", "sup": "^", "frac": "/"}.get(kind, "")
    return between.join(map(plain, parts))


@pytest.mark.parametrize(
    ("loss", "outputs", "whole", "gradient"),
    [
        ("squared", 1, "ℓ(W)=½Σ_j[y^j−out(x^j)]^2", "∂ℓ/∂w_k=Σ_j−[y^j−out(x^j)]g′(a^out)h^k"),
        ("sum_squared", 1, "ℓ(W)=Σ_j[y^j−out(x^j)]^2", "∂ℓ/∂w_k=2Σ_j−[y^j−out(x^j)]g′(a^out)h^k"),
        ("mse", 1, "ℓ(W)=1/2Σ_j[y^j−out(x^j)]^2", "∂ℓ/∂w_k=2/2Σ_j−[y^j−out(x^j)]g′(a^out)h^k"),
        ("cross_entropy", 2, "ℓ(W)=−Σ_jΣ_oy_o^j\u2009ln\u2009out_o(x^j)", "∂ℓ/∂v_k^o=Σ_j−[y_o^j−out_o(x^j)]h^k"),
        (
            "mean_cross_entropy",
            2,
            "ℓ(W)=−1/2Σ_jΣ_oy_o^j\u2009ln\u2009out_o(x^j)",
            "∂ℓ/∂v_k^o=1/2Σ_j−[y_o^j−out_o(x^j)]h^k",
        ),
    ],
)
def test_each_loss_has_its_own(loss: str, outputs: int, whole: str, gradient: str) -> None:
    formulas = trace_network(**net_of([2, 3, outputs], 2, seed=0, loss=loss), loss=loss).formulas
    assert plain(formulas["loss"]) == whole
    assert plain(formulas["grad_W2"]) == gradient


def test_hidden_weights_go_through_their_unit_and_all_outputs() -> None:
    one = trace_network(**net_of([2, 3, 1], 2, seed=0), learning_rate=0.1).formulas
    assert plain(one["grad_W1"]) == "∂ℓ/∂w_i^k=Σ_j−[y^j−out(x^j)]g′(a^out)w_kg′(a^k)x_i^j"
    assert plain(one["new_W1"]) == "w←w−η∂ℓ/∂w"
    two = trace_network(**net_of([2, 3, 2], 2, seed=0)).formulas
    assert plain(two["grad_W1"]).startswith("∂ℓ/∂w_i^k=Σ_jΣ_o−[y_o^j−out_o(x^j)]g′(a_o^out)v_k^o")
    assert "new_W1" not in two and not trace_network(**net_of([2, 3, 3, 1], 1, seed=0)).formulas


def test_biases_that_are_held_fixed_are_not_updated() -> None:
    trace = trace_network(**net_of([2, 3, 1], 1, seed=0), learning_rate=0.1, hold_biases=True)
    assert "new_W1" in trace.arrays and "new_b1" not in trace.arrays
    assert trace.steps[-1].target.name == "new_W2" and "held fixed" in trace.summary
