"""What one can do in the lesson, and what stays when one does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch

from visualizer.engine import Ref
from visualizer.inputs.tables.examples import Examples
from visualizer.lessons.one_hidden_layer.history import MAX_ITERATIONS, History
from visualizer.lessons.one_hidden_layer.saved import from_json, to_json
from visualizer.lessons.one_hidden_layer.settings import settings_of
from visualizer.lessons.one_hidden_layer.state import NetLesson
from visualizer.lessons.one_hidden_layer.walk import overflow_message

WEIGHT = Ref("W1", (2, 1))


def opened(**values: Any) -> NetLesson:
    return NetLesson(settings_of(values))


def follow(lesson: NetLesson, **changes: Any) -> NetLesson:
    lesson.follow(replace(lesson.settings, **changes))
    return lesson


def weight(lesson: NetLesson) -> float:
    return float(lesson.numbers.arrays["W1"][2, 1])


class TestIterations:
    def test_an_update_goes_on_with_the_new_numbers(self) -> None:
        lesson = opened()
        wanted = lesson.trace["new_W1"]
        lesson.iterate("apply")

        assert lesson.history.at == 1
        assert torch.equal(lesson.trace["W1"], wanted)
        assert lesson.history.losses[1] == float(lesson.trace["loss"]) < lesson.history.losses[0]

    def test_going_back_and_on_drops_the_later_ones(self) -> None:
        lesson = opened()
        for _ in range(4):
            lesson.iterate("apply")
        lesson.iterate(1)
        assert (lesson.history.at, len(lesson.history.losses)) == (1, 5)
        lesson.iterate("apply")

        assert (lesson.history.at, len(lesson.history.losses)) == (2, 3)

    def test_the_same_start_again(self) -> None:
        lesson = opened()
        start = lesson.numbers.arrays
        for _ in range(3):
            lesson.iterate("apply")
        lesson.iterate("restart")

        assert len(lesson.history.losses) == 1
        assert all(torch.equal(array, start[name]) for name, array in lesson.numbers.arrays.items())

    def test_one_at_a_time_takes_the_next_example(self) -> None:
        lesson = opened(preset="xor", batch="one", example=3)
        taken = []
        for _ in range(5):
            taken.append(lesson.trace["x"].tolist())
            lesson.iterate("apply")

        assert taken == [[[1, 0]], [[1, 1]], [[0, 0]], [[0, 1]], [[1, 0]]]
        assert lesson.trace.title.endswith("example 4 of 4")

    def test_says_when_no_more_iterations_are_kept(self) -> None:
        lesson = opened()
        lesson.history = History(lesson.history.iterations * MAX_ITERATIONS, MAX_ITERATIONS - 1)
        lesson.iterate("apply")

        assert lesson.history.at == MAX_ITERATIONS - 1
        assert lesson.message == "1,000 iterations are kept. Start again, or go back to an earlier one."

    def test_an_overflow_is_not_applied_and_said_in_words(self) -> None:
        lesson = opened(preset="line", learning_rate=1000.0)
        while not overflow_message(lesson.trace, lesson.history.at):
            lesson.iterate("apply")
        at, numbers = lesson.history.at, lesson.numbers
        lesson.iterate("apply")

        assert lesson.history.at == at
        assert all(bool(torch.isfinite(array).all()) for array in numbers.arrays.values())
        step = lesson.trace.first_not_finite
        assert step is not None
        assert overflow_message(lesson.trace, at).startswith(f"At step {step + 1} of {len(lesson.trace)}, ")
        assert "learning rate is too high: go back an iteration" in overflow_message(lesson.trace, at)
        lesson.go_back()
        assert overflow_message(lesson.trace, lesson.history.at) == ""

    def test_an_overflow_at_the_start_names_the_numbers(self) -> None:
        lesson = opened(preset="textbook", activation="identity")
        lesson.change({Ref("W2", (0, 0)): 1e200, Ref("W1", (0, 0)): 1e200})

        assert "make weights or inputs smaller" in overflow_message(lesson.trace, 0)


class TestEdits:
    def test_changes_the_number_and_all_that_follows(self) -> None:
        lesson = opened()
        loss = float(lesson.trace["loss"])
        lesson.edit(WEIGHT, 0.7)

        assert weight(lesson) == float(lesson.trace["W1"][2, 1]) == 0.7
        assert float(lesson.trace["loss"]) != loss

    def test_at_the_start_it_is_part_of_the_same_start(self) -> None:
        lesson = opened()
        lesson.edit(WEIGHT, 0.7)
        lesson.iterate("apply")
        lesson.iterate("restart")

        assert weight(lesson) == 0.7

    def test_later_on_it_drops_what_followed_and_leaves_the_start(self) -> None:
        lesson = opened()
        start = weight(lesson)
        for _ in range(3):
            lesson.iterate("apply")
        lesson.iterate(1)
        lesson.edit(WEIGHT, 0.7)

        assert (lesson.history.at, len(lesson.history.losses)) == (1, 2)
        lesson.iterate("restart")
        assert weight(lesson) == start

    def test_of_data_stays_for_every_start(self) -> None:
        lesson = opened()
        lesson.iterate("apply")
        lesson.edit(Ref("x", (0, 0)), 0.3)
        lesson.iterate("restart")

        assert float(lesson.numbers.x[0, 0]) == 0.3

    def test_one_at_a_time_it_means_the_example_on_screen(self) -> None:
        lesson = opened(preset="xor", batch="one", example=3)
        lesson.edit(Ref("x", (0, 1)), 0.4)

        assert lesson.numbers.x.tolist() == [[0, 0], [0, 1], [1, 0.4], [1, 1]]
        assert lesson.trace["x"].tolist() == [[1, 0.4]]

    def test_of_a_target_takes_the_others_along_under_cross_entropy(self) -> None:
        lesson = opened(preset="textbook", loss="cross_entropy")
        lesson.edit(Ref("y", (0, 0)), 0.25)

        assert lesson.numbers.y.tolist() == [[0.25, 0.75]]

    def test_of_a_target_beyond_its_range_is_refused_in_words(self) -> None:
        lesson = opened(preset="textbook", loss="cross_entropy")
        lesson.edit(Ref("y", (0, 0)), 1.5)

        assert lesson.numbers.y.tolist() == [[0.01, 0.99]]
        assert lesson.message == (
            "Under cross-entropy the targets of an example are between 0 and 1 and add up to 1; 1.5 is not."
        )
        with pytest.raises(ValueError, match="add up to 1"):
            lesson.change({Ref("y", (0, 0)): 0.5})

    def test_are_forgotten_on_request(self) -> None:
        lesson = opened()
        start = weight(lesson)
        lesson.edit(WEIGHT, 0.7)
        assert lesson.own_numbers
        lesson.forget_edits()

        assert weight(lesson) == start
        assert not lesson.own_numbers


class TestSettings:
    def test_the_learning_rate_keeps_the_iterations(self) -> None:
        lesson = opened()
        lesson.iterate("apply")
        follow(lesson, learning_rate=2.0)

        assert lesson.history.at == 1
        assert float(lesson.trace["learning_rate"]) == 2.0

    def test_another_function_starts_again_from_the_same_numbers(self) -> None:
        lesson = opened()
        lesson.edit(WEIGHT, 0.7)
        lesson.iterate("apply")
        follow(lesson, activation="tanh")

        assert lesson.history.at == 0
        assert weight(lesson) == 0.7

    def test_a_place_that_comes_back_has_its_edit_back(self) -> None:
        lesson = opened()
        lesson.edit(WEIGHT, 0.7)
        follow(lesson, hidden=2)
        assert lesson.numbers.weights[0].shape == (2, 2)
        follow(lesson, hidden=3)

        assert weight(lesson) == 0.7

    def test_other_initial_weights_drop_edits_of_weights_only(self) -> None:
        lesson = opened()
        lesson.edit(WEIGHT, 0.7)
        lesson.edit(Ref("x", (0, 0)), 0.3)
        follow(lesson, initialisation="normal")

        assert weight(lesson) != 0.7
        assert float(lesson.numbers.x[0, 0]) == 0.3

    def test_another_preset_drops_every_edit(self) -> None:
        lesson = opened()
        lesson.edit(Ref("x", (0, 0)), 0.3)
        lesson.follow(settings_of({"preset": "xor"}))

        assert lesson.numbers.x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
        assert not lesson.own_numbers

    def test_another_example_is_taken_where_one_is(self) -> None:
        lesson = follow(opened(preset="xor", batch="one"), example=2)

        assert lesson.trace["x"].tolist() == [[0, 1]]

    def test_settings_without_a_walk_leave_the_walk_before(self) -> None:
        lesson = opened()
        before = lesson.trace
        follow(lesson, loss="cross_entropy")

        assert lesson.trace is before
        assert lesson.refusal is not None
        assert lesson.refusal.text.endswith("Set outputs to 2.")
        lesson.follow(replace(lesson.settings, loss="cross_entropy", outputs=2))
        assert lesson.refusal is None
        assert lesson.trace["out"].sum() == pytest.approx(1.0)

    def test_a_link_without_a_walk_opens_with_the_squared_loss(self) -> None:
        lesson = opened(loss="cross_entropy")

        assert "error" in lesson.trace.arrays
        assert lesson.refusal

    def test_a_walk_is_computed_once(self) -> None:
        lesson = opened()

        assert lesson.trace is lesson.trace
        assert "b1" not in follow(lesson, bias=False).editable


class TestBroughtAlong:
    def test_examples_start_again_with_the_same_weights(self) -> None:
        lesson = opened()
        start = weight(lesson)
        lesson.iterate("apply")
        lesson.set_examples(Examples(((1, 2), (3, 4)), ((0,), (1,))))

        assert lesson.numbers.x.tolist() == [[1, 2], [3, 4]]
        assert lesson.settings.examples == 2
        assert (lesson.history.at, weight(lesson)) == (0, start)

    def test_examples_that_cross_entropy_cannot_take_change_nothing(self) -> None:
        lesson = opened(preset="textbook", loss="cross_entropy")
        with pytest.raises(ValueError, match="add up to 1"):
            lesson.set_examples(Examples(((1, 2),), ((1, 1),)))

        assert lesson.numbers.y.tolist() == [[0.01, 0.99]]

    def test_saved_numbers_are_the_new_start(self) -> None:
        trained = opened(preset="xor")
        for _ in range(3):
            trained.iterate("apply")
        saved = from_json(to_json(trained.settings, trained.numbers).encode())
        lesson = opened()
        lesson.load(replace(lesson.settings, **saved.values), saved.numbers)

        assert float(lesson.trace["loss"]) == float(trained.trace["loss"])
        lesson.iterate("apply")
        lesson.iterate("restart")
        assert torch.equal(lesson.numbers.weights[0], trained.numbers.weights[0])


def test_gradients_agree_three_ways() -> None:
    check = opened(preset="xor").check_gradients()

    assert len(check.rows) == 9
    assert check.largest < 1e-8


def test_changes_are_undone_one_by_one() -> None:
    lesson = opened()
    start = weight(lesson)
    lesson.edit(Ref("W1", (2, 1)), 5.0)
    lesson.edit(Ref("W1", (2, 1)), 7.0)
    lesson.iterate("undo")
    assert weight(lesson) == 5.0
    lesson.iterate("undo")
    assert weight(lesson) == start
    assert not lesson.can_undo
    lesson.iterate("undo")
    assert weight(lesson) == start


def test_a_new_start_leaves_nothing_to_undo() -> None:
    lesson = opened()
    lesson.edit(Ref("W1", (2, 1)), 5.0)
    assert lesson.can_undo
    lesson.iterate("restart")
    assert not lesson.can_undo
    assert weight(lesson) == 5.0


def test_the_textbooks_second_iteration_is_mazurs_as_the_biases_are_held() -> None:
    lesson = opened(preset="textbook")
    assert float(lesson.trace["loss"]) == pytest.approx(0.298371109, abs=5e-10)
    lesson.iterate("apply")
    assert float(lesson.trace["loss"]) == pytest.approx(0.291028, abs=5e-7)
    assert lesson.numbers.biases is not None and lesson.numbers.biases[0].tolist() == [0.35, 0.35]


def test_a_walk_opens_at_the_gradient_of_a_hidden_weight() -> None:
    lesson = opened()
    assert str(lesson.trace.steps[lesson.start - 1].target) == "grad_W1[0,0]"
