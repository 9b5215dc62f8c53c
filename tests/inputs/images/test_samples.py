"""The samples: all there without a network, each with its licence listed, small enough to be at hand."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import numpy as np
import pytest

from visualizer.inputs.images.crop_setting import Crop
from visualizer.inputs.images.samples import _PHOTOS, LABELS, SAMPLES, VERSIONS, label_of, photos, versions

DATA = (Path(__file__).parents[3] / "docs" / "data.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_there_without_a_network(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("asked the network"))

    picture = SAMPLES[name]()

    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.shape == (picture.height, picture.width, 3)
    assert 8 <= max(picture.pixels.shape) <= 1024
    assert picture.name == LABELS[name]
    assert SAMPLES[name]() is picture


@pytest.mark.parametrize("name", SAMPLES)
def test_the_first_look_is_at_something(name: str) -> None:
    picture = SAMPLES[name]()

    pixels = Crop.busiest(picture, 8, 8).of(picture)

    assert pixels.shape == (3, 8, 8)
    assert float(pixels.max() - pixels.min()) > 0.4


def test_the_drawn_ones_are_whole_tenths() -> None:
    for name in ("edge", "cross"):
        tenths = SAMPLES[name]().pixels / 255 * 10
        assert np.array_equal(tenths, np.round(tenths))


def test_the_cross_tells_the_channels_apart() -> None:
    red, green, blue = SAMPLES["cross"]().pixels.transpose(2, 0, 1)

    assert np.array_equal(red, blue.T)
    assert not green.any()
    assert (red != blue).any()


@pytest.mark.parametrize("file", [file for _, file in _PHOTOS.values()])
def test_every_photo_has_its_licence_listed(file: str) -> None:
    assert re.search(rf"`{re.escape(file)}`.*\|.*(CC0|public domain|No known copyright)", DATA)


def test_every_photo_is_read_and_named() -> None:
    found = photos()
    names = [label_of(each) for each in found]
    assert len(set(names)) == len(found) == 20
    assert names[0] == "cat"
    assert all(each.pixels.ndim == 3 for each in found)


def test_versions_are_what_they_say() -> None:
    picture = SAMPLES["cat"]()
    made = versions(picture)
    assert tuple(made) == VERSIONS
    assert (made[""] == picture.pixels).all()
    assert (made["mirrored"] == picture.pixels[:, ::-1]).all()
    assert abs(made["closer"].shape[1] - 0.6 * picture.width) <= 1
    assert made["darker"].mean() < 0.51 * picture.pixels.mean()
    assert (made["grey"][..., 0] == made["grey"][..., 1]).all()
    assert made["turned"].shape == picture.pixels.shape
    assert all(each.dtype == np.uint8 and each.shape[2] == 3 for each in made.values())
