"""Photos out of the packages' wheels: they are there, each has a name of its own, and versions that differ."""

from __future__ import annotations

import numpy as np

from visualizer.inputs.images.photo_gallery import VERSIONS, label_of, photos, versions
from visualizer.inputs.images.samples import SAMPLES


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
