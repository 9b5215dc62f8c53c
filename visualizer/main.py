"""The entry script: the frame, and the page that the address names."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import streamlit as st

from visualizer import frame


def _unknown_address() -> str:
    """The address where no page has it, else nothing. A page's address cannot have a slash within it."""
    path = unquote(urlsplit(st.context.url or "").path).strip("/")
    known = {lesson.url_path for lesson in frame.LESSONS}
    return path if "/" not in path and path not in known else ""


st.set_page_config(page_title="Unrolled", layout="wide", initial_sidebar_state="collapsed")
frame.draw_style()
pages = [frame.home(), *(lesson.page() for lesson in frame.LESSONS)]
known = list(pages)
if unknown := _unknown_address():
    pages.append(frame.home_for(unknown))
page = st.navigation(pages, position="top")
st.session_state["unknown_address"] = unknown
frame.enter(page)
frame.draw_menu(known, page)
page.run()
