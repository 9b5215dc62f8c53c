"""Opens a page as its address says, and waits for the run of a lab."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from visualizer import FOLDER
from visualizer.ui.panel import PANELS_OPEN

MAIN = FOLDER / "site" / "main.py"
PATIENCE = 300

_ENOUGH = 60


def opened(script: str, **query: str | list[str]) -> AppTest:
    """The page of `pages/<script>.py`, opened by a link with this address, every panel open."""
    app = AppTest.from_file(str(MAIN), default_timeout=PATIENCE)
    app.session_state[PANELS_OPEN] = True
    app.run()  # the pages are known by their addresses from now on
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
