from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.plain_training import (
    OUTPUTS,
    data_for,
    orders,
    plain_gradient,
    plain_loss,
    plain_outputs,
    plain_training,
    random_start,
)
from visualizer.engine.data.examples import Data
from visualizer.engine.training.loop import Recipe, TrainingRun, train, train_all
from visualizer.engine.training.schedules import Schedule
from visualizer.engine.training.update.losses import LOSS_NAMES, LossName
from visualizer.engine.training.update.optimisers import OPTIMISERS
from visualizer.engine.training.update.parameters import Shape

SHAPE = Shape((3, 4, 1))
DATA = data_for("logistic")
RECIPE = Recipe("logistic", 6, 5, precision=torch.float64)


def run_of(
    shape: Shape = SHAPE, data: Data = DATA, recipe: Recipe = RECIPE, nets: int = 2, **changes: Any
) -> TrainingRun:
    start = random_start(shape, nets)
    return train_all(start, shape, data, recipe, **({"learning_rate": 0.3} | changes))


@pytest.mark.parametrize("batch_size", [1, 2, 4, 5, 12, 13, 20, None])
@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_any_batch_size_is_as_the_plain_way(loss: LossName, batch_size: int | None) -> None:
    """13 examples: most batches leave a short last one, whose gradient is the mean over fewer."""
    shape, data = Shape((3, 4, OUTPUTS[loss])), data_for(loss)
    recipe = Recipe(loss, 3, batch_size, precision=torch.float64, seed=9)
    run = run_of(shape, data, recipe, learning_rate=0.1)
    for net, start in enumerate(random_start(shape, 2)):
        wanted = plain_training(start, shape, data, recipe, partial(torch.optim.SGD, lr=0.1))
        torch.testing.assert_close(run.parameters[:, net], wanted, rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_what_a_frame_says_of_its_parameters(loss: LossName) -> None:
    shape, data = Shape((3, 4, OUTPUTS[loss])), data_for(loss)
    run = run_of(shape, data, replace(RECIPE, loss=loss), learning_rate=0.1)
    for part, x, y in (("train", data.train_x, data.train_y), ("test", data.test_x, data.test_y)):
        for frame, net in ((0, 1), (6, 0)):
            z = plain_outputs(run.parameters[frame, net], shape, x)
            torch.testing.assert_close(getattr(run, f"{part}_loss")[frame, net], plain_loss(loss, z, y))
            right = (z > 0) == (y > 0) if loss == "logistic" else z.argmax(dim=1) == y.argmax(dim=1)
            accuracy = float("nan") if loss == "squared" else float(right.double().mean())
            assert float(getattr(run, f"{part}_accuracy")[frame, net]) == pytest.approx(accuracy, nan_ok=True)
    assert run.learning_rates.unique().tolist() == [0.1]
    assert run.diverged.tolist() == run.stopped.tolist() == [-1, -1] and run.cause == ["", ""]


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("hidden", [(), (4,), (3, 3)])
def test_many_at_once_are_as_each_alone(hidden: tuple[int, ...], optimiser: str) -> None:
    """Each with a rate, penalties and a dropout of its own, on a plateau and with early stopping."""
    shape = Shape((3, *hidden, 1))
    recipe = replace(RECIPE, epochs=12, optimiser=optimiser, patience=3, schedule=Schedule("plateau", patience=0))
    own = {
        "learning_rate": torch.tensor([0.05, 0.02, 0.3]),
        "l2": torch.tensor([0.0, 0.1, 0.01]),
        "l1": torch.tensor([0.01, 0.0, 0.1]),
        "dropout": torch.tensor([0.0, 0.5, 0.2]),
    }
    start = random_start(shape, 3)
    together = train_all(start, shape, DATA, recipe, **own)
    for net in range(3):
        mine = {name: values[net : net + 1] for name, values in own.items()}
        alone = train_all(start[net : net + 1], shape, DATA, recipe, **mine)
        frames = len(alone.epochs)
        assert alone.stopped[0] == together.stopped[net]
        torch.testing.assert_close(together.parameters[:frames, net], alone.parameters[:, 0], rtol=1e-9, atol=1e-10)
        torch.testing.assert_close(together.gradient_norms[:frames, net], alone.gradient_norms[:, 0])


@given(st.integers(1, 50), st.integers(2, 60))
@settings(max_examples=30)
def test_frames_are_even_with_the_first_and_the_last(epochs: int, frames: int) -> None:
    recipe = Recipe("logistic", epochs, frames=frames)
    epochs_found = run_of(recipe=recipe, nets=1).epochs
    gaps = epochs_found.diff()
    assert len(epochs_found) == min(frames, epochs + 1)
    assert epochs_found[0] == 0 and epochs_found[-1] == epochs
    assert int(gaps.max() - gaps.min()) <= 1 and int(gaps.min()) >= 1


def test_the_run_so_far_comes_with_every_frame() -> None:
    whole = run_of()
    start = random_start(SHAPE, 2)
    for count, progress in enumerate(train(start, SHAPE, DATA, RECIPE, learning_rate=0.3), start=1):
        assert (progress.epoch, progress.epochs) == (count - 1, 6)
        assert len(progress.run.epochs) == count
        for name in ("epochs", "parameters", "train_loss", "test_accuracy", "gradient_norms", "learning_rates"):
            assert torch.equal(getattr(progress.run, name), getattr(whole, name)[:count])


def test_who_stops_asking_cancels_and_keeps_what_there_is() -> None:
    run = train(random_start(SHAPE), SHAPE, DATA, replace(RECIPE, epochs=10**9), learning_rate=0.3)
    *_, last = islice(train(random_start(SHAPE), SHAPE, DATA, replace(RECIPE, epochs=90), learning_rate=0.3), 4)
    assert next(run).epoch == 0  # 10⁹ epochs: nothing runs ahead
    assert last.epoch == last.run.epochs[-1] == 3 and bool(last.run.parameters.isfinite().all())


def test_parameters_of_the_last_frame_only() -> None:
    whole, last = run_of(), run_of(recipe=replace(RECIPE, record_parameters=False))
    assert torch.equal(last.parameters, whole.parameters[-1:])
    assert torch.equal(last.train_loss, whole.train_loss)


def test_frozen_layers_stay_and_the_others_learn() -> None:
    shape = Shape((3, 4, 4, 1))
    for frozen in ((0,), (1,), (0, 2)):
        recipe = replace(RECIPE, frozen_layers=frozen, optimiser="adamw")
        run = run_of(shape, recipe=recipe, l2=0.1, l1=0.1, dropout=0.2)
        for layer, matrix in enumerate(shape.matrices(run.parameters)):
            assert torch.equal(matrix[0], matrix[-1]) == (layer in frozen)


@pytest.mark.parametrize("batch_size", [None, 5])
@pytest.mark.parametrize("frozen", [(0,), (0, 1), (0, 2), (0, 1, 2)])
def test_above_frozen_layers_all_is_as_in_the_plain_way(frozen: tuple[int, ...], batch_size: int | None) -> None:
    shape, data = Shape((3, 4, 4, 1)), data_for("logistic", tests=13)
    recipe = replace(RECIPE, frozen_layers=frozen, batch_size=batch_size)
    wanted = random_start(shape)[0]
    found = run_of(shape, data, recipe, nets=1).parameters[:, 0]
    learns = shape.layer_mask(frozen)
    for epoch, batches in enumerate(orders(recipe, 13), start=1):
        for batch in batches:
            gradient = plain_gradient(wanted, shape, data.train_x[batch], data.train_y[batch], "logistic")
            wanted = wanted - 0.3 * learns * gradient
        torch.testing.assert_close(found[epoch], wanted, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("precision", [torch.float32, torch.float64])
def test_no_argument_no_grad_mode_and_no_global_generator_is_touched(precision: torch.dtype) -> None:
    arguments = {
        "start": random_start(SHAPE, 2).to(precision).requires_grad_(),
        "learning_rate": torch.tensor([0.1, 0.2]),
        "l2": torch.tensor([0.1, 0.2]),
        "l1": torch.tensor([0.1, 0.2]),
        "dropout": torch.tensor([0.1, 0.2]),
    }
    names = ("train_x", "train_y", "test_x", "test_y")
    data = Data(**{name: getattr(DATA, name).to(precision) for name in names})
    tensors = [*arguments.values(), *(getattr(data, name) for name in names)]
    before, state = [tensor.detach().clone() for tensor in tensors], torch.random.get_rng_state()
    for batch_size in (5, None):
        recipe = replace(RECIPE, batch_size=batch_size, precision=precision, patience=2)
        for progress in train(shape=SHAPE, data=data, recipe=recipe, **arguments):
            assert torch.is_grad_enabled()
            assert progress.run.parameters.dtype == precision and not progress.run.parameters.requires_grad
    assert all(torch.equal(tensor, was) for tensor, was in zip(tensors, before, strict=True))
    assert torch.equal(torch.random.get_rng_state(), state)


def test_a_run_may_begin_in_inference_mode_and_go_on_outside() -> None:
    with torch.inference_mode():
        run = train(random_start(SHAPE), SHAPE, data_for("logistic"), RECIPE, learning_rate=0.3)
        assert next(run).epoch == 0
    *_, last = run
    assert torch.equal(last.run.parameters[:, 0], run_of(nets=1).parameters[:, 0])
    last.run.parameters[0].clone().requires_grad_().square().sum().backward()


def test_the_seed_decides_the_order_and_the_masks() -> None:
    first, again, other = (run_of(recipe=replace(RECIPE, seed=seed)).parameters[-1] for seed in (1, 1, 2))
    assert torch.equal(first, again) and not torch.allclose(first, other)
    full = replace(RECIPE, batch_size=None)
    one, two = (run_of(recipe=replace(full, seed=seed)).parameters[-1] for seed in (1, 2))
    assert torch.equal(one, two)  # all examples at once have no order
    one, two = (run_of(recipe=replace(full, seed=seed), dropout=0.5).parameters[-1] for seed in (1, 2))
    assert not torch.allclose(one, two)


def test_without_a_test_set() -> None:
    data = Data(DATA.train_x, DATA.train_y, torch.empty(0, 3), torch.empty(0, 1))
    run = run_of(data=data)
    assert bool(run.test_loss.isnan().all()) and bool(run.test_accuracy.isnan().all())
    assert torch.equal(run.parameters, run_of().parameters)


def test_float32_goes_the_same_way() -> None:
    single, double = run_of(recipe=replace(RECIPE, precision=torch.float32)), run_of()
    torch.testing.assert_close(single.parameters.double(), double.parameters, rtol=0, atol=1e-5)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"start": torch.zeros(2, 20)}, "start must be (nets, 21), got shape (2, 20)"),
        ({"start": torch.zeros(0, 21)}, "start must be (nets, 21), got shape (0, 21)"),
        ({"start": torch.full((1, 21), torch.nan)}, "start must be finite"),
        ({"shape": Shape((2, 5, 1))}, "shape must have 3 inputs and 1 outputs, as the data, got [2, 5, 1]"),
        ({"recipe": replace(RECIPE, loss="softmax")}, "train_y must have at least 2 columns for softmax"),
        ({"recipe": replace(RECIPE, frozen_layers=(2,))}, "frozen_layers must be from 0 to 1, got (2,)"),
        ({"data": Data(DATA.train_x, DATA.train_y, DATA.test_x[:0], DATA.test_y[:0])}, "patience must be None without"),
        (
            {"start": torch.zeros(10**5, 21), "recipe": replace(RECIPE, epochs=99)},
            "at most 100000000, got 100 × 100000",
        ),
        ({"learning_rate": -0.1}, "learning_rate must be finite and at least 0, got -0.1"),
        ({"learning_rate": torch.tensor([0.1, torch.nan])}, "learning_rate must be finite and at least 0, got nan"),
        ({"learning_rate": torch.ones(3)}, "learning_rate must be a number or have shape (2,), got shape (3,)"),
        ({"l2": -1.0}, "l2 must be"),
        ({"l1": float("inf")}, "l1 must be finite and at least 0, got inf"),
        ({"dropout": 1.0}, "dropout must be from 0 and below 1, got 1.0"),
    ],
)
def test_refusals_come_before_the_first_frame(changes: dict[str, Any], words: str) -> None:
    patient = {"recipe": replace(RECIPE, patience=3)} if "data" in changes else {}
    defaults = {"start": random_start(SHAPE, 2), "shape": SHAPE, "data": DATA, "recipe": RECIPE, "learning_rate": 0.1}
    with pytest.raises(ValueError) as raised:
        train(**(defaults | patient | changes))
    assert words in str(raised.value)
