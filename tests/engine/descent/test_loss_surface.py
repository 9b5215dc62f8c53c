"""The loss on planes: the planes by hand, the losses one by one."""

import pytest
import torch
from torch import Tensor

from visualizer.engine.descent.loss_surface import loss_surface, principal_plane, random_plane, weight_plane
from visualizer.engine.descent.objectives import Quadratic, net_loss


def tensor(values: object) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


def drawn(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


PATH = tensor([[4.0, 1.0, 7.0], [2.0, -1.0, 7.0], [0.0, 0.0, 7.0]])


def test_principal_components_by_hand() -> None:
    """A cross: 6 to and fro along the first weight, 2 along the second, nothing along the third."""
    path = tensor([[-3.0, 0.0, 5.0], [0.0, 1.0, 5.0], [0.0, -1.0, 5.0], [3.0, 0.0, 5.0]])
    plane = principal_plane(path)
    assert plane.explained.tolist() == pytest.approx([18 / 20, 2 / 20])
    assert plane.origin.tolist() == [0.0, 0.0, 5.0]
    torch.testing.assert_close(plane.directions.abs(), tensor([[1.0, 0, 0], [0, 1.0, 0]]))
    assert plane.coordinates(path)[-1, 0] == pytest.approx(3.0)  # the end is on the positive side


def test_principal_components_are_those_of_the_singular_value_decomposition() -> None:
    path = drawn(12, 5).cumsum(0)
    plane = principal_plane(path)
    _, sizes, directions = torch.linalg.svd(path - path.mean(0))
    torch.testing.assert_close((plane.directions * directions[:2]).sum(1).abs(), tensor([1.0, 1.0]))
    torch.testing.assert_close(plane.explained, (sizes**2 / (sizes**2).sum())[:2])


@pytest.mark.parametrize("path", [drawn(1, 4), drawn(2, 4), drawn(1, 4).expand(6, 4)])
def test_a_path_that_is_a_line_or_a_point_has_a_plane(path: Tensor) -> None:
    plane = principal_plane(path)
    torch.testing.assert_close(plane.directions @ plane.directions.T, torch.eye(2, dtype=torch.float64))
    assert bool(torch.isfinite(loss_surface(lambda w: w.sum(-1), plane, path, side=5).losses).all())
    assert float(plane.explained.sum()) in (pytest.approx(1.0), 0.0)


def test_two_weights_make_a_plane_through_the_end() -> None:
    plane = weight_plane(PATH, 2, 0)
    assert plane.coordinates(PATH).tolist() == [[7.0, 4.0], [7.0, 2.0], [7.0, 0.0]]
    assert plane.explained.tolist() == pytest.approx([0.0, 8 / 10])
    assert plane.points(tensor([1.0, 2.0])).tolist() == [2.0, 0.0, 1.0]


def test_a_random_plane_is_the_seeds_and_at_right_angles() -> None:
    path = drawn(6, 8)
    first, again, other = random_plane(path, seed=1), random_plane(path, seed=1), random_plane(path, seed=2)
    torch.testing.assert_close(first.directions @ first.directions.T, torch.eye(2, dtype=torch.float64))
    assert torch.equal(first.directions, again.directions)
    assert not torch.allclose(first.directions, other.directions)
    assert torch.equal(first.origin, path[-1])


def test_the_surface_is_the_loss_at_each_of_its_points() -> None:
    y = torch.where(drawn(15, seed=1) > 0, 1.0, -1.0)
    net = net_loss(drawn(15, 2), y, 3)
    path = drawn(7, net.parameters, seed=3)
    plane = principal_plane(path)
    surface = loss_surface(net.loss, plane, path, side=9)
    for row, column in ((0, 0), (2, 7), (8, 4)):
        point = plane.points(torch.stack([surface.a[column], surface.b[row]]))
        assert float(surface.losses[row, column]) == pytest.approx(float(net.loss(point)))


def test_the_surface_reaches_beyond_the_path_on_all_sides() -> None:
    bowl = Quadratic(tensor([1.0, 1.0, 1.0]))
    plane = weight_plane(PATH, 0, 1)
    surface = loss_surface(bowl.loss, plane, PATH, side=3)
    assert surface.a.tolist() == pytest.approx([2 - 2.6, 2.0, 2 + 2.6])
    assert surface.b.tolist() == pytest.approx([-1.3, 0.0, 1.3])
    assert float(surface.losses[1, 1]) == pytest.approx(0.5 * (4 + 49))


def test_where_the_path_does_not_move_the_grid_is_as_wide_as_the_other_way() -> None:
    surface = loss_surface(Quadratic(tensor([1.0] * 3)).loss, weight_plane(PATH, 0, 2), PATH, side=3)
    assert surface.b.tolist() == pytest.approx([7 - 2.6, 7.0, 7 + 2.6])


def test_refuses_what_has_no_plane() -> None:
    for name, call in (
        ("path", lambda: principal_plane(torch.zeros(3))),
        ("path", lambda: principal_plane(torch.zeros(3, 1))),
        ("path must be finite", lambda: principal_plane(torch.full((2, 2), torch.inf))),
        ("first", lambda: weight_plane(PATH, 3, 0)),
        ("second", lambda: weight_plane(PATH, 0, -1)),
        ("another weight", lambda: weight_plane(PATH, 1, 1)),
        ("side", lambda: loss_surface(lambda w: w.sum(-1), weight_plane(PATH, 0, 1), PATH, side=1)),
    ):
        with pytest.raises(ValueError, match=name):
            call()
