"""What a visitor uploaded. It is in no address: a page whose address says that there was something, and that has it no
more, as after a reload, says so."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

from visualizer.ui import frame

_GONE = "brought_gone"
_OWN_PICTURE = "own_picture"
"""In the address: the image on screen is the visitor's own."""


def note(what: str, where: str, *, asked: bool, there: bool) -> None:
    """Note whether a thing is gone, in runs of the whole page: `asked` for by the address, and not `there` on arrival.

    `where` is the panel in which it can be brought again; once it is `there`, or not wanted any more, nothing is said.
    """
    gone = _gone()
    if there:
        gone.pop(what, None)
    elif asked and frame.entered():
        gone[what] = where


def note_picture(own: bool) -> None:
    """Have the address say that the image is the visitor's own; where it said so and it is not, it is gone."""
    asked = _OWN_PICTURE in st.query_params
    note("image", "Image", asked=asked, there=own)
    if own and not asked:
        st.query_params[_OWN_PICTURE] = "true"
    elif asked and not own:
        del st.query_params[_OWN_PICTURE]


def forget_gone() -> None:
    """Nothing is gone: the visitor came to another page."""
    _gone().clear()


def draw_gone() -> None:
    """Say what is gone, and where to upload it again."""
    for what, where in _gone().items():
        words = f"The {what} uploaded here is gone: no link can carry it, and no copy is kept. Upload it again under"
        frame.say(f"{words} “{where}”.", f"gone-{what}", action=("Close", partial(_put_away, what)))


def _put_away(what: str) -> None:
    _gone().pop(what, None)


def _gone() -> dict[str, str]:
    gone: dict[str, str] = st.session_state.setdefault(_GONE, {})
    return gone


def brought_file(field: str) -> UploadedFile | None:
    """The file in a field, in its callback; None for one that was let go: Streamlit may tell of a file twice."""
    file = st.session_state.get(field)
    return None if file is None or isinstance(file, DeletedFile) else file


def forget_upload(file: UploadedFile) -> None:
    """Let go of a file, which Streamlit would keep as long as the session lasts; its field must not be drawn again."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
