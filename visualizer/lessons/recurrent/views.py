"""What stands in place of the walk when another view is chosen."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from visualizer.engine.sequence_model import SequenceModel
from visualizer.lessons.recurrent.lesson import Lesson
from visualizer.lessons.recurrent.sequences import Sequence
from visualizer.lessons.recurrent.settings import LSTM, OWN, RANDOM, RNN, RecurrentSettings
from visualizer.lessons.recurrent.table import EXPLORE, FLOW, IMPORTANCE, MAPS, TRAIN, VIEW, WALK
from visualizer.lessons.recurrent.unit_walk import unit_trace
from visualizer.lessons.recurrent.walk import model_of
from visualizer.lessons.refusal import sentence as sentence_of


def draw_other_view(view: str, lesson: Lesson, settings: RecurrentSettings) -> None:
    """Each view's code is loaded when it is first looked at: the walk has no use for it."""
    if view == TRAIN:
        from visualizer.lessons.recurrent.train_view import draw_train

        draw_train(lesson)
        return
    if view == EXPLORE:
        from visualizer.lessons.recurrent.explore import draw_explore

        draw_explore(settings.cell)
        return
    try:
        sequence, model = lesson.over_more(settings)
    except ValueError as error:
        st.caption(sentence_of(str(error)))
        return
    _draw(view, lesson, settings, sequence, model)


def _draw(view: str, lesson: Lesson, settings: RecurrentSettings, sequence: Sequence, model: SequenceModel) -> None:
    if view == FLOW:
        from visualizer.lessons.recurrent.flow_view import draw_flow

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
        st.session_state[VIEW.name] = WALK
