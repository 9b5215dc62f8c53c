"""A film's numbers are those of the run, and its maps are what the net answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from tests.film.films import small_film
from visualizer.engine.parameters import Shape
from visualizer.engine.training_run import TrainingRun
from visualizer.film.film import MOST_UNITS, film_of
from visualizer.film.levels import Range, range_of_activation, range_of_numbers
from visualizer.film.plane import Plane, plane_of


def test_a_map_is_the_nets_own_answer_to_half_a_level() -> None:
    film = small_film(hidden=(3, 2))
    frame = 4
    weights, biases = film.shape.weights(film.parameters[frame]), film.shape.biases(film.parameters[frame])
    assert film.plane
    small, large = film.plane.points(large=False).float(), film.plane.points(large=True).float()
    first = torch.tanh(small @ weights[0].T + biases[0])
    second = torch.tanh(first @ weights[1].T + biases[1])
    for layer, expected in zip(film.layers, (first, second), strict=False):
        assert layer.maps is not None
        shown = layer.maps[frame].flatten(1).T.float() / 255 * 2 - 1
        assert float((shown - expected).abs().max()) <= 1 / 255 + 1e-5
    net = torch.nn.functional.linear(torch.tanh(large @ weights[0].T + biases[0]), weights[1], biases[1]).tanh()
    expected = torch.sigmoid(net @ weights[2].T + biases[2])
    assert film.layers[-1].maps is not None
    shown = film.layers[-1].maps[frame].flatten(1).T.float() / 255
    assert float((shown - expected).abs().max()) <= 0.5 / 255 + 1e-5


def test_rows_run_from_the_top_and_columns_from_the_left() -> None:
    points = Plane((0.0, 10.0), (1.0, 20.0)).points(large=False).reshape(30, 30, 2)
    assert points[0, 0].tolist() == pytest.approx([1 / 60, 20 - 10 / 60])
    assert points[-1, -1].tolist() == pytest.approx([1 - 1 / 60, 10 + 10 / 60])


def test_a_plane_leaves_a_margin_also_where_all_examples_are_the_same() -> None:
    plane = plane_of(torch.tensor([[0.0, 5.0], [10.0, 5.0]]))
    assert plane == Plane((-1.0, 4.0), (11.0, 6.0))
    assert plane_of(torch.zeros(3, 3)) is None


def test_a_line_has_both_ends() -> None:
    points = Plane((-1.0,), (3.0,)).points(large=True)
    assert points[0].item() == -1
    assert points[-1].item() == 3


def test_classes_of_softmax_share_1() -> None:
    film = small_film("gaussians_3")
    maps = film.layers[-1].maps
    assert maps is not None
    assert (maps.double().sum(dim=1) / 255 - 1).abs().max() < 0.01


def test_without_a_plane_there_are_the_right_answers_of_each_class() -> None:
    film = small_film("digits", points=60)
    assert film.plane is None
    assert all(layer.maps is None for layer in film.layers)
    counts = film.data.test_y.sum(dim=0)
    right = (film.answers["right"].nan_to_num(0) * counts).sum(dim=1) / counts.sum()
    torch.testing.assert_close(right.double(), film.curves["test_accuracy"], rtol=0, atol=1e-6)


def test_levels_are_the_nearest_and_end_at_the_range() -> None:
    values = torch.tensor([-9.0, -1.0, 0.0, 0.5, 1.0, torch.nan])
    assert Range(-1, 1, 0).levels(values, torch.uint8).tolist() == [0, 0, 128, 191, 255, 128]


def test_activations_without_bounds_are_shown_as_far_as_they_go_but_not_past_all_bounds() -> None:
    maps = torch.ones(9, 1, 4) * 2
    assert range_of_activation("relu", maps) == Range(0.0, 2.0, 0.0)
    maps[-1] = 1e30
    assert range_of_activation("relu", maps).high == 8.0
    assert range_of_activation("sigmoid", maps) == Range(0.0, 1.0, 0.5)
    assert range_of_numbers(torch.tensor([[-4.0], [2.0]])) == Range(-5.0, 5.0, 0.0)


def test_only_so_many_units_have_maps() -> None:
    film = small_film(hidden=(MOST_UNITS + 3,), epochs=1)
    assert film.layers[0].maps is not None
    assert film.layers[0].maps.shape == (2, MOST_UNITS, 30, 30)


def test_a_run_that_diverged_is_a_film_too() -> None:
    film = small_film("sine", rate=1e30, optimiser="sgd", epochs=20)
    assert film.whole
    assert film.diverged >= 0
    assert film.parameters[-1].isnan().all()


def test_a_film_is_whole_at_its_end_only() -> None:
    film = small_film()
    assert film.whole
    assert not replace(film, subject=replace(film.subject, planned=99)).whole


def test_wrong_runs_are_refused() -> None:
    film = small_film()
    nothing = torch.zeros(3, 1)
    run = TrainingRun(
        torch.arange(3), torch.zeros(1, 1, 13), *[nothing] * 4, torch.zeros(3, 1, 2), nothing, nothing[0], [""], nothing
    )
    with pytest.raises(ValueError, match="run must have the parameters of all 3 frames, got 1"):
        film_of(run, Shape((2, 3, 1)), film.data, "logistic", film.subject)
    with pytest.raises(ValueError, match="net must be from 0 to 0, got 1"):
        film_of(run, Shape((2, 3, 1)), film.data, "logistic", film.subject, net=1)
