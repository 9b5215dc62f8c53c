"""Files that visitors bring."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile, UploadedFileRec

from visualizer.ui.brought import brought_file


def test_a_file_is_there_until_it_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    file = UploadedFile(UploadedFileRec("1", "a.csv", "text/csv", b"1,2"), FileURLs())
    for held, found in ((file, file), (DeletedFile("1"), None), (None, None)):
        monkeypatch.setattr(st, "session_state", {"field": held})
        assert brought_file("field") is found
