"""Data sets: what their formulas say, drawn by the generator alone, within the limits that they state."""

from __future__ import annotations

import math

import pytest
import torch
from sklearn import datasets
from torch import Tensor

from visualizer.engine.data.data_sets import DATA_SETS, DataSet
from visualizer.engine.data.digits import load_digits

ALL = list(DATA_SETS.values())
PLANE = [each for each in ALL if each.kind == "classes" and len(each.inputs) == 2]
NUMBERS = [each for each in ALL if each.kind == "numbers"]


def seeded(seed: int = 1) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def drawn(name: str, count: int = 600, noise: float = 0.0) -> tuple[Tensor, Tensor]:
    return DATA_SETS[name].sample(count, noise, seeded())


@pytest.mark.parametrize("data", ALL, ids=lambda data: data.name)
def test_shapes_and_types_are_as_stated(data: DataSet) -> None:
    x, labels = data.sample(37, 0.2, seeded())

    assert x.shape == (37, len(data.inputs))
    assert labels.shape == (37,)
    assert x.dtype == torch.float64
    assert bool(torch.isfinite(x).all())
    if data.kind == "classes":
        assert labels.dtype == torch.int64
        assert 0 <= int(labels.min()) <= int(labels.max()) < len(data.classes)
    else:
        assert labels.dtype == torch.float64
        assert data.classes == ()


@pytest.mark.parametrize("data", ALL, ids=lambda data: data.name)
def test_the_generator_alone_decides(data: DataSet) -> None:
    state = torch.get_rng_state()
    first, again, other = (data.sample(50, 0.1, seeded(seed)) for seed in (1, 1, 2))

    assert all(torch.equal(one, two) for one, two in zip(first, again, strict=True))
    assert not torch.equal(first[0], other[0])
    assert torch.equal(state, torch.get_rng_state())


@pytest.mark.parametrize("data", PLANE, ids=lambda data: data.name)
def test_classes_are_as_many_as_can_be(data: DataSet) -> None:
    _, labels = data.sample(62, 0.0, seeded())
    counts = torch.bincount(labels, minlength=len(data.classes))

    assert int(counts.max() - counts.min()) <= 1


@pytest.mark.parametrize(
    "data", [each for each in ALL if not each.name.startswith("gaussians")], ids=lambda data: data.name
)
def test_without_noise_inputs_lie_between_minus_1_and_1(data: DataSet) -> None:
    x, _ = data.sample(1000, 0.0, seeded())

    assert float(x.abs().max()) <= 1


@pytest.mark.parametrize("data", NUMBERS, ids=lambda data: data.name)
def test_numbers_are_those_of_the_function_within_minus_1_and_1(data: DataSet) -> None:
    x, y = data.sample(1000, 0.0, seeded())

    assert data.function is not None
    assert torch.equal(y, data.function(x))
    assert float(y.abs().max()) <= 1


@pytest.mark.parametrize("name", ["circles", "sine"])
def test_noise_is_a_standard_deviation(name: str) -> None:
    clean, noisy = (drawn(name, 5000, noise) for noise in (0.0, 0.25))
    what = 0 if name == "circles" else 1

    assert float((noisy[what] - clean[what]).std()) == pytest.approx(0.25, rel=0.05)
    assert torch.equal(noisy[1 - what], clean[1 - what])


def test_circles_are_a_disc_within_a_ring() -> None:
    x, labels = drawn("circles")
    radius = x.norm(dim=1)

    assert float(radius[labels == 1].max()) <= 0.5
    assert float(radius[labels == 0].min()) >= 0.7


def test_xor_is_one_where_exactly_one_is_positive() -> None:
    x, labels = drawn("xor")

    assert torch.equal(labels == 1, (x[:, 0] > 0) ^ (x[:, 1] > 0))
    assert float(x.abs().min()) >= 0.05
    assert len({tuple(signs) for signs in x.sign().tolist()}) == 4


@pytest.mark.parametrize("classes", [2, 3, 4, 5, 6])
def test_gaussians_stand_around_the_middle(classes: int) -> None:
    x, labels = drawn(f"gaussians_{classes}", 600 * classes)
    centres = torch.stack([x[labels == at].mean(dim=0) for at in range(classes)])

    assert len(DATA_SETS[f"gaussians_{classes}"].classes) == classes
    assert torch.allclose(centres.norm(dim=1), torch.full((classes,), 0.7, dtype=torch.float64), atol=0.03)
    assert float(torch.pdist(centres).min()) == pytest.approx(1.4 * math.sin(math.pi / classes), abs=0.05)


def test_spirals_turn_1_75_times_and_are_opposite() -> None:
    x, labels = drawn("spirals")
    radius = x.norm(dim=1)
    angle = 3.5 * math.pi * radius + math.pi * labels
    expected = radius[:, None] * torch.stack((angle.cos(), angle.sin()), dim=1)

    assert torch.allclose(x, expected)
    assert float(radius.min()) >= 0.05


def test_moons_are_those_of_scikit_learn_scaled() -> None:
    x, labels = drawn("moons")
    theirs, their_labels = datasets.make_moons(400, noise=None)
    scaled = torch.tensor([0.5, 0.25], dtype=torch.float64) + 1.5 * x

    for points, of in ((scaled, labels), (torch.from_numpy(theirs), torch.from_numpy(their_labels))):
        upper, lower = points[of == 0], torch.tensor([1.0, 0.5], dtype=torch.float64) - points[of == 1]
        for moon in (upper, lower):
            assert torch.allclose(moon.norm(dim=1), torch.ones(len(moon), dtype=torch.float64))
            assert float(moon[:, 1].min()) >= -1e-12
            assert float(moon[:, 0].min()) < -0.99
            assert float(moon[:, 0].max()) > 0.99


def test_neighbouring_squares_of_the_board_differ() -> None:
    x, labels = drawn("checkerboard", 2000)
    square = ((x + 1) * 2).floor().long()

    assert torch.equal(labels, square.sum(dim=1) % 2)
    assert len({tuple(at) for at in square.tolist()}) == 16


@pytest.mark.parametrize(
    ("name", "x", "y"),
    [
        ("line", [0.5], 0.3),
        ("sine", [0.25], 1.0),
        ("step", [0.0], 1.0),
        ("step", [-0.001], -1.0),
        ("bump", [0.0], 1.0),
        ("bend", [-0.5], 0.0),
        ("chirp", [0.0], 0.0),
        ("chirp", [math.sqrt(0.5) - 1], 1.0),
        ("plane", [0.5, -0.1], 0.2),
        ("saddle", [0.5, 1.0], -0.75),
        ("product", [0.5, -0.5], -0.25),
        ("ripple", [0.0, 1 / 3], -1.0),
    ],
)
def test_functions_at_points_worked_out_by_hand(name: str, x: list[float], y: float) -> None:
    function = DATA_SETS[name].function

    assert function is not None
    assert float(function(torch.tensor([x], dtype=torch.float64))) == pytest.approx(y, abs=1e-12)


def test_digits_are_those_of_scikit_learn() -> None:
    pixels, labels = load_digits()
    theirs = datasets.load_digits()

    assert torch.equal(pixels * 16, torch.from_numpy(theirs.data))
    assert labels.tolist() == theirs.target.tolist()


def test_digits_are_drawn_once_each_and_stay_within_paper_and_ink() -> None:
    x, labels = drawn("digits", 1797)
    _, all_labels = load_digits()

    assert torch.equal(labels.bincount(), all_labels.bincount())
    assert len(x.unique(dim=0)) == len(load_digits()[0].unique(dim=0))
    noisy, _ = drawn("digits", 100, 0.5)
    assert 0 <= float(noisy.min()) <= float(noisy.max()) <= 1


@pytest.mark.parametrize(
    ("count", "noise", "message"),
    [
        (0, 0.0, "count must be from 1 to 1797, got 0"),
        (1798, 0.0, "count must be from 1 to 1797, got 1798"),
        (9, -0.1, "noise must be finite and at least 0, got -0.1"),
        (9, math.nan, "noise must be finite and at least 0, got nan"),
    ],
)
def test_arguments_beyond_the_limits_are_refused(count: int, noise: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DATA_SETS["digits"].sample(count, noise, seeded())
