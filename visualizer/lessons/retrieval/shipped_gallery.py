"""The gallery that the page opens with, as it comes with the app: nobody waits while its pictures are described."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from visualizer.engine.imagenet_net import ClassShare
from visualizer.engine.retrieval_features import WAYS, Described
from visualizer.lessons.retrieval.gallery import UNLABELLED, Entry, Gallery
from visualizer.shipped import shipped

SHIPPED = "retrieval_gallery"


@dataclass(frozen=True, eq=False)
class StoredGallery:
    """A gallery as a file has it: its pictures one after the other, and their numbers as one table for each of `WAYS`.

    Shapes: numbers (n, d), float16, half the bytes of float32, and within 0.05 % of it.
    """

    thumbs: tuple[str, ...]
    names: tuple[str, ...]
    labels: tuple[int, ...]
    samples: tuple[str, ...]
    seen: tuple[tuple[ClassShare, ...], ...]
    numbers: dict[str, Tensor]
    classes: tuple[str, ...]


def stored(gallery: Gallery) -> StoredGallery:
    """A gallery as it is written."""
    entries = gallery.entries
    return StoredGallery(
        tuple(each.thumb for each in entries),
        tuple(each.name for each in entries),
        tuple(each.label for each in entries),
        tuple(each.sample for each in entries),
        tuple(each.described.classes for each in entries),
        {way: gallery.table(way).to(torch.float16) for way in WAYS},
        gallery.classes,
    )


def shipped_gallery(name: str) -> Gallery | None:
    """The gallery of this name that comes with the app; None where none does."""
    found: StoredGallery | None = shipped(SHIPPED, name)
    if found is None:
        return None
    tables = {way: table.float() for way, table in found.numbers.items()}
    entries = [
        Entry(shown, thumb, Described({way: table[at] for way, table in tables.items()}, seen), label, sample)
        for at, (shown, thumb, seen, label, sample) in enumerate(
            zip(found.names, found.thumbs, found.seen, found.labels, found.samples, strict=True)
        )
    ]
    return Gallery(name, entries, found.classes)


def first_of_each(gallery: Gallery, name: str) -> Gallery:
    """A gallery of the first picture of each class, without the classes."""
    firsts = {each.label: each for each in reversed(gallery.entries)}
    return Gallery(name, [replace(each, label=UNLABELLED) for each in reversed(firsts.values())])
