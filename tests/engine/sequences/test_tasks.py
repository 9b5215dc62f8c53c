"""The tasks: targets that one can compute from the inputs, within the limits that they state."""

from __future__ import annotations

import sys

import pytest
import torch

from visualizer.engine.sequences.tasks import (
    ADDING,
    BRACKETS,
    DISTRACTED,
    REMEMBER,
    TASKS,
    Task,
    characters,
)
from visualizer.engine.sequences.text import (
    LEARNED,
    TESTED,
    VOCABULARY,
    character_tasks,
    fitting_text,
    training_text,
)

ALL = [*TASKS.values(), characters("abcab" * 50, "abc")]


def drawn(seed: int = 1) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("task", ALL, ids=lambda task: task.name)
def test_a_batch_has_the_shapes_that_are_stated(task: Task) -> None:
    for length in task.lengths:
        batch = task.batch(drawn(), 6, length)
        time = len(batch.counted)
        assert batch.x.shape == (time, 6, len(task.inputs))
        assert batch.x.dtype == torch.float32
        assert batch.targets.shape[:2] == (time, 6)
        if task.one_hot:
            assert bool((batch.x.sum(-1) == 1).all())
            assert int(batch.targets.max()) < len(task.outputs)


@pytest.mark.parametrize("task", ALL, ids=lambda task: task.name)
def test_the_generator_alone_decides(task: Task) -> None:
    state = torch.get_rng_state()
    first, again, other = (task.batch(drawn(seed), 9) for seed in (1, 1, 2))
    assert torch.equal(first.x, again.x)
    assert torch.equal(first.targets, again.targets)
    assert not torch.equal(first.x, other.x)
    assert torch.equal(state, torch.get_rng_state())


@pytest.mark.parametrize("task", (REMEMBER, DISTRACTED), ids=lambda task: task.name)
def test_the_first_symbol_is_asked_for_after_the_delay(task: Task) -> None:
    batch = task.batch(drawn(), 200, 7)
    read = batch.x.argmax(-1)
    assert len(read) == 9
    assert torch.equal(batch.targets[-1], read[0])
    assert set(read[0].tolist()) == {0, 1, 2, 3}
    assert set(read[-1].tolist()) == {len(task.inputs) - 1}
    assert set(read[1:-1].flatten().tolist()) == set(range(4, len(task.inputs) - 1))
    assert batch.counted.tolist() == [False] * 8 + [True]


def test_brackets_are_counted_and_stay_within_0_and_5() -> None:
    batch = BRACKETS.batch(drawn(), 200, 40)
    read = batch.x.argmax(-1)
    depths = ((read == 0).long() - (read == 1).long()).cumsum(0)
    assert torch.equal(batch.targets, depths)
    assert set(depths.flatten().tolist()) == {0, 1, 2, 3, 4, 5}
    assert set(read.flatten().tolist()) == {0, 1, 2, 3, 4}
    assert bool(batch.counted.all())


@pytest.mark.parametrize("length", (2, 3, 20))
def test_the_marked_numbers_are_added(length: int) -> None:
    batch = ADDING.batch(drawn(), 100, length)
    numbers, marks = batch.x.unbind(-1)
    assert bool((marks[: length // 2].sum(0) == 1).all())
    assert bool((marks[length // 2 :].sum(0) == 1).all())
    torch.testing.assert_close(batch.targets[-1, :, 0], (numbers * marks).sum(0))
    assert batch.counted.tolist() == [False] * (length - 1) + [True]


def test_the_next_character_is_the_target() -> None:
    batch = characters("abc" * 80, "abc").batch(drawn(), 30, 12)
    assert torch.equal(batch.targets, (batch.x.argmax(-1) + 1) % 3)


def test_symbols_are_encoded_by_name() -> None:
    assert BRACKETS.encode("(a)").argmax(-1).tolist() == [0, 2, 1]
    assert REMEMBER.encode(["B", "·", "?"]).argmax(-1).tolist() == [1, 4, 5]
    for task, symbols, message in (
        (BRACKETS, "", "at least 1"),
        (BRACKETS, "(x", "'x'"),
        (ADDING, "1", "reads numbers"),
    ):
        with pytest.raises(ValueError, match=message):
            task.encode(symbols)


@pytest.mark.parametrize("length", (0, 51))
def test_refuses_a_delay_beyond_the_limits(length: int) -> None:
    with pytest.raises(ValueError, match=f"delay must be from 1 to 50, got {length}"):
        REMEMBER.batch(drawn(), 1, length)


def test_refuses_what_no_batch_or_task_can_be_made_of() -> None:
    with pytest.raises(ValueError, match="size must be at least 1"):
        REMEMBER.batch(drawn(), 0)
    with pytest.raises(ValueError, match="at least 202 characters"):
        characters("short", VOCABULARY)
    with pytest.raises(ValueError, match="'!'"):
        characters("abc!" * 60, "abc")


def test_the_text_is_of_the_vocabulary_and_another_topic_is_kept_for_testing() -> None:
    learning, testing = training_text()
    assert len(testing) == TESTED
    assert len(learning) == LEARNED
    assert set(learning) == set(VOCABULARY)
    assert set(testing) <= set(VOCABULARY)
    assert "  " not in learning
    assert testing[:500] not in learning
    if sys.version_info[:2] == (3, 11):
        assert learning.startswith("a python program is constructed from code blocks. a block is a piece")


def test_what_is_not_in_the_vocabulary_is_dropped() -> None:
    assert fitting_text('A  "Block"\n(of 3 lines), re-used…') == "a block (of lines), re used"


def test_the_character_tasks_read_the_text() -> None:
    learning, testing = character_tasks()
    assert learning.inputs == testing.outputs == tuple(VOCABULARY)
