"""What travels to the browser."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.film.films import small_film
from tests.web.unpacking import unpacked
from visualizer.film.film import Film
from visualizer.film.payload import pack, packed


def unpack(blob: str) -> dict[str, Any]:
    """The header, with the arrays in it."""
    header, arrays = unpacked(blob)
    return header | {"arrays": arrays}


def levels(header: dict[str, Any], layer: int) -> np.ndarray:
    """A layer's maps, with the differences undone."""
    differences = header["arrays"][f"map{layer}"]
    return np.cumsum(differences, axis=-1, dtype=differences.dtype)


@pytest.mark.parametrize("name", ["circles", "gaussians_3", "sine", "ripple", "digits"])
def test_every_number_arrives_bit_for_bit(name: str) -> None:
    film = small_film(name)
    arrays = unpack(pack(film))["arrays"]
    assert arrays["epochs"].tolist() == film.epochs.tolist()
    np.testing.assert_array_equal(arrays["parameters"], film.parameters.numpy())
    for curve, values in film.curves.items():
        np.testing.assert_array_equal(arrays[curve], values.numpy())


@pytest.mark.parametrize("name", ["circles", "gaussians_3", "sine"])
def test_every_map_arrives_level_for_level(name: str) -> None:
    film = small_film(name, (3, 2))
    header = unpack(pack(film))
    for number, layer in enumerate(film.layers):
        assert layer.maps is not None
        np.testing.assert_array_equal(levels(header, number), layer.maps.numpy())


def test_classes_travel_by_their_number() -> None:
    film = small_film()
    arrays = unpack(pack(film))["arrays"]
    assert arrays["train_y"].tolist() == ((film.data.train_y[:, 0] + 1) / 2).tolist()
    np.testing.assert_allclose(arrays["test_x"], film.data.test_x.numpy(), rtol=1e-6)
    film = small_film("gaussians_3")
    assert unpack(pack(film))["arrays"]["train_y"].tolist() == film.data.train_y.argmax(dim=1).tolist()


def test_the_same_film_is_the_same_text_and_packed_once() -> None:
    film = small_film()
    assert pack(film) == pack(film)
    assert packed(film) is packed(film)


def test_a_diverged_film_travels() -> None:
    header = unpack(pack(small_film("sine", rate=1e30, optimiser="sgd", epochs=20)))
    assert header["diverged"] >= 0
    assert header["cause"]
    assert np.isnan(header["arrays"]["parameters"][-1]).all()


@pytest.mark.parametrize(
    ("hidden", "activation", "limit"), [((8,), "tanh", 700_000), ((8,) * 6, "tanh", 4_000_000), ((8,), "relu", 700_000)]
)
def test_it_is_small(hidden: tuple[int, ...], activation: str, limit: int) -> None:
    film: Film = small_film("spirals", hidden, activation=activation, epochs=100, points=250)
    assert len(film) == 100
    assert len(pack(film)) < limit
