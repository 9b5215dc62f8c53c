"""The iterations: on, back, and changed."""

from __future__ import annotations

from visualizer.lessons.one_hidden_layer.history import MAX_ITERATIONS, History, Iteration
from visualizer.lessons.one_hidden_layer.presets import PRESETS

NUMBERS = PRESETS["training"].numbers


def history(count: int, at: int | None = None) -> History:
    iterations = tuple(Iteration(NUMBERS, float(loss)) for loss in range(count))
    return History(iterations, count - 1 if at is None else at)


def test_goes_on_and_drops_what_came_later() -> None:
    following = Iteration(NUMBERS, 9.0)

    assert history(3).go_on(following).losses == (0, 1, 2, 9)
    assert history(5, at=1).go_on(following).losses == (0, 1, 9)
    assert history(5, at=1).go_on(following).at == 2


def test_goes_to_the_nearest_that_there_is_and_keeps_all() -> None:
    assert history(3).go_to(0).current.loss == 0
    assert history(3).go_to(0).losses == (0, 1, 2)
    assert history(3).go_to(-5).at == 0
    assert history(3).go_to(99).at == 2


def test_a_change_drops_what_followed_from_it() -> None:
    changed = history(5, at=2).replaced(Iteration(NUMBERS, 7.0))

    assert changed.losses == (0, 1, 7)
    assert changed.at == 2


def test_is_full_at_its_bound() -> None:
    assert not history(MAX_ITERATIONS - 1).full
    assert history(MAX_ITERATIONS).full
    assert not history(MAX_ITERATIONS, at=5).full
