"""Opens a page as its address says, and waits for the run of a lab."""

from __future__ import annotations

from functools import cache

from streamlit.testing.v1 import AppTest

from visualizer import FOLDER
from visualizer.ui.panel import PANELS_OPEN

MAIN = FOLDER / "site" / "main.py"
PATIENCE = 300

_ENOUGH = 60


@cache
def first_visit() -> AppTest:
    """Home, opened once: it makes all pages known by their addresses."""
    return AppTest.from_file(str(MAIN), default_timeout=PATIENCE).run()


def new_visit() -> AppTest:
    """A session of its own that knows the pages: to find them anew costs ten times what opening one does."""
    app = AppTest.from_file(str(MAIN), default_timeout=PATIENCE)
    app._registered_pages = first_visit()._registered_pages
    app._bidi_component_manager = first_visit()._bidi_component_manager
    return app


def opened(script: str, **query: str | list[str]) -> AppTest:
    """The page of `pages/<script>.py`, opened by a link with this address, every panel open."""
    app = new_visit()
    app.session_state[PANELS_OPEN] = True
    app.query_params.update(query)
    return app.switch_page(f"../../pages/{script}.py").run()


def finished(app: AppTest) -> AppTest:
    """The lab with its run done: each look goes on with it."""
    for _ in range(_ENOUGH):
        if not any(button.label == "Cancel" for button in app.button):
            break
        app.run()
    return app


def answer(app: AppTest) -> str:
    """The answer of a lab, nothing while there is none."""
    return next((each.value for each in app.markdown if each.value.startswith("**Answer.**")), "")
