"""The trained weights that ship: each task reads its example, and knows what is wanted of it."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.sequences.model import run_model
from visualizer.lessons.recurrent.sequence.sequences import read_sequence
from visualizer.lessons.recurrent.settings import SETTINGS
from visualizer.lessons.recurrent.train.trained import TRAINED, depth, first_symbol, sum_of_marked
from visualizer.lessons.recurrent.walk import read_and_model


def example_of(name: str, cell: str) -> dict[str, object]:
    task = TRAINED[name]
    field = "series" if task.sequence_of == "numbers" else "text"
    return {"recurrent_weights": name, "cell": cell, "sequence_of": task.sequence_of, field: task.example}


@pytest.mark.parametrize("name", TRAINED)
@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_the_example_is_read_by_the_weights(name: str, cell: str) -> None:
    sequence, model = read_and_model(SETTINGS.of(example_of(name, cell)), 100)
    z = run_model(model, sequence.x)["z"]
    assert z.shape == sequence.targets.shape
    assert z.isfinite().all()


def test_the_lstm_remembers_and_counts_and_adds() -> None:
    for name in ("remember", "brackets"):
        sequence, model = read_and_model(SETTINGS.of(example_of(name, "lstm")), 100)
        assert run_model(model, sequence.x)["z"][-1].argmax() == sequence.targets[-1].argmax()
    sequence, model = read_and_model(SETTINGS.of(example_of("adding", "lstm")), 100)
    assert run_model(model, sequence.x)["z"][-1].item() == pytest.approx(0.9, abs=0.15)


def test_what_is_wanted_by_hand() -> None:
    assert first_symbol(["B", "·", "?"]).tolist() == [[0, 1, 0, 0]] * 3
    assert depth(["(", "(", "a", ")"]).argmax(dim=1).tolist() == [1, 2, 2, 1]
    assert sum_of_marked(["0.5*", "1", "0.25*"]).tolist() == [[0.75]] * 3


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [("remember", "··?", "begins with"), ("brackets", ")(", "from 0 to 5"), ("brackets", "((((((", "from 0 to 5")],
)
def test_a_sequence_that_is_none_of_the_task_is_refused(name: str, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_sequence(SETTINGS.of({"recurrent_weights": name, "text": text}), 12, TRAINED[name])


def test_marks_are_a_second_input() -> None:
    values = {"sequence_of": "numbers", "series": "0.3, 0.5*"}
    x = read_sequence(SETTINGS.of(values), 12, TRAINED["adding"]).x
    torch.testing.assert_close(x, torch.tensor([[0.3, 0.0], [0.5, 1.0]], dtype=torch.float64))
