"""An array that a visitor pastes: read by the one reader there is, kept in the session and in the address."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
import torch
from streamlit.delta_generator import DeltaGenerator
from torch import Tensor

from visualizer.inputs.arrays.arrays import Size, read_array, sized
from visualizer.inputs.arrays.text import ArrayError
from visualizer.inputs.numbers import LARGEST
from visualizer.ui import frame
from visualizer.ui.panel import Panel, is_closed
from visualizer.ui.settings import Setting

MAX_LINKED = 4_000
"""Characters of an array in the address; servers refuse addresses much longer than two of these."""
_NUMBER = r"-?(?:\d{1,7}(?:\.\d{0,15})?|\.\d{1,15})(?:e-?\d{1,3})?"
_LINKED = re.compile(rf"(\d{{1,2}}(?:x\d{{1,2}}){{0,3}})~({_NUMBER}(?:_{_NUMBER})*)", re.ASCII)


@dataclass(frozen=True)
class OwnArray:
    """Numbers and their shape; two with the same are equal."""

    shape: tuple[int, ...]
    values: tuple[float, ...]

    @classmethod
    def of(cls, array: Tensor) -> OwnArray:
        return cls(tuple(array.shape), tuple(array.flatten().tolist()))

    def tensor(self) -> Tensor:
        return torch.tensor(self.values, dtype=torch.float64).reshape(self.shape)


@dataclass(frozen=True)
class ArraySetting(Setting[OwnArray | None]):
    """An array in the address: 2x3~1_0_-0.5_…; None where nobody pasted one. `sizes`: the limits of each axis."""

    sizes: tuple[Size, ...]

    @property
    def most_characters(self) -> int:
        return MAX_LINKED

    @property
    def limits(self) -> str:
        """1 × 1 to 32 × 32"""
        least, most = ([size if isinstance(size, int) else size[at] for size in self.sizes] for at in (0, 1))
        if len(self.sizes) == 1:
            return f"{least[0]} to {most[0]} numbers"
        return f"{sized(least)} to {sized(most)}"

    def parse(self, text: str) -> OwnArray | None:
        match = _LINKED.fullmatch(text)
        if not match:
            raise ValueError(f"{self.name} must be a shape and its numbers, as 2x2~1_0_0_1")
        shape = tuple(map(int, match[1].split("x")))
        values = tuple(float(each) + 0.0 for each in match[2].split("_"))
        array = OwnArray(shape, values)
        if self.coerce(array) is None:
            raise ValueError(f"{self.name} must have {self.limits}, and numbers up to {LARGEST:,.0f}")
        return array

    def coerce(self, value: object) -> OwnArray | None:
        if not isinstance(value, OwnArray) or len(value.shape) != len(self.sizes):
            return None
        limits = [(size, size) if isinstance(size, int) else size for size in self.sizes]
        inside = all(least <= count <= most for count, (least, most) in zip(value.shape, limits, strict=True))
        full = torch.Size(value.shape).numel() == len(value.values)
        return value if inside and full and all(abs(each) <= LARGEST for each in value.values) else None

    def text(self, value: OwnArray | None) -> str:
        if value is None:
            return ""
        return f"{'x'.join(map(str, value.shape))}~{'_'.join(map(_number, value.values))}"

    def draw(self, *, disabled: bool = False, on_change: object = None) -> OwnArray | None:
        """A field to paste into; empty, nothing is pasted. What can't be read is said below, and changes nothing."""
        value, field = self.kept(), f"{self.name}_text"
        if is_closed() and value is None:
            return None
        if st.session_state.get(f"{field}_of") != value:
            st.session_state[field] = written(value.tensor()) if value else ""
            st.session_state[f"{field}_of"] = value
        st.text_area(
            f"{self.label} ({self.limits})",
            key=field,
            help=self.help,
            height=110,
            placeholder="1 2 3\n4 5 6",
            disabled=disabled,
            on_change=self._take,
        )
        if fault := st.session_state.get(f"{field}_fault"):
            frame.say(fault, f"{self.name}-fault")
        elif value and len(self.text(value)) > MAX_LINKED:
            frame.say("It is too long for the address: a reload or a link does not bring it back.", f"{self.name}-long")
        return value

    def kept(self) -> OwnArray | None:
        """The array of the address or the session; written into the address."""
        text, written_text = st.query_params.get(self.name), st.session_state.get(f"{self.name}_written")
        value = self.coerce(st.session_state.get(self.name))
        if text is not None and text != written_text:
            value = self._read(text)
        elif text is None and written_text and not frame.entered():
            value = None  # The browser's back button led to an address without it.
        st.session_state[self.name] = value
        linked = self.text(value)
        linked = linked if len(linked) <= MAX_LINKED else ""
        if linked and linked != text:
            st.query_params[self.name] = linked
        elif not linked and text is not None:
            del st.query_params[self.name]
        st.session_state[f"{self.name}_written"] = linked
        return value

    def _read(self, text: str) -> OwnArray | None:
        try:
            return self.parse(text)
        except ValueError:
            return None

    def _take(self) -> None:
        field = f"{self.name}_text"
        text = st.session_state[field]
        st.session_state.pop(f"{field}_fault", None)
        try:
            value = OwnArray.of(read_array(text, self.sizes)) if text.strip() else None
        except ArrayError as error:
            st.session_state[f"{field}_fault"] = str(error)
        else:
            # What was typed stays as it is.
            st.session_state[self.name] = st.session_state[f"{field}_of"] = value


def written(array: Tensor) -> str:
    """An array as one may paste it: a row a line, an empty line between matrices, brackets where there is more."""
    if array.dim() > 3:
        return str(array.tolist())
    if array.dim() == 3:
        return "\n\n".join(written(each) for each in array)
    if array.dim() == 2:
        return "\n".join(written(each) for each in array)
    return " ".join(map(_number, array.tolist()))


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def draw_own_numbers(
    arrays: Sequence[ArraySetting], unused: Collection[ArraySetting] = ()
) -> tuple[dict[str, Any], DeltaGenerator]:
    """A field for each array; returns what was pasted, by name, and where a refusal is to be written.

    Those `unused` under the settings that are chosen are not drawn, but kept.
    """
    with Panel("Numbers", key="own_numbers"):
        st.markdown("**Your own numbers.** Paste a matrix; the layer takes its size. Empty: as set elsewhere.")
        beside = st.container(key="beside-numbers")
        values = {each.name: each.kept() if each in unused else each.draw() for each in arrays}
    return values, beside
