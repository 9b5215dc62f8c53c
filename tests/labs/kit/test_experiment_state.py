"""What a session keeps of an experiment."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.labs.kit.experiment_state import Bench
from visualizer.labs.kit.results import Results
from visualizer.ui.run import Progress

LONG = 60.0


class Experiment:
    """Counts how often it is begun."""

    begun = 0

    def start(self, steps: int = 2) -> Iterator[Progress[int]]:
        self.begun += 1
        for step in range(steps):
            yield Progress(step / steps, "", step + 1)


def endless() -> Iterator[Progress[int]]:
    step = 0
    while True:
        step += 1
        yield Progress(0.5, "", step)


def test_the_same_settings_go_on_with_the_same_run() -> None:
    bench, results, experiment = Bench("lab"), Results(), Experiment()
    run = bench.open("a", experiment.start, results)
    assert bench.open("a", experiment.start, results) is run
    assert experiment.begun == 1


def test_a_finished_result_is_there_at_once_for_the_next_session() -> None:
    results, experiment = Results(), Experiment()
    Bench("lab").open("a", experiment.start, results)
    again = Bench("lab").open("a", experiment.start, results)
    assert again.finished and again.result == 2
    assert experiment.begun == 1
    assert Bench("other").open("a", experiment.start, results).seconds > 0
    assert experiment.begun == 2


def test_other_settings_begin_anew() -> None:
    bench, results, experiment = Bench("lab"), Results(), Experiment()
    bench.open("a", experiment.start, results)
    assert bench.open("b", experiment.start, results).settings == "b"
    assert experiment.begun == 2


def test_what_is_cancelled_is_not_kept() -> None:
    bench, results = Bench("lab"), Results()
    run = bench.open("a", endless, results)
    run.cancelled = True
    bench.go_on(LONG)
    assert len(results) == 0 and run.result is not None


def test_the_figure_is_not_a_new_one_at_every_look() -> None:
    bench = Bench("lab")
    run = bench.open("a", endless, Results())
    first = bench.painted()
    bench.go_on(0.001)
    assert run.result != first and bench.painted() == first
    run.cancelled = True
    assert bench.painted() == run.result
