"""The setting for a made scene: people count scenes from 1; the address and the session keep the seed, from 0."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from visualizer.ui.panel import is_read
from visualizer.ui.settings import Integer, Setting


class SceneSeed(Setting[int]):
    """A seed from 0, shown one larger. Links that were made when the seed itself was shown lead to the same scene."""

    def parse(self, text: str) -> int:
        return _SEED.parse(text)

    def coerce(self, value: object) -> int:
        return _SEED.coerce(value)

    def text(self, value: int) -> str:
        return _SEED.text(value)

    def draw(self, *, disabled: bool = False, on_change: Callable[[], None] | None = None) -> int:
        """Draw a field for the scene's number. It is not bound to the address, which holds another number."""
        self.keep_in_address()
        seed = self.asked()
        if is_read(self.name):
            return seed
        shown = f"{self.name}_shown"
        st.session_state[shown] = float(seed + 1)

        def take() -> None:
            st.session_state[self.name] = self.coerce(st.session_state[shown] - 1)
            st.query_params.pop(self.name, None)
            self.keep_in_address()
            if on_change:
                on_change()

        st.number_input(
            f"{self.label} (1\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}{_SEED.maximum + 1:,})",
            min_value=1.0,
            max_value=_SEED.maximum + 1.0,
            step=1.0,
            format="%0.0f",
            help=self.help,
            key=shown,
            disabled=disabled,
            on_change=take,
        )
        return seed


_SEED = Integer("det_scene_seed", "Scene", "Another scene has other images at other places.", 0, 999, default=0)
SCENE_SEED = SceneSeed(_SEED.name, _SEED.label, _SEED.help, default=_SEED.default)
