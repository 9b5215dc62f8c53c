"""What stands in place of the walk when another view is chosen."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from visualizer.engine.sequences.model import SequenceModel
from visualizer.lessons.recurrent.sequence.sequences import Sequence
from visualizer.lessons.recurrent.settings import (
    EXPLORE,
    FLOW,
    IMPORTANCE,
    LSTM,
    MAPS,
    OWN,
    RANDOM,
    RNN,
    TRAIN,
    VIEW,
    WALK,
    RecurrentSettings,
)
from visualizer.lessons.recurrent.state import RecurrentLesson
from visualizer.lessons.recurrent.walk import model_of, unit_trace
from visualizer.ui.refusal import sentence as sentence_of

_EXAMPLE = "the value of the expression is the result of the function that is called when the name is used. "


def draw_other_view(view: str, lesson: RecurrentLesson, settings: RecurrentSettings) -> None:
    """Each view's code is loaded when it is first looked at: the walk has no use for it."""
    if view == TRAIN:
        from visualizer.lessons.recurrent.train.view import draw_train

        draw_train(lesson)
        return
    if view == EXPLORE:
        from visualizer.lessons.recurrent.explore.view import draw_explore

        draw_explore(settings.cell)
        return
    shown = worth_seeing(settings)
    try:
        sequence, model = lesson.over_more(shown)
    except ValueError as error:
        st.caption(sentence_of(str(error)))
        return
    if shown != settings:
        st.caption(
            "Shown for the trained net “next character” and a text of its kind; Settings has other nets and texts."
        )
    _draw(view, lesson, shown, sequence, model)


def worth_seeing(settings: RecurrentSettings) -> RecurrentSettings:
    """The settings; where nothing is chosen yet, the trained net over a text: four letters have little to show."""
    if settings != RecurrentSettings(cell=settings.cell):
        return settings
    return replace(settings, weights="characters", text=_EXAMPLE)


def _draw(
    view: str, lesson: RecurrentLesson, settings: RecurrentSettings, sequence: Sequence, model: SequenceModel
) -> None:
    if view == FLOW:
        from visualizer.lessons.recurrent.flow.view import draw_flow

        rnn, lstm = (_of_kind(kind, settings, sequence, model) for kind in (RNN, LSTM))
        draw_flow(rnn, lstm, sequence.x, sequence.symbols)
    elif view == IMPORTANCE:
        from visualizer.lessons.recurrent.saliency_view import draw_saliency

        draw_saliency(model, sequence.x, sequence.symbols, sequence.classes, sequence.outputs)
    elif view == MAPS:
        from visualizer.lessons.recurrent.maps_view import draw_maps

        if place := draw_maps(model, sequence.x, sequence.symbols):
            lesson.look_into(unit_trace(model, sequence, *place))
            st.session_state["go_to_walk"] = True
            st.rerun()


def _of_kind(kind: str, settings: RecurrentSettings, sequence: Sequence, model: SequenceModel) -> SequenceModel:
    """The weights on screen, or what the same settings give for the other cell."""
    if model.kind == kind:
        return model
    other = replace(settings, cell=kind, units=model.units)
    if other.weights == OWN:
        other = replace(other, weights=RANDOM)
    return model_of(other, sequence)


def enter_walk() -> None:
    """Before the views' buttons are drawn: go to the walk where a view asked for that."""
    if st.session_state.pop("go_to_walk", False):
        VIEW.put(WALK)
