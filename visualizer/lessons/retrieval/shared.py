"""The galleries that are there already: those that come with the app, and those described once, for all visitors."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import torch

from visualizer.engine.data.labelled_images import Name, labelled_images
from visualizer.inputs.images.samples import label_of, photos, versions
from visualizer.lessons.retrieval.gallery.gallery import Entry, Gallery, Source, entry_of
from visualizer.lessons.retrieval.gallery.shipped import first_of_each, shipped_gallery

PHOTOS, CHANGED = "photos", "changed"
LABELLED: tuple[Name, ...] = ("digits", "fashion", "signs")
MAX_LABELLED = 200
"""How many images the labelled galleries have at most, as many of each class."""
Told = Callable[[int, int], None]


@dataclass
class SharedGallery:
    """A gallery in the making. Visitors who ask for it at the same time work on it together, image by image."""

    name: str
    sources: Callable[[], tuple[list[Source], tuple[str, ...]]]
    shipped: Callable[[], Gallery | None] = lambda: None
    lock: threading.Lock = field(default_factory=threading.Lock)
    gallery: Gallery | None = None
    _entries: list[Entry] = field(default_factory=list)
    _left: list[Source] | None = None
    _classes: tuple[str, ...] = ()

    def known(self) -> Gallery | None:
        """The gallery where it is there at once."""
        with self.lock:
            if self.gallery is None and not self._entries:
                self.gallery = self.shipped()
        return self.gallery

    def get(self, told: Told) -> Gallery:
        """The gallery; `told` hears how many images are described, of how many, and may end the work for now."""
        while (known := self.known()) is None:
            with self.lock:
                self._describe_next()
                done, left = len(self._entries), len(self._left or ())
            told(done, done + left)
        return known

    def describe(self) -> Gallery:
        """The gallery computed afresh, whatever comes with the app."""
        return SharedGallery(self.name, self.sources).get(lambda done, total: None)

    def _describe_next(self) -> None:
        if self.gallery is not None:
            return
        if self._left is None:
            sources, self._classes = self.sources()
            self._left = sources[::-1]
        source = self._left[-1]
        self._entries.append(entry_of(source.pixels, source.name, label=source.label, sample=source.sample))
        self._left.pop()
        if not self._left:
            self.gallery = Gallery(self.name, self._entries, self._classes)


def _photos() -> tuple[list[Source], tuple[str, ...]]:
    return [Source(each.pixels, label_of(each), sample=each.sample) for each in photos()], ()


def _changed() -> tuple[list[Source], tuple[str, ...]]:
    """Every photo in six versions; what is on an image is which photo it comes from."""
    found = photos()
    sources = [
        Source(pixels, f"{label_of(each)}, {name}" if name else label_of(each), label, "" if name else each.sample)
        for label, each in enumerate(found)
        for name, pixels in versions(each).items()
    ]
    return sources, tuple(label_of(each) for each in found)


def _labelled(name: Name) -> tuple[list[Source], tuple[str, ...]]:
    """The first images of each class, in the order in which they come."""
    found = labelled_images(name, "test")
    images = (found.images * 255).round().to(torch.uint8).expand(-1, 3, -1, -1).permute(0, 2, 3, 1).numpy()
    seen = [0] * len(found.classes)
    sources = []
    for image, label in zip(images, found.labels.tolist(), strict=True):
        seen[label] += 1
        if seen[label] <= MAX_LABELLED // len(seen):
            sources.append(Source(image, f"{found.classes[label]}, no. {seen[label]}", label))
    return sources, found.classes


def _shipped_photos() -> Gallery | None:
    """The photos are among their versions, the first of each."""
    versions = SHARED[CHANGED].known()
    return versions and first_of_each(versions, PHOTOS)


SHARED = {
    each.name: each
    for each in (
        SharedGallery(PHOTOS, _photos, _shipped_photos),
        SharedGallery(CHANGED, _changed, partial(shipped_gallery, CHANGED, _changed)),
        *(SharedGallery(name, partial(_labelled, name)) for name in LABELLED),
    )
}
