"""The panel of a lab's data: which, how noisy, how many, what share is trained on, and the seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from visualizer.engine.data.data_sets import DATA_SETS
from visualizer.engine.training.update.losses import LossName
from visualizer.inputs.tables.labels import LabelledTable
from visualizer.labs.kit.data_settings import (
    OWN,
    ChosenData,
    DataChoice,
    DataSettings,
    drawn_data,
    table_data,
)
from visualizer.labs.kit.own_table import STAYS, OwnTable, draw_own_table
from visualizer.text.words import counted
from visualizer.ui import frame
from visualizer.ui.brought import note

_FEW = 20
"""Of fewer rows a test says little."""
Refuse = Callable[[LabelledTable], str]
Used = tuple[DataChoice, LabelledTable | None]
"""A choice, with its table where it is of one."""


def draw_data(settings: DataSettings, *, loss: LossName | None = None, refuse: Refuse | None = None) -> ChosenData:
    """Draw the settings and return the data that they come to; in every run, as they are in the address.

    A table that can't be used is answered in words beside it, and the data used before stay; `refuse` says in words why
    the lab can't use one, and nothing where it can. The answers are for `loss` where that goes with the data, else for
    the usual one.
    """
    name = settings.data.draw()
    own = name == OWN
    brought = _draw_table(settings, refuse) if own else None
    note("table", "Data", asked=own, there=not own or brought is not None)
    wanted = DataChoice(
        name,
        settings.noise.draw(disabled=own),
        settings.points.draw(disabled=own),
        settings.train_share.draw(),
        settings.seed.draw(),
    )
    used = st.session_state[_key(settings)] = _used(settings, wanted, brought)
    choice, table = used
    chosen = table_data(choice, table, loss) if table else drawn_data(choice, loss)
    if table and len(table.labels) < _FEW:
        trained, tested = len(chosen.data.train_x), len(chosen.data.test_x)
        frame.say(
            f"Only {counted(trained, 'row')} to train on and {tested} to test: what this shows is mostly chance.",
            "own-few",
        )
    if choice.data != wanted.data:
        st.text(f"In use: {chosen.name}.")
    elif not own and choice.points < wanted.points:
        st.text(f"There are {choice.points:,}; all are used.")
    return chosen


def _draw_table(settings: DataSettings, refuse: Refuse | None) -> OwnTable | None:
    """The visitor's table, where the lab can use it."""
    brought = draw_own_table()
    if brought is None:
        return None
    words = _wrong_kind(settings, brought.labelled) or (refuse(brought.labelled) if refuse else "")
    if words:
        frame.say(f"{words} {STAYS}", "own-refused")
        return None
    return brought


def _wrong_kind(settings: DataSettings, table: LabelledTable) -> str:
    if table.classes and "classes" not in settings.kinds:
        return f"Here numbers are learned; “{table.label}” has {len(table.classes)} classes. Choose another label."
    if not table.classes and "numbers" not in settings.kinds:
        return f"Here classes are distinguished; “{table.label}” has numbers of many values. Choose another label."
    return ""


def _used(settings: DataSettings, choice: DataChoice, brought: OwnTable | None) -> Used:
    """What is computed with: what is chosen, or, where no table can be used, what was before."""
    if choice.data != OWN:
        return replace(choice, points=min(choice.points, DATA_SETS[choice.data].most)), None
    if brought:
        rows = len(brought.labelled.labels)
        own = replace(choice, noise=0.0, points=rows, table=brought.digest, label=brought.label)
        return own, brought.labelled
    before: Used = st.session_state.get(_key(settings)) or (_default(settings), None)
    return replace(before[0], train_share=choice.train_share, seed=choice.seed), before[1]


def _default(settings: DataSettings) -> DataChoice:
    return DataChoice(*(setting.default for setting in settings.table))


def _key(settings: DataSettings) -> str:
    return f"{settings.data.name}_used"
