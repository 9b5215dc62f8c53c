"""Where the numbers start: from the settings alone, and the same every time."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine import Ref
from visualizer.lessons.one_hidden_layer.numbers import Numbers
from visualizer.lessons.one_hidden_layer.presets import PRESETS
from visualizer.lessons.one_hidden_layer.settings import SETTINGS, settings_of
from visualizer.lessons.one_hidden_layer.start import are_shares, as_shares, start_numbers, with_share
from visualizer.lessons.one_hidden_layer.walk import is_finite, trace_of

SHAPES = {
    "inputs": st.integers(1, 4),
    "hidden": st.integers(1, 8),
    "outputs": st.integers(2, 3),
    "examples": st.integers(1, 8),
    "preset": st.sampled_from(list(PRESETS)),
    "initialisation": st.sampled_from(list(SETTINGS["initialisation"].options)),
    "scale": st.sampled_from([0.0, 0.1, 1.0, 3.0]),
    "seed": st.integers(0, 9999),
    "loss": st.sampled_from(["squared", "cross_entropy"]),
    "bias": st.booleans(),
    "batch": st.sampled_from(["summed", "one"]),
}


def start(**values: Any) -> Numbers:
    return start_numbers(settings_of(values), {})


def same(one: Numbers, other: Numbers) -> bool:
    return one.arrays.keys() == other.arrays.keys() and all(
        torch.equal(array, other.arrays[name]) for name, array in one.arrays.items()
    )


@given(st.fixed_dictionaries(SHAPES))
def test_every_choice_has_its_shapes_and_the_same_numbers_again(values: dict[str, Any]) -> None:
    wanted = settings_of(values)
    numbers = start_numbers(wanted, {})

    assert numbers.x.shape == (wanted.examples, wanted.inputs)
    assert numbers.y.shape == (wanted.examples, wanted.outputs)
    assert numbers.weights[0].shape == (wanted.hidden, wanted.inputs)
    assert numbers.weights[1].shape == (wanted.outputs, wanted.hidden)
    assert (numbers.biases is not None) == wanted.bias
    assert same(numbers, start_numbers(wanted, {}))
    assert is_finite(trace_of(wanted, numbers, wanted.examples - 1))


def test_other_shapes_keep_what_the_preset_has() -> None:
    preset, grown = start(), start(hidden=5, inputs=3, outputs=2, examples=4)

    assert torch.equal(grown.weights[0][:3, :2], preset.weights[0])
    assert torch.equal(grown.weights[1][:1, :3], preset.weights[1])
    assert torch.equal(grown.x[:1, :2], preset.x)
    assert float(grown.weights[0][3:].abs().min()) > 0


def test_more_examples_leave_the_others_as_they_are() -> None:
    few, many = start(examples=3, initialisation="normal"), start(examples=8, initialisation="normal")

    assert torch.equal(many.x[:3], few.x)
    assert torch.equal(many.y[:3], few.y)
    assert torch.equal(many.weights[0], few.weights[0])


@pytest.mark.parametrize("initialisation", ["uniform", "normal", "xavier", "he"])
def test_the_seed_decides_what_is_drawn(initialisation: str) -> None:
    first, second = (start(initialisation=initialisation, seed=seed) for seed in (1, 2))

    assert not torch.equal(first.weights[0], second.weights[0])
    assert torch.equal(first.x, second.x)


def test_equal_weights_are_the_scale() -> None:
    assert start(initialisation="equal", scale=0.3).weights[0].unique().tolist() == [0.3]


def test_edits_lie_on_top_where_they_fit() -> None:
    edits = {Ref("W1", (0, 0)): 9.0, Ref("W1", (7, 0)): 8.0, Ref("b1", (0,)): 7.0}
    numbers = start_numbers(settings_of({"bias": False}), edits)

    assert float(numbers.weights[0][0, 0]) == 9.0
    assert numbers.biases is None
    assert float(start_numbers(settings_of({"hidden": 8}), edits).weights[0][7, 0]) == 8.0


def test_targets_become_classes_under_cross_entropy() -> None:
    assert start(preset="textbook", loss="cross_entropy").y.tolist() == [[0.01, 0.99]]
    numbers = start(preset="xor", outputs=3, loss="cross_entropy")
    assert are_shares(numbers.y)
    assert numbers.y[1].tolist() == [1.0, 0.0, 0.0]


def row(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def test_others_keep_their_proportions() -> None:
    assert torch.allclose(with_share(row(0.2, 0.6, 0.2), 0, 0.6), row(0.6, 0.3, 0.1))
    assert torch.allclose(with_share(row(0.0, 1.0), 1, 0.25), row(0.75, 0.25))


@given(st.lists(st.floats(0, 1), min_size=2, max_size=3), st.data())
def test_a_row_of_shares_stays_one(values: list[float], data: st.DataObject) -> None:
    shares = as_shares(row(*values)[None])
    output = data.draw(st.integers(0, len(values) - 1))
    share = data.draw(st.floats(0, 1))

    changed = with_share(shares[0], output, share)

    assert are_shares(shares)
    assert are_shares(changed[None])
    assert float(changed[output]) == share


def test_refuses_what_is_no_share() -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1 and add up to 1; 1\.5 is not"):
        with_share(row(0.5, 0.5), 0, 1.5)


def test_leaves_shares_alone_and_names_the_class_of_the_rest() -> None:
    assert as_shares(torch.stack([row(0.4, 0.6), row(3, 5), row(-1, -2)])).tolist() == [[0.4, 0.6], [0, 1], [1, 0]]
