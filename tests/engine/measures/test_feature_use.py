"""What units explain together, against least squares on each choice of them; and angles by hand."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from visualizer.engine.measures.feature_use import select_forward, turned
from visualizer.engine.training.update.parameters import Shape


def explained(features: Tensor, y: Tensor) -> float:
    """The share of the variance of y that a constant and the features (units, m) explain: R², summed over outputs."""
    rows = torch.cat([features.t(), torch.ones(len(y), 1, dtype=torch.float64)], dim=1)
    rest = y - rows @ torch.linalg.lstsq(rows, y, driver="gelsd").solution
    return 1 - float(rest.square().sum() / (y - y.mean(dim=0)).square().sum())


def drawn(seed: int, units: int, outputs: int = 1) -> tuple[Tensor, Tensor]:
    dice = torch.Generator().manual_seed(seed)
    features = torch.tanh(torch.randn(units, 25, generator=dice, dtype=torch.float64) + 1)
    return features, torch.randn(25, outputs, generator=dice, dtype=torch.float64)


@given(seed=st.integers(0, 999), units=st.integers(1, 6), outputs=st.integers(1, 2))
def test_each_unit_is_the_one_that_helps_most_by_least_squares(seed: int, units: int, outputs: int) -> None:
    features, y = drawn(seed, units, outputs)
    found = select_forward(features, y)
    order = found.order.tolist()
    assert sorted(order) == list(range(units))
    for count in range(1, units + 1):
        reached = explained(features[order[:count]], y)
        assert float(found.explained[count - 1]) == pytest.approx(reached, abs=1e-9)
        others = (explained(features[[*order[: count - 1], other]], y) for other in order[count:])
        assert reached >= max(others, default=0.0) - 1e-9


def test_units_that_lie_close_to_each_other_are_told_apart_as_least_squares_does() -> None:
    x = torch.linspace(-1, 1, 120, dtype=torch.float64)
    features = torch.tanh(torch.linspace(-2, 2, 48, dtype=torch.float64)[:, None] + x)
    found = select_forward(features, torch.sin(9 * x)[:, None])
    for count in (1, 5, 10, 48):
        wanted = explained(features[found.order[:count]], torch.sin(9 * x)[:, None])
        assert float(found.explained[count - 1]) == pytest.approx(wanted, abs=1e-4)


def test_what_is_constant_or_made_of_others_adds_nothing_and_comes_last() -> None:
    features, y = drawn(0, 2)
    first, second = features
    found = select_forward(torch.stack([torch.ones_like(first), first, second, first - 2 * second + 3]), y)
    assert sorted(found.order.tolist()[2:])[0] == 0
    shares = found.explained.tolist()
    assert shares[1] == pytest.approx(explained(features, y), abs=1e-9)
    assert shares[3] == pytest.approx(shares[1], abs=1e-9)


def test_a_unit_that_is_the_answer_explains_all_of_it() -> None:
    features, _ = drawn(1, 4)
    found = select_forward(features, (2 - 5 * features[2])[:, None])
    assert found.order[0] == 2
    assert found.explained.tolist() == pytest.approx([1.0] * 4)
    assert all(before <= after <= 1 for before, after in itertools.pairwise(found.explained.tolist()))


def test_answers_that_do_not_vary_are_not_explained() -> None:
    features, _ = drawn(2, 3)
    found = select_forward(features, torch.full((25, 1), 4.0))
    assert found.explained.tolist() == [0, 0, 0]
    assert sorted(found.order.tolist()) == [0, 1, 2]


def test_what_has_diverged_explains_nothing() -> None:
    features, y = drawn(3, 3)
    features[1] = math.nan
    found = select_forward(features, y)
    assert found.order.tolist()[-1] == 1
    assert found.explained[-1] == found.explained[1]


def test_angles_by_hand() -> None:
    shape = Shape((1, 3, 1))
    before, after = torch.zeros(2, 1, shape.count, dtype=torch.float64)
    shape.matrices(before)[0][0] = torch.tensor([[1.0, 0.0], [1.0, 1.0], [0.0, 2.0]])
    shape.matrices(after)[0][0] = torch.tensor([[0.0, 3.0], [2.0, 2.0], [0.0, -1.0]])
    assert turned(before, after, shape)[0].tolist() == pytest.approx([90, 0, 180], abs=1e-5)
    assert turned(before, before.float(), shape)[0].tolist() == pytest.approx([0, 0, 0], abs=1e-4)
