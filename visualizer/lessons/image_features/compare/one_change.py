"""One change at a time: what each descriptor makes of a turn, of another size and of less light."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from visualizer.engine.features.features import Described, Similarity, descriptor_changes
from visualizer.lessons.image_features.working import Working
from visualizer.once import once
from visualizer.text.numbers import percent

CHANGES: Mapping[str, Similarity] = {
    "turned by 30°": Similarity(turn=30.0),
    "scaled to 0.7": Similarity(scale=0.7),
    "0.7 times as bright": Similarity(light=0.7),
}
STEADY = 0.2
"""A descriptor that moves by less than this is called steady."""


def draw_one_change(shown: Working, point: tuple[float, float], *, follow: bool) -> None:
    """A table of all descriptors at a point (row, column), a column for each change."""
    with st.spinner("Turning, scaling and darkening the image", show_time=False):
        found = one_change(shown, point, follow=follow)
    st.markdown("**One change at a time, at the same point**")
    names = list(next(iter(found.values())))
    st.dataframe(
        [{"": name} | {change: _text(found[change][name]) for change in found} for name in names], hide_index=True
    )
    st.caption(steady_words(found))


def one_change(shown: Working, point: tuple[float, float], *, follow: bool) -> dict[str, dict[str, float | None]]:
    """How far each descriptor moves, by the change and the descriptor's name. Changed images are kept with theirs."""
    before = shown.described
    found = {}
    for name, motion in CHANGES.items():
        after: Described = once(shown, name, partial(_changed, before, motion))
        found[name] = descriptor_changes(before, after, motion, point, follow=follow)
    return found


def _changed(before: Described, motion: Similarity) -> Described:
    return Described(motion.of(before.image), before)


def steady_words(found: Mapping[str, Mapping[str, float | None]]) -> str:
    """Which descriptors stay as they are, change by change."""
    parts = []
    for change, moved in found.items():
        steady = [name for name, value in moved.items() if value is not None and value < STEADY]
        parts.append(f"{change}: {', '.join(steady) if steady else 'none'}")
    return f"Moved by less than {percent(STEADY, 0)} when {'; '.join(parts)}."


def _text(value: float | None) -> str:
    return "not found again" if value is None else percent(value, 0)
