"""A run in a session: it goes on when it is looked at, ends, and can be stopped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from visualizer.lessons.recurrent.train.run import TrainingRun
from visualizer.lessons.recurrent.train.settings import RunSettings

SHORT = RunSettings(kind="lstm", iterations=40, length=3)


def finished(settings: RunSettings) -> TrainingRun:
    run = TrainingRun(settings)
    while not run.done:
        run.go_on(1.0)
    return run


@pytest.mark.parametrize("task", ["remember", "brackets", "adding", "characters"])
def test_a_run_reports_from_its_start_to_its_end(task: str) -> None:
    run = finished(replace(SHORT, task=task))
    assert [report.iteration for report in run.reports] == [0, 10, 20, 30, 40]
    assert run.model is not None


def test_the_same_seed_gives_the_same_run() -> None:
    one, same, other = (finished(replace(SHORT, seed=seed)).reports[-1].loss for seed in (1, 1, 2))
    assert one == same != other


def test_a_stopped_run_goes_no_further() -> None:
    run = TrainingRun(SHORT)
    run.go_on(0.001)
    run.stopped = True
    count = len(run.reports)
    run.go_on(1.0)
    assert len(run.reports) == count
    assert run.done


def test_a_length_that_the_task_lacks_is_brought_within_its_limits() -> None:
    assert finished(replace(SHORT, length=90, iterations=10)).reports[-1].iteration == 10
