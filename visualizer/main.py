"""The entry script: the frame, and the page that the address names."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import streamlit as st

from visualizer import frame


def _unknown_address() -> str:
    """The address where no page has it, else nothing. A page's address cannot have a slash within it."""
    path = unquote(urlsplit(st.context.url or "").path).strip("/")
    known = {page.url_path for page in frame.PAGES}
    return path if "/" not in path and path not in known else ""


st.set_page_config(page_title="Unrolled", layout="wide", initial_sidebar_state="collapsed")
frame.draw_style()
known = {
    "": [frame.home(), *(lesson.page() for lesson in frame.LESSONS)],
    "Vision": [lesson.page() for lesson in frame.VISION],
    "Labs": [lab.page() for lab in frame.LABS],
}
unknown = _unknown_address()
unlisted = {"Unknown": [frame.home_for(unknown)]} if unknown else {}
page = st.navigation(known | unlisted, position="top")
st.session_state["unknown_address"] = unknown
frame.enter(page)
frame.draw_menu(known, page)
page.run()
