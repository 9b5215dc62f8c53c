"""Spin image, RIFT and GLOH on regions whose answer is known."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from visualizer.engine.features.descriptors import all_upright, change, region
from visualizer.engine.features.features import Similarity, gloh, rift, spin_image
from visualizer.engine.features.patches import disc
from visualizer.engine.features.ring_descriptors import PLACES, gloh_places

FEATURES = {"spin image": spin_image, "RIFT": rift}


def noise(seed: int) -> torch.Tensor:
    return torch.rand(1, 41, 41, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def smooth(rows: int = 120, columns: int = 150) -> torch.Tensor:
    """Waves in all directions: nothing in it is finer than a dozen pixels."""
    row, column = torch.meshgrid(torch.arange(rows).double(), torch.arange(columns).double(), indexing="ij")
    waves = (torch.sin(row / 7 + column / 13) + torch.cos(column / 5 - row / 17) + torch.sin(row / 4.5)) / 6
    return waves + 0.5


@pytest.mark.parametrize("name", FEATURES)
@settings(max_examples=5)
@given(seed=st.integers(0, 999), turns=st.integers(1, 3))
def test_a_turn_by_90_degrees_changes_nothing(name: str, seed: int, turns: int) -> None:
    patch = noise(seed)
    turned = patch.rot90(turns, (1, 2))
    torch.testing.assert_close(FEATURES[name](turned), FEATURES[name](patch), rtol=0, atol=1e-12)


@pytest.mark.parametrize("turn", [17.0, 30.0, 45.0, 133.0])
def test_any_other_turn_changes_no_more_than_interpolation_does(turn: float) -> None:
    image, motion = smooth(), Similarity(turn)
    point = torch.tensor([[60.0, 75.0]], dtype=torch.float64)
    there = motion.where(point, *image.shape)
    turned = motion.of(image)
    for describe in (spin_image, rift):
        assert change(describe(region(image, point)), describe(region(turned, there))) < 0.03
    upright = gloh(region(image, point, upright=True))
    assert min(change(upright, each[None]) for each in gloh(all_upright(turned, there))) < 0.1


@pytest.mark.parametrize("describe", [spin_image, rift, gloh])
def test_light_and_contrast_change_nothing(describe: object) -> None:
    assert callable(describe)
    torch.testing.assert_close(describe(0.5 * noise(3) + 0.2), describe(noise(3)), rtol=0, atol=1e-9)


def test_a_constant_region() -> None:
    flat = torch.full((1, 41, 41), 0.7)
    assert not rift(flat).any()
    assert not gloh(flat).any()
    found = spin_image(flat.double())[0]
    torch.testing.assert_close(found, found[:1].expand_as(found))  # all brightness is the mean, at every distance
    assert found[0].argmax() in (4, 5)


def test_in_a_cone_all_gradients_point_outwards() -> None:
    cone = disc(41)[0][None]
    found = rift(cone)[0]
    assert float((found[:, 0] ** 2).sum()) > 0.95
    assert float((rift(-cone)[0][:, 4] ** 2).sum()) > 0.95


def test_a_cones_spin_image_is_brighter_farther_out() -> None:
    found = spin_image(disc(41)[0][None])[0].argmax(dim=1)
    assert (found.diff() >= 0).all()
    assert found[0] < 3 < 7 <= found[-1]


def test_rifts_rings_tell_where_an_edge_is() -> None:
    distance = disc(41)[0]
    for ring in range(4):
        spot = (distance < (ring + 0.5) / 4).double()[None]
        assert int((rift(spot)[0] ** 2).sum(dim=1).argmax()) == ring


def test_gloh_counts_an_upright_edge_in_one_direction() -> None:
    edge = torch.zeros(1, 41, 41, dtype=torch.float64)
    edge[..., 21:] = 1
    found = gloh(edge)[0]
    assert float((found[:, 0] ** 2).sum()) == pytest.approx(1)
    assert float(found[0, 0]) > float(found[1:, 0].max())  # most of it in the middle


def test_glohs_places_are_as_in_the_paper() -> None:
    places = gloh_places(301)
    sizes = [float((places == place).sum()) / 150**2 for place in range(PLACES)]
    assert sizes[0] == pytest.approx(math.pi * (6 / 15) ** 2, rel=0.02)
    assert sizes[1] == pytest.approx(math.pi / 8 * ((11 / 15) ** 2 - (6 / 15) ** 2), rel=0.03)
    assert sizes[-1] == pytest.approx(math.pi / 8 * (1 - (11 / 15) ** 2), rel=0.03)
    assert int(places[0, 0]) == -1


def test_each_ring_of_a_spin_image_has_the_sum_1() -> None:
    torch.testing.assert_close(spin_image(noise(1)).sum(dim=2), torch.ones(1, 10, dtype=torch.float64))
