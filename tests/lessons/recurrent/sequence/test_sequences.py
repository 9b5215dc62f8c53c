"""A typed sequence becomes vectors, or a sentence with the limit."""

from __future__ import annotations

import pytest
import torch

from visualizer.lessons.recurrent.sequence.sequences import Sequence, read_sequence
from visualizer.lessons.recurrent.settings import SETTINGS
from visualizer.lessons.recurrent.weights.hand_set import HAND_SET
from visualizer.lessons.recurrent.weights.weight_set import WeightSet


def read(most: int = 12, task: WeightSet | None = None, **values: object) -> Sequence:
    return read_sequence(SETTINGS.of(values), most, task)


def test_characters_are_one_hot_and_the_next_is_the_target() -> None:
    found = read(text="abac")
    assert found.vocabulary == ("a", "b", "c")
    assert found.symbols == ("a", "b", "a")
    assert found.labels == ("“a”", "“b”", "“a”")
    assert found.x.tolist() == [[1, 0, 0], [0, 1, 0], [1, 0, 0]]
    assert found.targets.tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 1]]
    assert torch.equal(found.classes, torch.tensor([1, 0, 2]))


def test_words_are_read_whole() -> None:
    found = read(sequence_of="words", text="the cat  the dog")
    assert found.vocabulary == ("the", "cat", "dog")
    assert found.symbols == ("the", "cat", "the")


def test_numbers_are_read_with_either_minus() -> None:
    found = read(sequence_of="numbers", series="0.5, −0.25, 1e-1, -2")
    assert found.x.flatten().tolist() == [0.5, -0.25, 0.1]
    assert found.targets.flatten().tolist() == [-0.25, 0.1, -2]
    assert found.classes is None


@pytest.mark.parametrize("series", ["1,5; 2,5; 3,5", "1,5 2,5 3,5", "1.5 2.5 3.5", "1.5\t2.5\t3.5", "3/2; 2,5; 35e-1"])
def test_numbers_may_have_decimal_commas(series: str) -> None:
    found = read(sequence_of="numbers", series=series)
    assert [*found.x.flatten().tolist(), found.targets[-1].item()] == [1.5, 2.5, 3.5]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": ""}, "at least 2 characters"),
        ({"text": "a"}, "at least 2 characters"),
        ({"text": "ab" * 7}, "14 characters; at most 13"),
        ({"text": "aaa"}, "at least 2 different"),
        ({"sequence_of": "words", "text": "one"}, "at least 2 words"),
        ({"sequence_of": "numbers", "series": "1, two"}, "Number 2 is “two”, not a number"),
        ({"sequence_of": "numbers", "series": "1, inf"}, "Number 2 is “inf”; only finite"),
        ({"sequence_of": "numbers", "series": "1, 1..2"}, "Number 2 is “1..2”, not a number"),
        ({"sequence_of": "numbers", "series": "1, 1e9"}, "Number 2 is 1e9; numbers go from"),
        ({"sequence_of": "numbers", "series": ""}, "at least 2 numbers"),
    ],
)
def test_what_cannot_be_read_is_said(values: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read(**values)


def test_a_symbol_that_the_weights_lack_is_said_with_those_they_know() -> None:
    with pytest.raises(ValueError, match="don't know “x”: they know “1”, “0”, “·”"):
        read(task=HAND_SET["bit"], text="1x0")


def test_more_different_symbols_than_fit_are_refused() -> None:
    text = "".join(chr(0x4E00 + i) for i in range(70))
    with pytest.raises(ValueError, match="70 different characters; at most 64"):
        read(most=100, text=text)


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({"text": "a"}, 1),
        ({"text": "abab"}, 4),
        ({"sequence_of": "numbers", "series": "0.5"}, 1),
        ({"sequence_of": "vectors", "input_steps": 1, "input_size": 3}, 1),
    ],
)
def test_without_an_output_every_symbol_is_read_and_one_is_enough(values: dict[str, object], count: int) -> None:
    found = read(readout="none", **values)
    assert len(found.x) == len(found.targets) == len(found.symbols) == count


def test_vectors_are_to_give_the_next_one() -> None:
    found = read(sequence_of="vectors", input_steps=3, input_size=2)
    assert found.x.shape == (3, 2)
    assert torch.equal(found.targets[:-1], found.x[1:])
