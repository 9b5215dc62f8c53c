"""A lab of nothing but its frame: it counts to a number, or for ever, or fails."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from visualizer.labs.kit.charts import Charts
from visualizer.labs.kit.cost import Cost
from visualizer.labs.kit.lab import Experiment, draw_experiment, lab_page
from visualizer.ui.address import Address
from visualizer.ui.answer import Answer, Figure
from visualizer.ui.number_settings import Integer
from visualizer.ui.run import Progress

COUNT = Integer("count_to", "Count to", "0 for ever, 13 fails, 99 takes too long.", 0, 99, default=3)
ADDRESS = Address("count", (COUNT,))
FOR_EVER, UNLUCKY, TOO_LONG = 0, 13, 99


@dataclass(frozen=True)
class Counting:
    to: int


def run(settings: Counting) -> Iterator[Progress[int]]:
    yield Progress(0.0, "Not yet counting")
    if settings.to == UNLUCKY:
        raise ValueError("to: must not be 13")
    numbers = itertools.count(1) if settings.to == FOR_EVER else range(1, settings.to + 1)
    for number in numbers:
        yield Progress(number / (settings.to or 10**9), f"At {number}", number)


def cost(settings: Counting) -> Cost:
    return Cost(3600 if settings.to == TOO_LONG else 0.1, f"Counting to {settings.to}", "smaller numbers")


def charts(settings: Counting, result: int) -> Charts:
    st.text(f"figure of {settings.to}")
    return ()


def answer(settings: Counting, result: int) -> Answer:
    return Answer(
        f"It got to {'far' if settings.to == FOR_EVER else result}.", (Figure("Reached", str(result)),), "So."
    )


def more(settings: Counting, result: int) -> Charts:
    st.code(f"below the answer {result}")
    return ()


COUNTING = Experiment("counting", run, cost, charts, answer, more)


def page() -> None:
    ADDRESS.check()
    with lab_page("How far does it count?") as (side, content):
        with side:
            settings = Counting(COUNT.draw())
            beside = st.container(key="beside-count")
        with content:
            ADDRESS.draw_notice()
            draw_experiment(COUNTING, settings, beside)
