"""The view "Code": the stack as PyTorch code, and pasted code as a stack. Nothing pasted is ever run."""

from __future__ import annotations

import streamlit as st

from visualizer.engine.stacks.code.code import stack_code
from visualizer.engine.stacks.code.pasted import pasted_stack
from visualizer.engine.stacks.counts import count_stack
from visualizer.lessons.counting_desk.desk import STAYS, Desk, open_desk, put
from visualizer.ui import frame

_PASTED, _MESSAGE = "desk_pasted", "desk_pasted_said"
_EXAMPLE = (
    "nn.Sequential(\n    nn.Conv2d(1, 8, 5, padding=2),\n    nn.ReLU(),\n    nn.Flatten(),\n    nn.Linear(6272, 10),\n)"
)
_HINT = (
    "It is read, not run: `nn.Sequential` of known layers, or a class with `nn.Module` whose `__init__` sets layers, "
    "and whose `forward` is one chain of them and of functions such as `F.relu`, `F.max_pool2d`, `torch.flatten` or "
    "`x.view(-1, 400)`, without branches, loops or residuals. Numbers may have names and be worked out, as in "
    "`16 * 5 * 5`. An input such as `torch.zeros(1, 1, 28, 28)` may be given; without one an input is looked for that "
    "fits."
)


def draw_code(kept: Desk) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**This stack in PyTorch**")
        _draw_export(kept)
    with right:
        st.markdown("**Your layers**")
        _draw_import()


def _draw_export(kept: Desk) -> None:
    counts = count_stack(kept.stack)
    if counts.fault:
        words = f"Layer {counts.fault.at + 1}: {counts.fault.words}"
        frame.say(f"This stack is invalid, so there is no code for it. {words}.", "desk-code")
        return
    st.code(stack_code(kept.stack), language=None, wrap_lines=True)
    st.caption(f"It has {counts.parameters:,} parameters, as counted here.")


def _draw_import() -> None:
    st.text_area("Paste nn.Sequential(...) or a class with nn.Module", key=_PASTED, height=320, placeholder=_EXAMPLE)
    st.button("Use these layers", key="desk_take", on_click=_take)
    if said := st.session_state.get(_MESSAGE):
        frame.say(said, "desk-pasted")
    st.caption(_HINT)


def _take() -> None:
    code = str(st.session_state.get(_PASTED) or "")
    try:
        stack, notes = pasted_stack(code, open_desk().stack.takes)
        put(stack)
    except ValueError as error:
        words = str(error)
        st.session_state[_MESSAGE] = f"{words[0].upper()}{words[1:]}. {STAYS}"
        return
    said = "".join(f" {note[0].upper()}{note[1:]}." for note in notes)
    layers = "1 layer lies" if len(stack.layers) == 1 else f"{len(stack.layers)} layers lie"
    st.session_state[_MESSAGE] = f"{layers} on the desk.{said}"
