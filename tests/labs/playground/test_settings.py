"""What the settings come to."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from tests.labs.playground.made import settings
from visualizer.engine.training.loop import train_all
from visualizer.labs.kit.cost import refused
from visualizer.labs.playground.experiment import run
from visualizer.labs.playground.settings import COSINE, EXAMPLES_EACH, UPDATES, UPDATES_EACH


def test_only_as_many_layers_as_are_asked_for_count() -> None:
    assert settings(layers=3, units1=8, units2=2, units6=7).shape.sizes == (2, 8, 2, 4, 1)


@pytest.mark.parametrize(
    ("name", "loss", "sizes"),
    [("circles", "logistic", (2, 4, 1)), ("gaussians_3", "softmax", (2, 4, 3)), ("sine", "squared", (1, 4, 1))],
)
def test_the_data_decide_inputs_outputs_and_loss(name: str, loss: str, sizes: tuple[int, ...]) -> None:
    found = settings(name)
    assert (found.recipe().loss, found.shape.sizes) == (loss, sizes)


def test_hidden_layers_are_as_many_as_asked_for() -> None:
    assert settings(layers=2, units1=3).hidden == (3, 4)


def test_own_weights_are_the_start() -> None:
    found = settings()
    own = replace(found, own=tuple(range(found.shape.count)))
    assert own.start().tolist() == [list(range(found.shape.count))]
    assert own != found


def test_the_run_is_the_engines() -> None:
    wanted = settings(epochs=7, l2=0.01, schedule=COSINE)
    reports = list(run(wanted))
    assert [report.share for report in reports] == [i / 7 for i in range(8)]
    expected = train_all(wanted.start(), wanted.shape, wanted.data, wanted.recipe(), **wanted.strengths)
    assert reports[-1].result is not None
    assert torch.equal(reports[-1].result.run.parameters, expected.parameters)


def test_by_update_there_are_the_first_updates() -> None:
    (report,) = run(settings(frames=UPDATES_EACH, batch=1))
    assert report.result is not None
    assert report.result.run.epochs.tolist() == list(range(UPDATES + 1))
    assert report.result.seen is not None
    assert report.result.seen.shape == (UPDATES + 1, 1)


def test_by_example_each_update_has_one_whatever_the_batch_size() -> None:
    wanted = settings(frames=EXAMPLES_EACH, batch=7)
    (report,) = run(wanted)
    (by_update,) = run(settings(frames=UPDATES_EACH, batch=1))
    assert report.result is not None and by_update.result is not None
    assert torch.equal(report.result.run.parameters, by_update.result.run.parameters)
    seen = report.result.seen
    assert seen is not None and sorted(seen[1:21, 0].tolist()) == list(range(20))
    assert (wanted.counted, settings().counted) == ("example", "epoch")
    assert "the first 100 updates of one example each, 20 examples" in wanted.cost().what


def test_what_would_run_for_minutes_is_refused_but_its_first_updates_are_not() -> None:
    units = {f"units{i}": 8 for i in range(1, 7)}
    long = settings(layers=6, epochs=2000, batch=1, **units)
    long = replace(long, chosen=replace(long.chosen, data=_large()))
    assert "2-8-8-8-8-8-8-1 tanh, Adam 0.03, 2,000 epochs, 1,800 examples, seed 0 would take" in refused(long.cost())
    assert refused(replace(long, frames=UPDATES_EACH).cost()) == ""


def _large() -> object:
    found = settings().data
    times = 90
    return replace(found, train_x=found.train_x.repeat(times, 1), train_y=found.train_y.repeat(times, 1))
