"""What a visitor did is taken over in full, even when the next thing they do comes in the middle of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from streamlit.runtime.scriptrunner import RerunException

_Given = ParamSpec("_Given")
_TRIES = 20


def unbroken(callback: Callable[_Given, None]) -> Callable[_Given, None]:
    """A callback of a widget or component that is run again where the visitor's next request broke it off.

    Streamlit looks for such a request whenever a callback touches the session state, and drops the rest of the
    callback; it still gets to know of the request when the callback is done. The callback must read its input before it
    changes anything.
    """

    @wraps(callback)
    def run(*args: _Given.args, **kwargs: _Given.kwargs) -> None:
        broken_off: RerunException | None = None
        for _ in range(_TRIES):
            try:
                callback(*args, **kwargs)
            except RerunException as request:
                broken_off = request
            else:
                break
        if broken_off:
            raise broken_off

    return run
