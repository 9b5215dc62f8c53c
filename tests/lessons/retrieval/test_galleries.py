"""Galleries in the making: visitors share the work, and what is interrupted goes on where it stopped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch

from tests.lessons.retrieval.made import described
from visualizer.lessons.retrieval import shared
from visualizer.lessons.retrieval.gallery.gallery import Entry, Gallery, Source, thumb_of
from visualizer.lessons.retrieval.shared import SHARED, SharedGallery


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the images that were described, without the net."""
    names: list[str] = []

    def entry(pixels: np.ndarray, name: str, **known: int) -> Entry:
        names.append(name)
        return Entry(name, "", described(0.0, 0.0), known["label"])

    monkeypatch.setattr(shared, "entry_of", entry)
    return names


def making(count: int) -> SharedGallery:
    sources = [Source(np.zeros((2, 2, 3), np.uint8), str(number), number % 2) for number in range(count)]
    return SharedGallery("made", lambda: (sources, ("even", "odd")))


def test_every_picture_is_described_once_whoever_asks(counted: list[str]) -> None:
    gallery = making(40)
    with ThreadPoolExecutor(4) as visitors:
        found: list[Gallery] = list(visitors.map(lambda _: gallery.get(lambda done, total: None), range(4)))
    assert all(each is found[0] for each in found)
    assert counted == [str(number) for number in range(40)]
    assert found[0].labels.tolist() == [0, 1] * 20
    assert found[0].classes == ("even", "odd")


def test_who_leaves_does_not_undo_the_work(counted: list[str]) -> None:
    gallery, told = making(5), []

    def leave(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        gallery.get(leave)
    gallery.get(lambda done, total: told.append((done, total)))
    assert told == [(number, 5) for number in (1, 2, 3, 4, 5)]
    assert len(counted) == 5


@pytest.mark.parametrize("name", ["changed", "digits", "fashion"])
def test_the_labelled_galleries_have_as_many_of_each_class(name: str) -> None:
    sources, classes = SHARED[name].sources()
    counts = torch.bincount(torch.tensor([source.label for source in sources]))
    assert len(counts) == len(classes)
    assert len(set(counts.tolist())) == 1
    assert all(source.pixels.dtype == np.uint8 and source.pixels.shape[2] == 3 for source in sources)
    assert len(sources) <= 500
    assert len({source.name for source in sources}) == len(sources)


def test_small_pictures_are_kept_as_they_are_and_large_ones_made_small() -> None:
    assert thumb_of(np.zeros((28, 28, 3), np.uint8)).startswith("data:image/png;base64,")
    noise = np.random.default_rng(0).integers(0, 256, (700, 1000, 3), np.uint8)
    assert thumb_of(noise).startswith("data:image/jpeg;base64,")
    assert len(thumb_of(noise)) < 12_000
