"""The typed settings of a lesson: each draws its widget, names itself in the URL, and checks what comes from outside.

Numbers are in `number_settings.py`. A lesson declares its settings once, see `declared.py`. Streamlit binds the widgets
to the URL, but for choices.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner import get_script_run_ctx

from visualizer.text.plain import one_line
from visualizer.ui.panel import is_closed, is_read

T = TypeVar("T")

_PUT = "settings_put"
"""In the session: what was put, and what the field held before, by the setting's name."""
_LONGEST = 40
_SWITCH = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}


@dataclass(frozen=True)
class Setting(ABC, Generic[T]):
    """A setting: `name` in the URL, `label` and `help` for people, and the value it has unless someone says else."""

    name: str
    label: str
    help: str
    default: T = field(default=cast("Any", None), kw_only=True)

    @abstractmethod
    def parse(self, text: str) -> T:
        """The value that a text from the URL stands for. Raises ValueError for every other text."""

    @abstractmethod
    def coerce(self, value: object) -> T:
        """A value as it came from the browser, brought within the limits; the default where that makes no sense."""

    @abstractmethod
    def text(self, value: T) -> str:
        """The value as Streamlit writes it into the URL."""

    @property
    def most_characters(self) -> int:
        """How long a text from the URL may be."""
        return _LONGEST

    def stored(self, value: T) -> object:
        """The value as the widget keeps it in the session."""
        return value

    def asked(self) -> T:
        """What the session or a new link says, before the widget is drawn."""
        return self.coerce(st.session_state[self.name]) if self.name in st.session_state else self.linked()

    def linked(self) -> T:
        """What the address says; the default where it says nothing that can be."""
        try:
            return self.parse(st.query_params.get(self.name, self.text(self.default)))
        except ValueError:
            return self.default

    def put(self, value: T) -> None:
        """Have this value from now on; for callbacks, and before the widget is drawn.

        A field in a panel that was opened and closed again does not hear of it: the browser goes on sending what it
        held before, until the panel opens.
        """
        marks = st.session_state.setdefault(_PUT, {})
        _, before = marks.get(self.name, (None, st.session_state.get(self.name)))
        st.session_state[self.name] = stored = self.stored(value)
        marks[self.name] = (stored, before)

    def keep_put(self) -> None:
        """Before the widget is drawn: hold what was put against what the closed panel's field held before."""
        marks = st.session_state.get(_PUT, {})
        if self.name not in marks:
            return
        stored, before = marks[self.name]
        if is_closed() or st.session_state.get(self.name) == before:
            st.session_state[self.name] = stored
        if not is_closed():
            del marks[self.name]

    def keep_in_address(self) -> None:
        """Write what the app itself has set into the address. Streamlit does where the widget was there before: not in
        a panel that nobody has opened."""
        if self.name in st.session_state and self.name not in st.query_params:
            value = self.coerce(st.session_state[self.name])
            if value != self.default:
                with suppress(StreamlitAPIException):  # the widget was there before
                    st.query_params[self.name] = self.text(value)

    def bound(self, disabled: bool, on_change: Callable[[], None] | None, limits: str = "") -> dict[str, Any]:
        """What a widget that Streamlit binds to the URL is drawn with; `limits` are said with its label."""
        self.keep_put()
        self.keep_in_address()
        return {
            "label": f"{self.label}{limits}",
            "help": self.help,
            "key": self.name,
            "bind": "query-params",
            "disabled": disabled,
            "on_change": on_change or "rerun",
        }

    @abstractmethod
    def draw(self, *, disabled: bool = False, on_change: Callable[[], None] | None = None) -> T:
        """Draw the widget, bound to the URL, and return its checked value; within a closed panel, only read it."""


@dataclass(frozen=True)
class Choice(Setting[str]):
    """One of `options`: key -> label for people. The URL holds the key; a label is understood, as old links have it.

    It is written there by the app: Streamlit would write the label.
    """

    options: Mapping[str, str]
    buttons: bool = False
    _keys: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = {_plain(label): key for key, label in self.options.items()}
        object.__setattr__(self, "_keys", known | {_plain(key): key for key in self.options})

    def parse(self, text: str) -> str:
        key = self._keys.get(_plain(text))
        if key is None:
            raise ValueError(f"{self.name} must be one of {', '.join(self.options)}")
        return key

    def coerce(self, value: object) -> str:
        return value if isinstance(value, str) and value in self.options else self.default

    def text(self, value: str) -> str:
        return value

    def draw(self, *, disabled: bool = False, on_change: Callable[[], None] | None = None, bare: bool = False) -> str:
        """Draw the widget; `bare`, its buttons stand in one row without a label above it."""
        if is_read(self.name):
            return self.asked()
        self._follow_address()
        self.keep_put()
        common: dict[str, Any] = {
            "label": self.label,
            "options": list(self.options),
            "format_func": self.options.__getitem__,
            "help": None if bare else self.help,
            "key": self.name,
            "persist_state": "session",
            "label_visibility": "collapsed" if bare else "visible",
            "disabled": disabled,
            "on_change": on_change or "rerun",
        }
        if self.buttons:
            drawn: object = st.segmented_control(required=True, wrap=not bare, **common)
        else:
            drawn = st.selectbox(**common)
        value = self.coerce(drawn)
        self._write_in_address(value)
        return value

    def _follow_address(self) -> None:
        """Take what the address says where the browser's back button led to it, or nobody has chosen before."""
        context = get_script_run_ctx()
        if context and context.is_history_navigation:
            self.put(self.linked())
        elif self.name not in st.session_state:
            st.session_state[self.name] = self.linked()

    def _write_in_address(self, value: str) -> None:
        text = "" if value == self.default else value
        if text and text != st.query_params.get(self.name):
            st.query_params[self.name] = text
        elif not text and self.name in st.query_params:
            del st.query_params[self.name]


@dataclass(frozen=True)
class Text(Setting[str]):
    """A line of text, of at most `longest` characters. It is data: shown as plain text, never run or laid out.

    Tabs and line ends that were pasted count as blanks, other characters that can't be seen do not count.
    """

    longest: int

    @property
    def most_characters(self) -> int:
        return self.longest

    def parse(self, text: str) -> str:
        if len(text) > self.longest:
            raise ValueError(f"{self.name} must be a line of at most {self.longest} characters")
        return one_line(text)

    def coerce(self, value: object) -> str:
        return one_line(value[: self.longest]) if isinstance(value, str) else self.default

    def text(self, value: str) -> str:
        return value

    def draw(self, *, disabled: bool = False, on_change: Callable[[], None] | None = None) -> str:
        if is_read(self.name):
            return self.asked()
        drawn = st.text_input(value=self.default, max_chars=self.longest, **self.bound(disabled, on_change))
        return self.coerce(drawn)


@dataclass(frozen=True)
class Switch(Setting[bool]):
    """On or off."""

    def parse(self, text: str) -> bool:
        if text.lower() not in _SWITCH:
            raise ValueError(f"{self.name} must be true or false")
        return _SWITCH[text.lower()]

    def coerce(self, value: object) -> bool:
        return value if isinstance(value, bool) else self.default

    def text(self, value: bool) -> str:
        return str(value).lower()

    def draw(self, *, disabled: bool = False, on_change: Callable[[], None] | None = None) -> bool:
        if is_read(self.name):
            return self.asked()
        return self.coerce(st.toggle(value=self.default, **self.bound(disabled, on_change)))


def _plain(text: str) -> str:
    """A name as compared: leaky_relu, leaky-relu and "Leaky ReLU" are the same."""
    return text.strip().lower().replace("_", " ").replace("-", " ")
