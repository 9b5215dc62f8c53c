"""A film's numbers are those of the run, and its maps are what the net answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from tests.film.films import shown_values, small_film
from visualizer.engine.training.run import TrainingRun
from visualizer.engine.training.update.parameters import Shape
from visualizer.film.film import MAX_UNITS, film_of
from visualizer.film.plane import Plane, Range, plane_of, range_of_activation, range_of_numbers


def test_a_map_is_the_nets_own_answer_to_a_hundredth_and_exact_at_the_boundary() -> None:
    film = small_film(hidden=(3, 2))
    frame = 4
    (w1, w2, w3), (b1, b2, b3) = film.shape.weights(film.parameters[frame]), film.shape.biases(film.parameters[frame])
    assert film.plane

    def answers(large: bool) -> list[Tensor]:
        assert film.plane
        first = torch.tanh(film.plane.points(large=large).float() @ w1.T + b1)
        second = torch.tanh(first @ w2.T + b2)
        return [first, second, torch.sigmoid(second @ w3.T + b3)]

    for number, layer in enumerate(film.layers):
        expected = answers(large=number == 2)[number].T.double()
        shown = shown_values(layer)[frame].flatten(1)
        reach, centre = layer.ranges[0].high - layer.ranges[0].centre, layer.ranges[0].centre
        assert float((shown - expected).abs().max()) <= 0.01 * reach
        near = (expected - centre).abs() < 0.01 * reach
        assert near.any()
        assert float((shown - expected)[near].abs().max()) <= 0.001 * reach


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
    shares = shown_values(small_film("gaussians_3").layers[-1]).sum(dim=1)
    assert float((shares - 1).abs().max()) < 0.01


def test_without_a_plane_there_are_the_right_answers_of_each_class() -> None:
    film = small_film("digits", points=60)
    assert film.plane is None
    assert all(layer.maps is None for layer in film.layers)
    counts = film.data.test_y.sum(dim=0)
    right = (film.answers["right"].nan_to_num(0) * counts).sum(dim=1) / counts.sum()
    torch.testing.assert_close(right.double(), film.curves["test_accuracy"], rtol=0, atol=1e-6)


def test_levels_go_with_the_root_and_end_at_the_range() -> None:
    values = torch.tensor([-9.0, -1.0, 0.0, 0.25, 1.0, torch.nan])
    assert Range(-1, 1, 0).levels(values, torch.uint8).tolist() == [0, 0, 128, 191, 255, 128]
    assert Range(0, 4, 0).levels(values, torch.uint8).tolist() == [0, 0, 0, 64, 128, 0]


def test_activations_without_bounds_are_shown_as_far_as_they_go_but_not_past_all_bounds() -> None:
    maps = torch.ones(9, 4) * 2
    assert range_of_activation("relu", maps) == Range(0.0, 2.0, 0.0)
    maps[-1] = 1e30
    assert range_of_activation("relu", maps).high == 8.0
    assert range_of_activation("sigmoid", maps) == Range(0.0, 1.0, 0.5)
    assert range_of_numbers(torch.tensor([[-4.0], [2.0]])) == Range(-5.0, 5.0, 0.0)


def test_units_without_bounds_have_ranges_of_their_own() -> None:
    film = small_film(hidden=(3,), activation="relu")
    assert film.plane
    points = film.plane.points(large=False).float()
    expected = torch.relu(
        torch.einsum("fui,pi->fup", film.shape.weights(film.parameters)[0], points)
        + film.shape.biases(film.parameters)[0][..., None]
    )
    assert [each.high for each in film.layers[0].ranges] == pytest.approx(expected.amax(dim=(0, 2)).tolist())
    shown = shown_values(film.layers[0]).flatten(2)
    bounds = torch.tensor([each.high for each in film.layers[0].ranges])[:, None]
    assert bool(((shown - expected).abs() <= 0.01 * bounds).all())


def test_only_so_many_units_have_maps() -> None:
    film = small_film(hidden=(MAX_UNITS + 3,), epochs=1)
    assert film.layers[0].maps is not None
    assert film.layers[0].maps.shape == (2, MAX_UNITS, 30, 30)


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
