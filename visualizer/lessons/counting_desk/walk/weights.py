"""Weights of one's own for the net on the desk, from a .safetensors file: told by name, or by shape alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from torch import Size, Tensor

from visualizer.inputs.own_weights import WeightsError, read_tensors
from visualizer.text.plain import shown
from visualizer.ui.brought import brought_file, note

_FILE, _OWN, _MESSAGE = "desk_weights_file", "desk_weights", "desk_weights_said"
_IN_ADDRESS = "own_weights"


@dataclass(frozen=True, eq=False)
class OwnWeights:
    """The tensors of a file by name, float64."""

    tensors: Mapping[str, Tensor]

    def of(self, shapes: Mapping[str, Size]) -> dict[str, Tensor]:
        """A tensor for each of the net's parameters: of its name, or else the one of its shape.

        Raises: ValueError, in words, where neither fits.
        """
        if set(shapes) <= set(self.tensors):
            for name, shape in shapes.items():
                if self.tensors[name].shape != shape:
                    raise ValueError(f"{name} must be {_by(shape)}, in the file it is {_of(self.tensors[name])}")
            return {name: self.tensors[name] for name in shapes}
        wanted, held = Counter(shapes.values()), Counter(tensor.shape for tensor in self.tensors.values())
        for name, shape in shapes.items():
            if wanted[shape] > 1 or held[shape] > 1 or not held[shape]:
                raise ValueError(
                    f"the file has no {name} of shape {_by(shape)}, and by shape alone it can't be told; it holds "
                    f"{', '.join(f'{shown(each)} {_of(tensor)}' for each, tensor in list(self.tensors.items())[:4])}"
                )
        by_shape = {tensor.shape: tensor for tensor in self.tensors.values()}
        return {name: by_shape[shape] for name, shape in shapes.items()}


def draw_weights() -> OwnWeights | None:
    """The file field, with what was read or why it was not; returns the weights that were brought, if any."""
    st.file_uploader(
        "Own weights: a .safetensors file, at most 5 MB, of this net's state_dict",
        type=["safetensors"],
        key=_FILE,
        on_change=_take,
        max_upload_size=5,
    )
    if said := st.session_state.get(_MESSAGE):
        st.text(said)
    own = own_weights()
    if own:
        st.button("Back to seeded weights", key="desk_weights_back", on_click=_forget)
    return own


def own_weights() -> OwnWeights | None:
    """The weights that were brought; an address that says there were some, without them, says that they are gone."""
    own: OwnWeights | None = st.session_state.get(_OWN)
    asked = _IN_ADDRESS in st.query_params
    note("weights", "Settings", asked=asked, there=own is not None)
    if own and not asked:
        st.query_params[_IN_ADDRESS] = "true"
    elif asked and not own:
        del st.query_params[_IN_ADDRESS]
    return own


def _take() -> None:
    file = brought_file(_FILE)
    st.session_state.pop(_MESSAGE, None)
    if file is None:
        return
    try:
        tensors = read_tensors(file.getvalue())
    except WeightsError as error:
        st.session_state[_MESSAGE] = f"{error} The weights before stay."
        return
    st.session_state[_OWN] = OwnWeights(tensors)
    numbers = sum(tensor.numel() for tensor in tensors.values())
    st.session_state[_MESSAGE] = f"{len(tensors)} tensors with {numbers:,} numbers were read."


def _forget() -> None:
    for name in (_OWN, _MESSAGE):
        st.session_state.pop(name, None)


def _of(tensor: Tensor) -> str:
    return _by(tensor.shape)


def _by(shape: Size) -> str:
    return "×".join(map(str, shape)) or "a single number"
