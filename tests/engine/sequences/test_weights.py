"""The trained nets that come with the app: they load, are small, and do what the file of results says."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from visualizer.engine.convnet.weights import SHAPES
from visualizer.engine.sequences.tasks import TASKS
from visualizer.engine.sequences.text import VOCABULARY, character_tasks, sample_text, training_text
from visualizer.engine.sequences.training import measure
from visualizer.engine.sequences.weights import FOLDER, MODELS, load_model, results, save_model
from visualizer.inputs.own_weights import read_weights


@pytest.mark.parametrize("name", MODELS)
def test_a_model_reaches_on_new_sequences_what_the_results_say(name: str) -> None:
    model, told = load_model(name), results()["models"][name]
    assert all(value.dtype == torch.float64 for value in model.parameters().values())
    assert (model.kind, model.units) == (told["kind"], told["units"])
    task = character_tasks()[1] if told["task"] == "characters" else TASKS[told["task"]]
    for test in told["tested"]:
        loss, right = measure(model, task, torch.Generator().manual_seed(77), test["length"])
        assert right == pytest.approx(test["accuracy"], abs=0.07)
        assert loss == pytest.approx(test["loss"], rel=0.25, abs=0.01)


def test_the_lstms_have_learned_their_tasks() -> None:
    told = results()["models"]
    for task in ("remember", "brackets", "adding"):
        assert all(test["accuracy"] > 0.97 for test in told[f"{task}-lstm"]["tested"])
    assert told["characters-lstm"]["tested"][0]["accuracy"] > 0.5
    assert not any(model["diverged"] for model in told.values())


def test_the_curves_over_the_delay_have_a_value_for_each_delay_and_seed() -> None:
    for curves in results()["delays"].values():
        for curve in curves["curves"]:
            assert len(curve["accuracies"]) == len(curves["delays"])
            assert {len(row) for row in curve["accuracies"]} == {len(curves["seeds"])}


def test_all_files_together_are_at_most_1_mb_and_no_other_model_is_there() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 1_000_000
    assert {path.stem for path in FOLDER.glob("*.safetensors")} == {*MODELS, *SHAPES}


def test_an_lstm_writes_words() -> None:
    model = load_model("characters-lstm")
    text = sample_text(model, VOCABULARY, "the ", 300, 0.5, torch.Generator().manual_seed(1))
    words, learned = text.split()[:-1], set(training_text()[0].split())
    assert sum(word in learned for word in words) > 0.7 * len(words)


@pytest.mark.parametrize("name", MODELS)
def test_a_shipped_file_is_read_as_ones_own(name: str) -> None:
    own = read_weights((FOLDER / f"{name}.safetensors").read_bytes()).model
    for field, value in load_model(name).parameters().items():
        assert torch.equal(own.parameters()[field], value), field


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="name must be one of remember-rnn"):
        load_model("../secret")


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    model = load_model("adding-lstm")
    path = save_model(model, "adding-lstm", tmp_path)
    assert path.read_bytes() == (FOLDER / path.name).read_bytes()
