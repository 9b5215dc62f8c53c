"""Places on the map: a few images far out squeeze nobody, and nobody is put on the border for little."""

from __future__ import annotations

import pytest
import torch

from visualizer.lessons.retrieval.map_view import beyond, scaled


def cloud(count: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(count, 2, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize("far", [10.0, 1000.0])
def test_a_few_far_out_stand_at_the_border_and_leave_the_others_their_room(far: float) -> None:
    near = cloud(114)
    points = torch.cat([near, cloud(6, 1) * 0.1 + torch.tensor([far, 0.0])])
    places = torch.tensor(scaled(points, None)[0])
    assert beyond(points) == 6
    assert (places[114:, 0] == 1).all() and places[:114, 0].max() < 0.95
    assert places[:114, 0].max() - places[:114, 0].min() > 0.9
    assert places[:114, 0].argsort().tolist() == near[:, 0].argsort().tolist()


@pytest.mark.parametrize("seed", range(5))
def test_of_one_cloud_all_are_in_place(seed: int) -> None:
    points = torch.rand(150, 2, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    assert beyond(points) == 0
    places = torch.tensor(scaled(points, None)[0])
    assert places.min() == 0 and places.max() == 1
    assert beyond(points[:1]) == beyond(points[:2]) == beyond(torch.ones(20, 2)) == 0


def test_places_on_the_map_fill_it_with_up_as_up() -> None:
    points = torch.tensor([[0.0, -1.0], [4.0, 3.0], [2.0, 1.0]], dtype=torch.float64)
    assert scaled(points, None) == ([[0, 1], [1, 0], [0.5, 0.5]], None)
    assert scaled(points, torch.tensor([8.0, 1.0], dtype=torch.float64))[1] == [1, 0.5]
    assert scaled(torch.zeros(2, 2), None)[0] == [[0.5, 0.5], [0.5, 0.5]]
