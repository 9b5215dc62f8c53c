"""The largest eigenvalues: against Hessians written out in full, and against what is known by hand."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from visualizer.engine.descent.objectives import logistic_regression, net_loss, quadratic
from visualizer.engine.descent.smoothness import curvature, hessian_product


def drawn(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def labels(count: int) -> Tensor:
    return torch.where(drawn(count, seed=1) > 0, 1.0, -1.0).double()


NET = net_loss(drawn(20, 2), labels(20), 4)


def hessian(point: Tensor) -> Tensor:
    whole = torch.autograd.functional.hessian(NET.loss, point)
    assert isinstance(whole, Tensor)
    return whole


def test_products_are_those_of_the_whole_hessian() -> None:
    points, vectors = drawn(3, NET.parameters, seed=2), drawn(3, NET.parameters, seed=3)
    expected = torch.stack([hessian(point) @ vector for point, vector in zip(points, vectors, strict=True)])
    torch.testing.assert_close(hessian_product(NET.loss, points)(vectors), expected)


def test_both_ends_are_those_of_the_whole_hessian() -> None:
    points = drawn(4, NET.parameters, seed=4)
    found = curvature(NET.loss, points)
    expected = torch.stack([torch.linalg.eigvalsh(hessian(point)) for point in points])
    torch.testing.assert_close(found.largest, expected[:, -1])
    torch.testing.assert_close(found.smallest, expected[:, 0])
    torch.testing.assert_close(found.smoothness, expected.abs().max(1).values)
    assert float(found.smallest.min()) < 0  # a net's loss bends downwards, too
    assert float(found.error.max()) < 1e-9


def test_fewer_iterations_come_from_inside_and_say_how_far_they_can_be_off() -> None:
    objective = quadratic(1000, 80)
    exact = curvature(objective.loss, drawn(1, 80, seed=5), iterations=80)
    rough = curvature(objective.loss, drawn(1, 80, seed=5), iterations=6)
    assert float(exact.largest) == pytest.approx(1.0, abs=1e-12)
    assert float(exact.smallest) == pytest.approx(0.001, abs=1e-12)
    assert 0.9 < float(rough.largest) < 1.0
    assert float(rough.error) > 0
    nearest = (objective.eigenvalues - rough.largest).abs().min()
    assert float(nearest) <= float(rough.error)


@pytest.mark.parametrize("condition_number", [1.0, 7.0])
def test_alike_eigenvalues_leave_no_false_ones(condition_number: float) -> None:
    eigenvalues = torch.tensor([condition_number] * 4 + [1.0], dtype=torch.float64)
    found = curvature(lambda w: 0.5 * (eigenvalues * w * w).sum(-1), torch.zeros(2, 5, dtype=torch.float64))
    assert found.largest.tolist() == pytest.approx([condition_number] * 2)
    assert found.smallest.tolist() == pytest.approx([1.0, 1.0])


def test_a_loss_that_bends_only_down_is_smooth_by_its_size() -> None:
    found = curvature(lambda w: -1.5 * (w * w).sum(-1), drawn(2, 3))
    assert found.largest.tolist() == pytest.approx([-3.0, -3.0])
    assert found.smoothness.tolist() == pytest.approx([3.0, 3.0])


def test_a_plane_does_not_bend() -> None:
    found = curvature(lambda w: w.sum(-1), drawn(2, 3))
    assert found.largest.tolist() == [0.0, 0.0] and found.smoothness.tolist() == [0.0, 0.0]


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 12), st.integers(1, 4), st.floats(0.0, 5.0))
def test_logistic_regression_bends_most_at_0_and_never_more_than_r(
    seed: int, examples: int, inputs: int, length: float
) -> None:
    objective = logistic_regression(drawn(examples, inputs, seed=seed), labels(examples))
    w = length * drawn(1, inputs + 1, seed=seed + 1)
    found = curvature(objective.loss, torch.cat([torch.zeros_like(w), w]))
    assert float(found.largest[0]) == pytest.approx(objective.smoothness)
    assert float(found.largest[1]) <= objective.smoothness * (1 + 1e-9)
    assert float(found.smallest.min()) >= -1e-12


def test_the_seed_says_it_all_and_nothing_is_left_behind() -> None:
    points = drawn(2, NET.parameters, seed=6)
    before = torch.random.get_rng_state()
    with torch.no_grad():
        first, again = curvature(NET.loss, points, seed=3), curvature(NET.loss, points, seed=3)
        assert not torch.is_grad_enabled()
    assert torch.equal(first.largest, again.largest) and not first.largest.requires_grad
    assert torch.equal(torch.random.get_rng_state(), before) and not points.requires_grad


def test_refuses_what_has_no_hessian() -> None:
    for name, call in (
        ("points", lambda: curvature(NET.loss, torch.zeros(5))),
        ("points", lambda: curvature(NET.loss, torch.zeros(0, 5))),
        ("points must be finite", lambda: curvature(NET.loss, torch.full((1, 5), torch.nan))),
        ("iterations", lambda: curvature(NET.loss, torch.zeros(1, 5), iterations=0)),
    ):
        with pytest.raises(ValueError, match=name):
            call()
