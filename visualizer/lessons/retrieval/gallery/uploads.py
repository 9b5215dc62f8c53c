"""The images that a visitor brings to the gallery: read and described a few at a time, kept for the session."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, Protocol, TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

from visualizer.inputs.images.images import READABLE, read_picture
from visualizer.lessons.retrieval.gallery.gallery import Entry, entry_of
from visualizer.lessons.retrieval.settings import OWN, SETTINGS
from visualizer.lessons.retrieval.shared import PHOTOS
from visualizer.text.plain import shown
from visualizer.ui import frame
from visualizer.ui.brought import forget_upload

_FIELD, _OWN, _WAITING, _TOTAL = "retrieval_files", "retrieval_own", "retrieval_waiting", "retrieval_total"
_FAULTS, _TOO_MANY = "retrieval_faults", "retrieval_too_many"
_WORKED = 1.5
"""Seconds until what is ready is shown."""
MAX_WAITING = 500_000_000
"""Bytes of files that may wait to be read."""
_NAMED = 4
"""How many files that can't be read are named."""


def own_gallery() -> OwnGallery[Entry]:
    """What this visitor has brought so far."""
    kept: OwnGallery[Entry] = st.session_state.setdefault(_OWN, OwnGallery())
    return kept


def draw_uploads() -> None:
    """The field for files, and what there is by now."""
    kept = own_gallery()
    with st.popover(f"Your images ({len(kept.entries)})", key="retrieval_uploads", width="stretch"):
        widget = f"{_FIELD}_{st.session_state.get(f'{_FIELD}_count', 0)}"
        st.file_uploader("Upload images", accept_multiple_files=True, key=widget, on_change=_take, args=(widget,))
        st.markdown(
            f":small[:gray[{READABLE}; up to {MAX_PICTURES} images. They are kept for this visit only, small and as "
            f"numbers, in at most {MAX_BYTES // 10**6} MB; then the oldest go. A link can’t carry them.]]"
        )
        st.button("Remove all", key="retrieval_clear", on_click=_clear, disabled=not kept.entries)


def read_waiting() -> bool:
    """Read files that were brought, for a moment, with their progress; whether there are more."""
    waiting: list[UploadedFile] = st.session_state.get(_WAITING, [])
    if not waiting:
        return False
    total, end = st.session_state[_TOTAL], time.monotonic() + _WORKED
    bar = st.progress(0.0)
    while waiting and time.monotonic() < end:
        done = total - len(waiting)
        bar.progress(done / total, text=f"Reading your images, and computing their features: {done} of {total}")
        _read(waiting.pop(0))
    bar.empty()
    return bool(waiting)


def draw_notes() -> None:
    """What was not read or had to go, in words."""
    faults: list[str] = st.session_state.get(_FAULTS, [])
    kept = own_gallery()
    said = [
        *([st.session_state[_TOO_MANY]] if st.session_state.get(_TOO_MANY) else []),
        *([_gone(kept)] if kept.gone else []),
        *faults[:_NAMED],
        *([f"{len(faults) - _NAMED} more files can’t be read."] if len(faults) > _NAMED else []),
    ]
    if said:
        frame.say("\n".join(said), "retrieval-uploads", action=("Close", _put_away))


def _gone(kept: OwnGallery[Entry]) -> str:
    some = "1 image, the oldest, has" if kept.gone == 1 else f"{kept.gone:,} images, the oldest, have"
    return f"There is room for {kept.most} images and {kept.most_bytes // 10**6} MB: {some} gone."


def _take(widget: str) -> None:
    """Note down what was brought; it is read when the page is drawn. An empty field follows."""
    brought = st.session_state.get(widget) or []
    files = [file for file in brought if not isinstance(file, DeletedFile)]
    if not files:
        return
    _put_away()
    taken, words = _as_many_as_fit(files)
    st.session_state[_TOO_MANY] = words
    waiting = st.session_state.setdefault(_WAITING, [])
    waiting.extend(taken)
    st.session_state[_TOTAL] = len(waiting)
    st.session_state[f"{_FIELD}_count"] = st.session_state.get(f"{_FIELD}_count", 0) + 1
    for file in files:
        forget_upload(file)
    if st.session_state.get(SETTINGS["gallery"].name) not in (OWN, PHOTOS):
        SETTINGS["gallery"].put(PHOTOS)
        SETTINGS["query"].put(0)


def _as_many_as_fit(files: list[UploadedFile]) -> tuple[list[UploadedFile], str]:
    """The first files, as many as may wait to be read, and words about the others, if there are any."""
    taken = files[:MAX_PICTURES]
    together = list(accumulate(file.size for file in taken))
    if together[-1] > MAX_WAITING:
        taken = taken[: max(1, sum(size <= MAX_WAITING for size in together))]
        size = f"{MAX_WAITING // 10**6} MB"
        return taken, f"At most {size} are read at once: the first {len(taken):,} of {len(files):,} images are."
    if len(files) > MAX_PICTURES:
        room = f"more than the {MAX_PICTURES} that there is room for"
        return taken, f"{len(files):,} images are {room}: the first {MAX_PICTURES} are read."
    return taken, ""


def _read(file: UploadedFile) -> None:
    try:
        picture = read_picture(file.getvalue(), file.name)
    except ValueError as error:
        st.session_state.setdefault(_FAULTS, []).append(f"{shown(file.name)}: {error}")
        return
    own_gallery().add(entry_of(picture.pixels, picture.name, own=True))


def _put_away() -> None:
    st.session_state.pop(_FAULTS, None)
    st.session_state.pop(_TOO_MANY, None)
    own_gallery().gone = 0


def _clear() -> None:
    st.session_state.pop(_WAITING, None)
    _put_away()
    own_gallery().clear()


MAX_PICTURES = 500
MAX_BYTES = 200_000_000


class Sized(Protocol):
    """What takes memory."""

    @property
    def bytes(self) -> int: ...


E = TypeVar("E", bound=Sized)


class OwnGallery(Generic[E]):
    """At most `most` entries of at most `most_bytes` together, in the order in which they came.

    `serial` is another one after every change; `gone` counts those that had to go.
    """

    def __init__(self, most: int = MAX_PICTURES, most_bytes: int = MAX_BYTES) -> None:
        self.most, self.most_bytes = most, most_bytes
        self._entries: list[E] = []
        self.serial = self.gone = self.bytes = 0

    @property
    def entries(self) -> Sequence[E]:
        return self._entries

    def add(self, entry: E) -> None:
        """Take one more; the oldest go where there is no room, but never the one that came last."""
        self._entries.append(entry)
        self.bytes += entry.bytes
        self.serial += 1
        while len(self._entries) > 1 and (len(self._entries) > self.most or self.bytes > self.most_bytes):
            self.bytes -= self._entries.pop(0).bytes
            self.gone += 1

    def clear(self) -> None:
        """Let go of all of them."""
        self._entries.clear()
        self.bytes = self.gone = 0
        self.serial += 1
