"""The gallery that comes with the app: the same images as described afresh, there without the net."""

from __future__ import annotations

import pytest
import torch

from tests.lessons.retrieval.made import described
from visualizer.engine.convnet import imagenet_net
from visualizer.engine.retrieval.image_vectors import WAYS
from visualizer.lessons.retrieval.gallery.gallery import UNLABELLED, Entry, Gallery, entry_of
from visualizer.lessons.retrieval.gallery.shipped import first_of_each, shipped_gallery
from visualizer.lessons.retrieval.shared import CHANGED, PHOTOS, SHARED


def opened(name: str) -> Gallery:
    found = SHARED[name].known()
    assert found is not None
    return found


def test_it_has_the_pictures_of_the_gallery_as_they_are_described_afresh() -> None:
    gallery, (sources, classes) = opened(CHANGED), SHARED[CHANGED].sources()
    assert gallery.classes == classes
    assert [(e.name, e.label, e.sample) for e in gallery.entries] == [(s.name, s.label, s.sample) for s in sources]
    for place in range(0, len(sources), 19):  # every version is among them
        known, source = gallery.entries[place], sources[place]
        fresh = entry_of(source.pixels, source.name)
        assert known.thumb == fresh.thumb
        assert known.described.classes[0].number == fresh.described.classes[0].number
        for way in WAYS:
            one, other = known.described.numbers[way], fresh.described.numbers[way]
            assert torch.allclose(one, other, rtol=2e-3, atol=2e-3 * float(other.abs().max())), way


def test_the_photos_are_the_first_of_their_versions() -> None:
    photos, (sources, _) = opened(PHOTOS), SHARED[PHOTOS].sources()
    assert [(e.name, e.label, e.sample) for e in photos.entries] == [(s.name, UNLABELLED, s.sample) for s in sources]
    assert photos.place_of_sample("cat") is not None


def test_opening_it_takes_no_net(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imagenet_net, "_read_net", lambda: pytest.fail("the net is not needed"))
    sources, classes = SHARED[CHANGED].sources()
    found = shipped_gallery(CHANGED, lambda: (sources, classes))
    assert found is not None and len(found) == 120
    assert shipped_gallery(CHANGED, lambda: (sources[:-1], classes)) is None, "another choice of images"
    assert shipped_gallery("digits", lambda: (sources, classes)) is None


def test_the_first_of_each_class_keeps_the_order() -> None:
    entries = [Entry(name, "", described(0.0, 0.0), label) for name, label in (("a", 1), ("b", 0), ("c", 1), ("d", 0))]
    assert [each.name for each in first_of_each(Gallery("all", entries, ("x", "y")), "few").entries] == ["a", "b"]
