"""The gallery that the page opens with comes described, so that nobody waits for the net."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from visualizer.engine.convnet.imagenet_net import ClassShare
from visualizer.engine.retrieval.image_vectors import WAYS, Described
from visualizer.lessons.retrieval.gallery.gallery import (
    UNLABELLED,
    Entry,
    Gallery,
    Source,
    thumb_of,
)
from visualizer.ui.shipped import shipped

SHIPPED = "retrieval_gallery"


@dataclass(frozen=True, eq=False)
class StoredGallery:
    """What the images of a gallery are described by; the images themselves are where they came from.

    Shapes: numbers (n, d) for each of `WAYS`, float16: half the bytes of float32, and within 0.05% of it.
    """

    names: tuple[str, ...]
    seen: tuple[tuple[ClassShare, ...], ...]
    numbers: dict[str, Tensor]


def stored(gallery: Gallery) -> StoredGallery:
    """A gallery's descriptions as they are written."""
    return StoredGallery(
        tuple(each.name for each in gallery.entries),
        tuple(each.described.classes for each in gallery.entries),
        {way: gallery.table(way).to(torch.float16) for way in WAYS},
    )


def shipped_gallery(name: str, pictures: Callable[[], tuple[Sequence[Source], tuple[str, ...]]]) -> Gallery | None:
    """The gallery of this name with the descriptions that come with the app; None where none do, or for others."""
    found: StoredGallery | None = shipped(SHIPPED, name)
    if found is None:
        return None
    sources, classes = pictures()
    if tuple(source.name for source in sources) != found.names:
        return None
    tables = {way: table.float() for way, table in found.numbers.items()}
    described = [Described({way: table[at] for way, table in tables.items()}, s) for at, s in enumerate(found.seen)]
    entries = [
        Entry(source.name, thumb_of(source.pixels), each, source.label, source.sample)
        for source, each in zip(sources, described, strict=True)
    ]
    return Gallery(name, entries, classes, shipped=True)


def first_of_each(gallery: Gallery, name: str) -> Gallery:
    """A gallery of the first image of each class, without the classes."""
    firsts = {each.label: each for each in reversed(gallery.entries)}
    return Gallery(name, [replace(each, label=UNLABELLED) for each in reversed(firsts.values())], shipped=True)
