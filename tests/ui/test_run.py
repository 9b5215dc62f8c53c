"""An experiment under way: it goes on, ends, is cancelled, fails."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.ui.run import Progress, Run, finished_run

LONG = 60.0


def counting(last: int) -> Iterator[Progress[int]]:
    for number in range(last + 1):
        yield Progress(number / last, f"at {number}", number or None)


def failing() -> Iterator[Progress[int]]:
    yield Progress(0.5, "half", 7)
    raise ValueError("sizes must be at least 1, got 0")


def test_a_run_ends_with_its_last_report() -> None:
    run = Run("settings", counting(3))
    assert not run.done and run.result is None
    run.go_on(LONG)
    assert run.finished and run.done
    assert (run.result, run.last.share, run.last.text) == (3, 1.0, "at 3")
    assert run.seconds > 0


def test_a_run_without_time_does_not_move() -> None:
    run = Run("settings", counting(3))
    run.go_on(0)
    assert run.last.text == ""


def test_a_report_without_a_result_leaves_the_one_before() -> None:
    run = Run("settings", iter([Progress(0.1, "first", 5), Progress(0.2, "next", None)]))
    run.go_on(LONG)
    assert run.result == 5


def test_a_cancelled_run_stands_still_until_it_is_taken_up_again() -> None:
    run = Run("settings", counting(3))
    run.cancelled = True
    run.go_on(LONG)
    assert run.done and not run.finished and run.result is None
    run.cancelled = False
    run.go_on(LONG)
    assert run.finished and run.result == 3


def test_a_failure_ends_a_run_with_words() -> None:
    run = Run("settings", failing())
    run.go_on(LONG)
    assert run.done and not run.finished
    assert run.failure == "sizes must be at least 1, got 0"
    assert run.result == 7


def test_a_known_result_makes_a_run_that_is_done() -> None:
    run = finished_run("settings", 9)
    assert run.finished and run.result == 9
    run.go_on(LONG)
    assert run.result == 9 and run.seconds == 0
