"""What the address of the lesson may hold: the settings, numbers changed by hand, and the iterations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from visualizer.lessons.one_hidden_layer.replay import LINKED_EDITS, past_of
from visualizer.lessons.one_hidden_layer.settings import SETTINGS, read_link, settings_of
from visualizer.ui.address import Address, Query, Reading

ITERATION = "iteration"


class NetAddress(Address):
    """A link that names a preset is whole: what it leaves open is as the preset has it."""

    def read(self, query: Query) -> Reading:
        return read_link(query)

    def is_whole(self, values: Mapping[str, Any]) -> bool:
        return SETTINGS["preset"].name in values

    def start_values(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return asdict(settings_of(values))

    @property
    def parsed(self) -> Mapping[str, tuple[str, Callable[[str], object]]]:
        return {**super().parsed, ITERATION: ("Iterations", past_of)}


ADDRESS = NetAddress("walk", tuple(SETTINGS), LINKED_EDITS)
