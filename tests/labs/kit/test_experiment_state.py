"""What a session keeps of an experiment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Thread

import numpy as np
import torch

from visualizer.labs.kit.experiment_state import Bench, Results, size_of
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


KILOBYTE = torch.zeros(1024, dtype=torch.uint8)


@dataclass(frozen=True, eq=False)
class Found:
    losses: torch.Tensor
    names: tuple[str, ...]


def test_a_result_is_handed_back_as_it_is() -> None:
    results, found = Results(), Found(KILOBYTE, ("a",))
    assert results.get(("lab", 1)) is None
    results.keep(("lab", 1), found)
    assert results.get(("lab", 1)) is found
    assert results.get(("lab", 2)) is None


def test_the_one_that_nobody_asked_for_goes_first() -> None:
    results = Results(most_bytes=2 * size_of(("a", KILOBYTE)) + 10)
    results.keep("a", KILOBYTE)
    results.keep("b", KILOBYTE)
    assert results.get("a") is not None
    results.keep("c", KILOBYTE)
    assert [results.get(key) is not None for key in "abc"] == [True, False, True]
    assert len(results) == 2


def test_one_beyond_all_bounds_is_not_kept_and_drives_nobody_out() -> None:
    results = Results(most_bytes=2000)
    results.keep("small", KILOBYTE)
    results.keep("large", torch.zeros(10_000))
    assert results.get("large") is None and results.get("small") is not None


def test_the_first_result_for_a_key_stays() -> None:
    results = Results()
    results.keep("a", "first")
    results.keep("a", "second")
    assert results.get("a") == "first" and len(results) == 1


def test_sizes_count_what_is_within() -> None:
    assert size_of(Found(KILOBYTE, ("ab", "c"))) >= 1024 + 3
    assert size_of({"a": np.zeros(100), "b": [KILOBYTE]}) >= 800 + 1024
    assert size_of(3) < 100


def test_many_sessions_at_once_leave_it_whole() -> None:
    results = Results(most_bytes=20 * 1100)

    def use(start: int) -> None:
        for number in range(200):
            results.keep(start + number % 50, KILOBYTE)
            results.get(start + number % 7)

    threads = [Thread(target=use, args=(start,)) for start in range(0, 40, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 < len(results) <= 20
