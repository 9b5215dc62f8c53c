"""Training a recurrent net: it learns, can be stopped, is the same for the same seed, and touches nothing shared."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
import torch

from visualizer.engine.sequences.delays import success_over_delay
from visualizer.engine.sequences.model import GATES, Kind, SequenceModel
from visualizer.engine.sequences.tasks import ADDING, BRACKETS, REMEMBER, Task, characters
from visualizer.engine.sequences.text import sample_text
from visualizer.engine.sequences.training import LARGEST_RATE, Plan, Progress, accuracy, initial_model, measure, train

QUICK = Plan(10, (3, 5), every=4)


def start(kind: Kind, task: Task = REMEMBER, units: int = 6, seed: int = 0) -> SequenceModel:
    generator = torch.Generator().manual_seed(seed)
    return initial_model(kind, len(task.inputs), units, len(task.outputs), generator)


def last_of(model: SequenceModel, task: Task, plan: Plan, seed: int = 0) -> Progress:
    *_, last = train(model, task, plan, seed=seed)
    return last


def same(one: SequenceModel, other: SequenceModel) -> bool:
    return all(torch.equal(value, other.parameters()[name]) for name, value in one.parameters().items())


@pytest.mark.parametrize("kind", GATES)
def test_an_easy_task_is_learned(kind: Kind) -> None:
    last = last_of(start(kind), REMEMBER, Plan(300, (1, 3), learning_rate=0.03))
    assert last.iteration == 300
    assert last.accuracy > 0.9
    assert accuracy(last.model, REMEMBER, torch.Generator().manual_seed(5), 2) > 0.9


@pytest.mark.parametrize("task", (BRACKETS, ADDING, characters("abcb" * 80, "abc")), ids=lambda task: task.name)
@pytest.mark.parametrize("kind", GATES)
def test_the_loss_falls(kind: Kind, task: Task) -> None:
    first, *_, last = train(start(kind, task), task, Plan(150, (10, 10), learning_rate=0.03))
    assert last.loss < 0.8 * first.loss


def test_reports_come_at_the_start_regularly_and_at_the_end() -> None:
    model = start("lstm")
    reports = list(train(model, REMEMBER, QUICK))
    assert [report.iteration for report in reports] == [0, 4, 8, 10]
    assert not any(report.diverged for report in reports)
    assert all(value.dtype == torch.float64 for value in reports[-1].model.parameters().values())
    torch.testing.assert_close(reports[0].model.weight_hh, model.weight_hh, atol=1e-7, rtol=0)
    assert not same(reports[1].model, reports[2].model)


def test_a_run_can_be_stopped() -> None:
    run = train(start("rnn"), REMEMBER, Plan(10**9, (1, 3), every=5))
    assert [report.iteration for report in itertools.islice(run, 3)] == [0, 5, 10]


def test_the_same_seed_gives_the_same_model_and_nothing_shared_is_touched() -> None:
    state, mode = torch.get_rng_state(), torch.is_grad_enabled()
    found = [last_of(start("lstm", seed=3), REMEMBER, QUICK, seed) for seed in (7, 7, 8)]
    assert same(found[0].model, found[1].model)
    assert not same(found[0].model, found[2].model)
    assert torch.equal(state, torch.get_rng_state())
    assert torch.is_grad_enabled() == mode


def test_it_trains_where_gradients_are_off_and_leaves_them_off() -> None:
    model = start("rnn")
    with torch.no_grad():
        modes = [(torch.is_grad_enabled(), report.model) for report in train(model, REMEMBER, QUICK)]
    last = modes[-1][1]
    assert not any(enabled for enabled, _ in modes)
    assert not same(last, model)
    assert not any(value.requires_grad for value in last.parameters().values())


@pytest.mark.parametrize("rate", (1e20, LARGEST_RATE))
def test_a_run_that_diverges_says_where_and_keeps_the_last_finite_model(rate: float) -> None:
    plan = Plan(50, (10, 10), learning_rate=rate, clip=None)
    *_, last = train(start("rnn", ADDING), ADDING, plan)
    assert last.diverged
    assert 1 <= last.iteration < 50
    assert all(bool(torch.isfinite(value).all()) for value in last.model.parameters().values())


def test_a_clipped_gradient_is_another_run() -> None:
    wide, narrow = (last_of(start("rnn"), REMEMBER, replace(QUICK, clip=clip)) for clip in (None, 1e-9))
    assert not same(wide.model, narrow.model)


def test_the_forget_gate_starts_open() -> None:
    model = initial_model("lstm", 3, 4, 2, torch.Generator(), forget_bias=2.5)
    assert (model.bias_ih + model.bias_hh)[4:8].tolist() == [2.5] * 4
    assert float(model.weight_hh.abs().max()) <= 0.5


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"iterations": 0}, "iterations must be at least 1, got 0"),
        ({"every": 0}, "every"),
        ({"batch_size": 0}, "batch_size"),
        ({"learning_rate": float("nan")}, "learning_rate must be above 0 and at most 1e.30, got nan"),
        ({"learning_rate": 0.0}, "learning_rate"),
        ({"learning_rate": 1e31}, "learning_rate"),
        ({"clip": -1.0}, "clip"),
        ({"lengths": (5, 3)}, "lengths"),
    ],
)
def test_refuses_a_plan_that_is_none(wrong: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(QUICK, **wrong)


def test_refuses_what_does_not_fit_at_once() -> None:
    with pytest.raises(ValueError, match="brackets needs 5 inputs and 6 outputs"):
        train(start("rnn"), BRACKETS, QUICK)
    with pytest.raises(ValueError, match="delay must be from 1 to 50, got 60"):
        train(start("rnn"), REMEMBER, replace(QUICK, lengths=(3, 60)))
    with pytest.raises(ValueError, match="units must be at least 1"):
        start("rnn", units=0)
    with pytest.raises(ValueError, match="kind"):
        start("gru")


def test_a_number_within_a_limit_is_right() -> None:
    model = start("rnn", ADDING)
    zero = SequenceModel("rnn", *(torch.zeros_like(value) for value in model.parameters().values()))
    loss, right = measure(replace(zero, bias_out=torch.ones(1)), ADDING, torch.Generator().manual_seed(1), size=4000)
    assert loss == pytest.approx(1 / 6, rel=0.1)
    assert right == pytest.approx(1 - 0.92**2, abs=0.02)


def test_success_is_given_for_each_delay_and_seed() -> None:
    found = success_over_delay("lstm", REMEMBER, (1, 2, 3), (0, 1), iterations=5)
    assert [len(row) for row in found] == [2, 2, 2]
    assert all(0 <= value <= 1 for row in found for value in row)


@pytest.mark.parametrize("kind", GATES)
def test_text_goes_on_as_it_was_learned(kind: Kind) -> None:
    task = characters("abcd" * 80, "abcd")
    model = last_of(start(kind, task), task, Plan(150, (8, 8), learning_rate=0.03)).model
    for temperature in (0.0, 1e-300, 0.1):
        assert sample_text(model, "abcd", "ab", 9, temperature, torch.Generator().manual_seed(1)) == "cdabcdabc"
    hot = [sample_text(model, "abcd", "ab", 40, 50.0, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)]
    assert hot[0] == hot[1] != hot[2]
    assert sample_text(model, "abcd", "a", 0, 1.0, torch.Generator()) == ""


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"vocabulary": "ab"}, "vocabulary"),
        ({"start": ""}, "start must have"),
        ({"start": "ax"}, "'x'"),
        ({"length": -1}, "length"),
        ({"temperature": float("inf")}, "temperature"),
    ],
)
def test_refuses_what_no_text_can_be_made_of(wrong: dict[str, object], message: str) -> None:
    model = initial_model("rnn", 3, 2, 3, torch.Generator())
    arguments = {"vocabulary": "abc", "start": "a", "length": 3, "temperature": 1.0} | wrong
    with pytest.raises(ValueError, match=message):
        sample_text(model, generator=torch.Generator(), **arguments)
