"""The answers follow from the runs."""

from __future__ import annotations

import re

import pytest
import torch

from tests.labs.playground.made import recorded, recording_of, settings
from visualizer.engine.training.update.parameters import flatten
from visualizer.labs.playground.answer import answer
from visualizer.labs.playground.reading import Reading
from visualizer.labs.playground.settings import EPOCHS_EACH, UPDATES_EACH
from visualizer.text.numbers import percent


def parameters(first: list[list[float]], last: list[list[float]]) -> torch.Tensor:
    weights = [torch.tensor(each, dtype=torch.float32) for each in (first, last)]
    return flatten(weights, [torch.zeros(len(each)) for each in weights])


LINE = parameters([[1.0], [2.0], [0.0], [0.0]], [[3.0, 1.0, 0.0, 0.0]])


def test_a_real_run_says_what_it_reached_and_which_unit_matters_most() -> None:
    wanted = settings(epochs=60)
    recording = recorded(wanted)
    found, reading = answer(wanted, recording), Reading(wanted, recording)
    assert f"**{percent(float(recording.run.test_accuracy[-1, 0]), 1)}** of the test points" in found.words
    most = reading.roles[0]
    assert f"**Unit {most.unit + 1}** matters most" in found.words
    assert all(most.loss_without >= role.loss_without for role in reading.roles)
    assert found.more.count("| Unit ") == 1 + 4


def test_one_unit_is_not_said_to_matter_most() -> None:
    wanted = settings(units1=1, epochs=60)
    assert "most" not in answer(wanted, recorded(wanted)).words


def test_the_lowest_test_loss_and_what_became_of_it() -> None:
    wanted = settings("sine")
    found = answer(wanted, recording_of([1.0, 0.4, 0.2], [1.0, 0.3, 0.5], LINE))
    assert "The test loss was lowest at epoch 1, 0.30, and has risen to 0.50 since" in found.more
    figures = {figure.label: figure.value for figure in found.figures}
    assert figures["Lowest test loss"] == "0.30"
    assert figures["Test − training loss"] == "0.30"
    assert "still falls" in answer(wanted, recording_of([1.0, 0.4, 0.2], [1.0, 0.5, 0.3], LINE)).more
    assert "come to rest" in answer(wanted, recording_of([1.0, 0.4, 0.2], [1.0, 0.3, 0.3], LINE)).more


def test_units_that_say_nothing_do_not_matter() -> None:
    found = answer(settings("sine"), recording_of([9.0, 0.2], [9.0, 0.2], LINE))
    assert {figure.label: figure.value for figure in found.figures}["Units that matter"].endswith("of 4")
    assert found.more.count("says nothing") == 2


def test_equal_units_are_found_out() -> None:
    wanted = settings(init="equal", epochs=5)
    assert "All units of layer 1 are the same" in answer(wanted, recorded(wanted)).words


def test_a_net_that_hardly_learns_is_said_to() -> None:
    wanted = settings(rate=0.0001, epochs=5)
    assert answer(wanted, recorded(wanted)).words.startswith(
        "The net has hardly learned anything in 5 epochs: it classifies"
    )


def test_divergence_is_said_with_its_update_and_cause() -> None:
    wanted = settings("sine", optimiser="sgd", rate=1000.0, epochs=20)
    recording = recorded(wanted)
    found = answer(wanted, recording)
    assert re.match(r"Training diverged at update [\d,]+: ", found.words)
    assert recording.run.cause[0] in found.words
    assert not found.figures


@pytest.mark.parametrize("name", ["circles", "gaussians_3", "sine", "ripple", "digits"])
@pytest.mark.parametrize("frames", [EPOCHS_EACH, UPDATES_EACH])
def test_every_kind_of_data_has_its_answer(name: str, frames: str) -> None:
    wanted = settings(name, frames=frames, epochs=5, layers=2)
    found = answer(wanted, recorded(wanted))
    assert found.words and found.more and len(found.figures) == 4
    assert ("update" if frames == UPDATES_EACH else "epoch") in found.words
