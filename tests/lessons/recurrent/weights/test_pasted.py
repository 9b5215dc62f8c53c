"""All weights in one text: as PyTorch prints them, by name, or one after the other."""

from __future__ import annotations

import pytest
import torch

from visualizer.inputs.arrays.text import ArrayError
from visualizer.lessons.recurrent.weights.pasted import read_for_sizes, read_weights

SHAPES = {"weight_ih": (8, 3), "weight_hh": (8, 2), "bias_ih": (8,), "bias_hh": (8,)}


def test_a_printed_state_dict_is_read_in_torchs_order() -> None:
    lstm = torch.nn.LSTM(3, 2)
    found = read_weights(str(lstm.state_dict()), SHAPES)
    assert list(found) == list(SHAPES)
    for name, array in found.items():
        torch.testing.assert_close(array, getattr(lstm, f"{name}_l0").detach().double(), atol=1e-4, rtol=0)


def test_arrays_are_read_by_name_in_any_order_and_some_may_be_missing() -> None:
    text = "bias_ih = [1, 2, 3, 4, 5, 6, 7, 8]\nweight_hh: " + str([[0.5, -1.0]] * 8)
    found = read_weights(text, SHAPES)
    assert found["bias_ih"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert found["weight_hh"].tolist() == [[0.5, -1.0]] * 8
    assert len(found) == 2


def test_without_names_an_empty_line_stands_between() -> None:
    text = "\n".join(["1 2 3"] * 8) + "\n\n" + "\n".join(["0,5\t−1"] * 8)
    found = read_weights(text, SHAPES)
    assert found["weight_ih"].tolist() == [[1, 2, 3]] * 8
    assert found["weight_hh"].tolist() == [[0.5, -1]] * 8


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("weight_ih = [[1, 2], [3, 4]]", "weight_ih: .*2 × 2; 8 × 3"),
        ("bias_ih = [1, x, 3, 4, 5, 6, 7, 8]", "bias_ih: .*“x”"),
        ("bias_ih = [1, 2, 3, 4, 5, 6, 7, 8]\nbias_ih = [1, 2, 3, 4, 5, 6, 7, 8]", "given twice"),
        ("\n\n".join(["1 2 3"] * 5), "5 arrays; this net has 4"),
    ],
)
def test_what_cannot_be_used_is_said_with_the_arrays_name(text: str, words: str) -> None:
    with pytest.raises(ArrayError, match=words):
        read_weights(text, SHAPES)


def test_a_bias_that_the_net_does_not_have_is_said() -> None:
    with pytest.raises(ArrayError, match="bias_hh: this net has none"):
        read_weights("bias_hh = [1, 2]", {"weight_ih": (2, 1), "weight_hh": (2, 2), "bias_ih": (2,)})


@pytest.mark.parametrize(("module", "gates"), [(torch.nn.LSTM, 4), (torch.nn.RNN, 1)])
def test_weights_of_another_size_say_how_many_units_and_inputs_there_are(
    module: type[torch.nn.RNN], gates: int
) -> None:
    sizes = [(2, 3), *((units, inputs) for units in range(1, 5) for inputs in range(1, 6))]
    size, found = read_for_sizes(str(module(4, 3).state_dict()), list(SHAPES), gates, sizes)
    assert size == (3, 4)
    assert found["weight_hh"].shape == (3 * gates, 3)


def test_a_bias_alone_changes_no_size() -> None:
    with pytest.raises(ArrayError, match="bias_ih"):
        read_for_sizes("bias_ih = [1, 2, 3]", list(SHAPES), 1, [(2, 3), (3, 3)])
