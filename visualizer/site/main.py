"""The entry script: the frame, and the page that the address names."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import streamlit as st

from visualizer.site import catalogue
from visualizer.site.menus import draw_menus, home_for, pages
from visualizer.ui import frame


def _unknown_address() -> str:
    """The address where no page has it, else nothing. A page's address cannot have a slash within it."""
    path = unquote(urlsplit(st.context.url or "").path).strip("/")
    known = {page.url_path for page in catalogue.PAGES}
    return path if "/" not in path and path not in known else ""


unknown = _unknown_address()
unlisted = [home_for(unknown)] if unknown else []
page = st.navigation([*pages(), *unlisted], position="hidden")
at_home = page.title == "Unrolled"
st.set_page_config(page_title=page.title if at_home else f"{page.title} · Unrolled", layout="wide")
st.session_state["unknown_address"] = unknown
frame.enter(page)
with frame.bar():
    draw_menus(page)
page.run()
