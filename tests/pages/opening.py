"""Opens a page as its address says, and waits for the run of a lab."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.test_grid_lessons import MAIN

_ENOUGH = 60


def opened(script: str, **query: str) -> AppTest:
    """The page of `pages/<script>.py`, opened from the home page with this address."""
    app = AppTest.from_file(str(MAIN), default_timeout=30).run()
    for name, text in query.items():
        app.query_params[name] = text
    return app.switch_page(f"../pages/{script}.py").run()


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
