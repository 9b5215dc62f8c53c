"""The gallery and the query of this visit: computed where they are new, else as they are."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from visualizer.engine.convnet.imagenet_net import is_loaded, load_net
from visualizer.inputs.images.panel import Chosen
from visualizer.lessons.retrieval.gallery.gallery import Entry, Gallery, entry_of
from visualizer.lessons.retrieval.gallery.uploads import own_gallery
from visualizer.lessons.retrieval.settings import CROP, OWN
from visualizer.lessons.retrieval.shared import PHOTOS, SHARED

_GALLERY, _ASKED = "retrieval_open", "retrieval_asked"


@dataclass(frozen=True)
class Query:
    """The image that is asked with; `place` is where it stands in the gallery, None where it is not in there.

    `of_gallery` says that it was chosen there, not under “Image”.
    """

    entry: Entry
    place: int | None
    of_gallery: bool = False


def load() -> None:
    """Load the net, with words where that takes a moment."""
    if not is_loaded():
        with st.spinner("Loading EfficientNet-Lite0, 4.65 million weights learned on ImageNet; once for all visitors."):
            load_net()


def open_gallery(name: str) -> Gallery:
    """The gallery of that name, with the visitor's own images where they belong."""
    own = own_gallery()
    if name == OWN:
        key, entries = f"{OWN} {own.serial}", tuple(own.entries)
    else:
        shared = _described(name)
        if name != PHOTOS or not own.entries:
            return shared
        key, entries = f"{name} {own.serial}", (*shared.entries, *own.entries)
    kept: Gallery | None = st.session_state.get(_GALLERY)
    if kept is None or kept.name != key:
        st.session_state[_GALLERY] = kept = Gallery(key, entries)
    return kept


def size_of(name: str) -> int | None:
    """How many images the gallery has; None where that is not known yet, or it has none."""
    own = len(own_gallery().entries)
    if name == OWN:
        return own or None
    shared = SHARED[name].known()
    return None if shared is None else len(shared) + (own if name == PHOTOS else 0)


def open_query(gallery: Gallery, number: int, chosen: Chosen, look: str) -> Query:
    """The image of the gallery with that number, counted from 1, or else the image at the top right."""
    if 1 <= number <= len(gallery):
        return Query(gallery.entries[number - 1], number - 1, of_gallery=True)
    crop = chosen.crop if look == CROP else None
    place = gallery.place_of_sample(chosen.picture.sample) if crop is None else None
    if place is not None:
        return Query(gallery.entries[place], place)
    asked = st.session_state.get(_ASKED)
    if asked is None or asked[0] is not chosen.picture or asked[1] != crop:
        st.session_state[_ASKED] = asked = (chosen.picture, crop, _asked(chosen, look))
    entry: Entry = asked[2]
    return Query(entry, gallery.place_of_sample(entry.sample))


def _asked(chosen: Chosen, look: str) -> Entry:
    load()
    picture, crop = chosen.picture, chosen.crop
    if look == CROP:
        rows, columns = slice(crop.top, crop.top + crop.height), slice(crop.left, crop.left + crop.width)
        return entry_of(picture.pixels[rows, columns], f"{picture.name}, its crop", own=chosen.own)
    return entry_of(picture.pixels, picture.name, sample=picture.sample, own=chosen.own)


def _described(name: str) -> Gallery:
    shared = SHARED[name]
    known = shared.known()
    if known is not None:
        return known
    load()
    bar = st.progress(0.0)

    def told(done: int, total: int) -> None:
        bar.progress(
            done / total, text=f"Computing the features of each image, once for all visitors: {done} of {total}"
        )

    found = shared.get(told)
    bar.empty()
    return found
