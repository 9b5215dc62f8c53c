"""The answer of a lab: words and figures that are computed from the run."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Figure:
    """A number of the answer: what it is, how it is written, and a word more on hover."""

    label: str
    value: str
    help: str = ""


@dataclass(frozen=True)
class Answer:
    """The answer in a sentence, the figures it rests on, and what else the run says.

    `words` and `more` are Markdown of our own; a visitor's text in them goes through `plain_markdown`.
    """

    words: str
    figures: tuple[Figure, ...] = ()
    more: str = ""


def draw_answer(answer: Answer, *, whole: bool = True) -> None:
    """The answer in a box; not `whole` if the run was cancelled."""
    with st.container(border=True, key="answer", gap="small"):
        draw_words(answer, whole=whole)
        draw_evidence(answer)


def draw_words(answer: Answer, *, whole: bool = True) -> None:
    """The answer in words; not `whole` if the run was cancelled."""
    st.markdown(f"**{'Answer' if whole else 'Answer so far'}.** {answer.words}")


def draw_evidence(answer: Answer) -> None:
    """The figures that an answer rests on, and what else the run says."""
    if answer.figures:
        with st.container(horizontal=True):
            for figure in answer.figures:
                st.metric(figure.label, figure.value, help=figure.help or None)
    if answer.more:
        st.markdown(answer.more)


def plain_markdown(text: str) -> str:
    """A visitor's text, to be shown as it is within Markdown."""
    return "".join(f"\\{each}" if each in r"\`*_{}[]()<>#+-.!|~$:&" else each for each in text)
