"""What a lab lets one choose of its data: the settings, what they come to, and the data that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import torch

from visualizer.engine.data.data_sets import DATA_SETS, Function
from visualizer.engine.data.examples import Data
from visualizer.engine.training.data_split import loss_for, make_data, standardised
from visualizer.engine.training.update.losses import LossName
from visualizer.inputs.tables.labels import LabelledTable
from visualizer.inputs.tables.tables import MAX_ROWS
from visualizer.ui.number_settings import Integer, Slider
from visualizer.ui.settings import Choice, Setting

OWN = "own"
MIN_POINTS = 20


@dataclass(frozen=True)
class DataSettings:
    """The settings of a lab's data, in the order in which they are drawn."""

    data: Choice
    noise: Slider
    points: Integer
    train_share: Slider
    seed: Integer

    @property
    def table(self) -> tuple[Setting[Any], ...]:
        """All of them, for the lab's address."""
        return self.data, self.noise, self.points, self.train_share, self.seed

    @property
    def kinds(self) -> frozenset[str]:
        """What the lab learns: "classes", "numbers" or both."""
        return frozenset(DATA_SETS[name].kind for name in self.data.options if name != OWN)


def data_settings(
    names: Sequence[str] = tuple(DATA_SETS),
    *,
    prefix: str = "",
    default: str = "circles",
    noise: float = 0.05,
    points: int = 250,
    train_share: float = 0.5,
    own: bool = True,
) -> DataSettings:
    """The settings for the data sets `names` and, where `own`, for a table of one's own.

    In the URL they are data, noise, points, train_share and data_seed, behind the prefix; labs whose sets or defaults
    differ have prefixes that differ, as Streamlit keeps a value by its name from page to page.
    """
    options = {name: DATA_SETS[name].label for name in names} | ({OWN: "Own table"} if own else {})
    return DataSettings(
        Choice(
            f"{prefix}data",
            "Data",
            "What is learned: classes, numbers, or a table of your own.",
            options,
            default=default,
        ),
        Slider(
            f"{prefix}noise",
            "Noise",
            "The standard deviation of what is added: to the points of classes, to the numbers to be learned, or to "
            "the pixels of digits. Without it, points lie between −1 and 1.",
            minimum=0.0,
            maximum=0.5,
            step=0.01,
            default=noise,
        ),
        Integer(f"{prefix}points", "Points", "For training and test together.", MIN_POINTS, MAX_ROWS, default=points),
        Slider(
            f"{prefix}train_share",
            "Training fraction",
            "How much of the points is trained on; the others are only for the test.",
            minimum=0.1,
            maximum=0.9,
            step=0.05,
            default=train_share,
        ),
        Integer(
            f"{prefix}data_seed", "Seed of the data", "The same seed draws the same points again.", 0, 9999, default=0
        ),
    )


@dataclass(frozen=True)
class DataChoice:
    """Everything that the data follow from; two that are equal give the same data.

    `data` is a name in DATA_SETS or OWN; then `table` and `label` say which table and which of its columns, by the
    table's digest and from 0, and there are no noise and as many points as rows that can be used.
    """

    data: str
    noise: float
    points: int
    train_share: float
    seed: int
    table: str = ""
    label: int = 0


@dataclass(frozen=True)
class ChosenData:
    """The data of a choice, with what people call them. Equal, and of one hash, where choice and loss are.

    `loss` is the one that the answers in `data` are for; `classes` names the classes, and is empty where numbers are
    learned; `function` gives the numbers without noise, where a formula draws them.
    """

    choice: DataChoice
    loss: LossName
    data: Data = field(compare=False)
    name: str = field(compare=False)
    inputs: tuple[str, ...] = field(compare=False)
    classes: tuple[str, ...] = field(compare=False)
    function: Function | None = field(default=None, compare=False)

    @property
    def own(self) -> bool:
        """Whether these are a visitor's own, which no link carries and no other visitor is to see."""
        return self.choice.data == OWN


@lru_cache(maxsize=32)
def drawn_data(choice: DataChoice, loss: LossName | None = None) -> ChosenData:
    """The data of a choice that names a data set, for the loss that is asked for where it goes with them.

    Raises: ValueError naming the argument, its value and the limit.
    """
    drawn = DATA_SETS[choice.data]
    generator = torch.Generator().manual_seed(choice.seed)
    x, labels = drawn.sample(choice.points, choice.noise, generator)
    classes = len(drawn.classes)
    loss = loss_for(classes, loss)
    data = make_data(x, labels, classes=classes, loss=loss, train_share=choice.train_share, generator=generator)
    return ChosenData(choice, loss, data, drawn.label, drawn.inputs, drawn.classes, drawn.function)


def table_data(choice: DataChoice, table: LabelledTable, loss: LossName | None = None) -> ChosenData:
    """The data of a table: inputs and numeric targets have mean 0 and standard deviation 1 on the training part.

    Raises: ValueError naming the argument, its value and the limit.
    """
    generator = torch.Generator().manual_seed(choice.seed)
    classes = len(table.classes)
    loss = loss_for(classes, loss)
    data = make_data(
        *(table.x, table.labels), classes=classes, loss=loss, train_share=choice.train_share, generator=generator
    )
    data = standardised(data, also_answers=classes == 0)
    return ChosenData(choice, loss, data, table.name, table.inputs, table.classes)
