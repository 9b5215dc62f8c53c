"""The address of a lesson's page, checked before anything is drawn from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from visualizer.text.plain import shown
from visualizer.ui import frame
from visualizer.ui.brought import draw_gone, forget_gone
from visualizer.ui.edits import Edits, LinkedEdits
from visualizer.ui.number_settings import Integer
from visualizer.ui.settings import Setting
from visualizer.unattended import note_refusal

STEP = Integer("step", "Step", "The step of the walk, counted from 1; 0 is before the first.", 0, 9_999_999, default=0)
Refused = tuple[str, str]


@dataclass(frozen=True)
class Address:
    """What the address of the lesson `lesson` may hold: the settings of `table`, the step, numbers changed by hand.

    `edits` says how it holds the changed numbers; None where a page has none.
    """

    lesson: str
    table: tuple[Setting[Any], ...]
    edits: LinkedEdits | None = None

    def check(self, close: Callable[[], None] = lambda: None) -> None:
        """Take out of the address what is broken or hostile, before a widget reads it, and note it down.

        Streamlit reads parameters more loosely than is wanted here: the last of two, 3.7 as 3, and "inf" in a field
        for whole numbers ends the run with an error. A link that brings settings is whole: what it leaves open is as
        by default, whatever the visitor had before; `close` forgets what that was.
        """
        query = {name: st.query_params.get_all(name) for name in st.query_params}
        found = self.read(query)
        step = read_query([STEP], found.mended)
        mended, refused = self._check_parsed(step.mended)
        if frame.entered():
            st.session_state[self._arrived] = True
            self.put_notice_away()
            forget_gone()
            if self.is_whole(found.values) or any(name in mended for name in self.parsed):
                close()
                self._put_settings(found.values)
        if mended == query:
            return
        try:
            st.query_params.from_dict(mended)
        except StreamlitAPIException:
            # The widgets own their parameters by now: the browser's back button led to the old address. They fall back
            # to their defaults by themselves.
            return
        all_refused = [*found.refused, *step.refused, *refused]
        if all_refused:
            self.note_refused(all_refused)
            st.rerun()

    def check_step(self, steps: int) -> None:
        """Take a step that the walk does not have out of a link; later the browser keeps the step right by itself."""
        text = st.query_params.get(STEP.name, "0")
        if st.session_state.pop(self._arrived, False) and text.isdigit() and int(text) > steps:
            self.note_refused([(STEP.label, text)])
            del st.query_params[STEP.name]

    def read(self, query: Query) -> Reading:
        """What a query says about the settings."""
        return read_query(self.table, query)

    def is_whole(self, values: Mapping[str, Any]) -> bool:
        """Whether a link with these settings says all that is not as by default."""
        return bool(values)

    def start_values(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Every setting by its name, as a link with these values has it."""
        return {each.name: values.get(each.name, each.default) for each in self.table}

    @property
    def parsed(self) -> Mapping[str, tuple[str, Callable[[str], object]]]:
        """What no widget writes, by its parameter: what it is called, and what reads it or raises ValueError."""
        return {self.edits.parameter: ("Changed numbers", self.edits.parse)} if self.edits else {}

    def linked_edits(self) -> Edits:
        """The changed numbers that the address brings."""
        try:
            return self.edits.parse(st.query_params.get(self.edits.parameter, "")) if self.edits else {}
        except ValueError:
            return {}

    def keep(self, kept: Mapping[str, str]) -> None:
        """Write parameters into the address; in a run of the whole page only, as a fragment's is stale."""
        for name, text in kept.items():
            if text and text != st.query_params.get(name):
                st.query_params[name] = text
            elif not text and name in st.query_params:
                del st.query_params[name]

    def kept(self, edits: Edits) -> dict[str, str]:
        """The changed numbers as parameters that the browser writes into the address, as a fragment can't."""
        return {self.edits.parameter: self.edits.text(edits)} if self.edits else {}

    def note_refused(self, refused: list[Refused]) -> None:
        """Remember what a link got wrong (label, text), to be said until it is put away."""
        known = st.session_state.setdefault(self._refused, [])
        known.extend(each for each in refused if each not in known)

    def put_notice_away(self) -> None:
        st.session_state.pop(self._refused, None)

    def draw_notice(self) -> None:
        """One line on what the link got wrong, and one on what it can't carry; nothing where there is neither."""
        draw_gone()
        refused = st.session_state.get(self._refused, [])
        if text := notice(refused):
            note_refusal(f"Not understood in the address: {listed(refused)}.")
            frame.say(text, "link", action=("Close", self.put_notice_away))

    @property
    def _refused(self) -> str:
        return f"{self.lesson}_refused"

    @property
    def _arrived(self) -> str:
        return f"{self.lesson}_arrived"

    def _check_parsed(self, query: Query) -> tuple[dict[str, list[str]], list[Refused]]:
        """The query without what it says wrong in parameters that no widget reads, and that."""
        mended, refused = {name: list(texts) for name, texts in query.items()}, []
        for name, (label, parse) in self.parsed.items():
            texts = mended.get(name)
            if texts is None:
                continue
            try:
                if len(texts) != 1 or not parse(texts[0]):
                    raise ValueError("a parameter is given once")
            except ValueError:
                refused.append((label, ", ".join(mended.pop(name))))
        return mended, refused

    def _put_settings(self, values: Mapping[str, Any]) -> None:
        wanted = self.start_values(values)
        for setting in self.table:
            if setting.name in st.session_state:
                setting.put(wanted[setting.name])


Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Reading:
    """What a link says: the values that are right, `refused` (label, text) for the others, and the link mended."""

    values: Mapping[str, Any]
    refused: tuple[tuple[str, str], ...]
    mended: Mapping[str, list[str]]


def read_query(table: Sequence[Setting[Any]], query: Query) -> Reading:
    """Check every parameter of a query that the table knows; others are left alone.

    A parameter that is broken, out of range, too long or given twice is refused: it is missing in `values` and
    `mended`. `mended` writes what is right as Streamlit would.
    """
    values: dict[str, Any] = {}
    refused: list[tuple[str, str]] = []
    mended = {name: list(texts) for name, texts in query.items()}
    for setting in table:
        texts = query.get(setting.name)
        if texts is None:
            continue
        try:
            values[setting.name] = setting.parse(_only(texts, setting.most_characters))
            mended[setting.name] = [setting.text(values[setting.name])]
        except ValueError:
            refused.append((setting.label, ", ".join(texts)))
            del mended[setting.name]
    return Reading(values, tuple(refused), mended)


def notice(refused: Sequence[tuple[str, str]]) -> str:
    """One line that lists the settings that a link got wrong, as plain text."""
    return f"Not understood in the link, so the default stands: {listed(refused)}." if refused else ""


def listed(refused: Sequence[tuple[str, str]]) -> str:
    """What a link got wrong: each setting with its text, as plain text."""
    return ", ".join(f"{label} “{shown(text)}”" for label, text in refused)


def _only(texts: Sequence[str], longest: int) -> str:
    if len(texts) != 1 or len(texts[0]) > longest:
        raise ValueError(f"a parameter is given once, in at most {longest} characters")
    return texts[0]
