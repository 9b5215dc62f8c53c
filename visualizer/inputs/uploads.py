"""Files that visitors bring, as Streamlit keeps them."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile


def brought_file(field: str) -> UploadedFile | None:
    """The file in a field, in its callback; None for one that was let go: Streamlit may tell of a file twice."""
    file = st.session_state.get(field)
    return None if file is None or isinstance(file, DeletedFile) else file


def forget_upload(file: UploadedFile) -> None:
    """Let go of a file, which Streamlit would keep as long as the session lasts; its field must not be drawn again."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
