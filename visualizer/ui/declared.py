"""The settings that a frozen dataclass declares, each field annotated with the setting that it is chosen by:

    @dataclass(frozen=True, kw_only=True)
    class WidthSettings:
        units: Annotated[int, Integer("width_units", "Units", "The width of the net.", 1, 64)] = 8

    SETTINGS = Declared(WidthSettings)

The field's default is the setting's. A field annotated with a tuple of settings holds a tuple of their values, and each
of them has a default of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import MISSING, Field, fields, replace
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast, get_type_hints

import streamlit as st

from visualizer.ui.settings import Setting

D = TypeVar("D")


class Declared(Generic[D]):
    """The settings of a dataclass, by its fields: to draw, to read, and to list in an address."""

    def __init__(self, declaration: type[D]) -> None:
        self._declaration = declaration
        module = vars(sys.modules[declaration.__module__])
        hints = get_type_hints(declaration, module, {}, include_extras=True)
        self._settings: dict[str, Any] = {
            each.name: _with_default(setting, each)
            for each in fields(cast("Any", declaration))
            for setting in getattr(hints[each.name], "__metadata__", ())
        }

    def __iter__(self) -> Iterator[Setting[Any]]:
        """All of them, in the order of the fields."""
        return _flat(tuple(self._settings.values()))

    def __getitem__(self, field: str) -> Any:
        return self._settings[field]

    def draw(self, *names: str, **options: Any) -> dict[str, Any]:
        """Draw the settings of these fields, or all, with `options` of their `draw`; returns the fields' values."""
        return {name: _drawn(self._settings[name], options) for name in names or self._settings}

    def draw_row(self, *names: str) -> dict[str, Any]:
        """Draw the settings of these fields side by side."""
        settings = {name: self._settings[name] for name in names}
        columns = iter(st.columns(len(list(_flat(tuple(settings.values())))), gap="small"))
        return {name: _drawn(setting, {}, columns) for name, setting in settings.items()}

    def put(self, made: D) -> None:
        """Have the values of `made` from now on; for callbacks, and before the widgets are drawn."""
        for name, setting in self._settings.items():
            _put(setting, getattr(made, name))

    def value(self, field: str, values: Mapping[str, Any]) -> Any:
        """A field's value, of values by the settings' names; what is missing is as by default."""
        return _value(self._settings[field], values)

    def of(self, values: Mapping[str, Any] = MappingProxyType({}), **given: Any) -> D:
        """What values by the settings' names come to, and the `given` fields; what is missing is as by default."""
        missing = [name for name in self._settings if name not in given]
        return self._declaration(**{name: self.value(name, values) for name in missing} | given)


def _with_default(setting: Any, field: Field[Any]) -> Any:
    return setting if field.default is MISSING else replace(setting, default=field.default)


def _flat(settings: Any) -> Iterator[Setting[Any]]:
    if isinstance(settings, Setting):
        yield settings
    else:
        for each in settings:
            yield from _flat(each)


def _drawn(
    setting: Any, options: Mapping[str, Any], columns: Iterator[AbstractContextManager[object]] | None = None
) -> Any:
    if not isinstance(setting, Setting):
        return tuple(_drawn(each, options, columns) for each in setting)
    with next(columns) if columns else nullcontext():
        return setting.draw(**options)


def _put(setting: Any, value: Any) -> None:
    if isinstance(setting, Setting):
        setting.put(value)
    else:
        for each, part in zip(setting, value, strict=True):
            _put(each, part)


def _value(setting: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(setting, Setting):
        return setting.coerce(values.get(setting.name, setting.default))
    return tuple(_value(each, values) for each in setting)
