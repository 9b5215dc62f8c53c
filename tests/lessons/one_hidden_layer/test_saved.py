"""Numbers as a file: there and back, and a message for every file that is none."""

from __future__ import annotations

import json
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.lessons.one_hidden_layer.presets import PRESETS
from visualizer.lessons.one_hidden_layer.saved import FORMAT, SavedError, from_json, to_json
from visualizer.lessons.one_hidden_layer.settings import settings_of
from visualizer.lessons.one_hidden_layer.state import NetLesson


def document(**changes: Any) -> dict[str, Any]:
    """A right file, with some of it changed; None takes it out."""
    lesson = NetLesson(settings_of({}))
    found: dict[str, Any] = json.loads(to_json(lesson.settings, lesson.numbers))
    return {name: value for name, value in (found | changes).items() if value is not None}


def message(data: bytes) -> str:
    with pytest.raises(SavedError) as error:
        from_json(data)
    return str(error.value)


@given(
    st.fixed_dictionaries(
        {
            "preset": st.sampled_from(list(PRESETS)),
            "bias": st.booleans(),
            "loss": st.sampled_from(["squared", "cross_entropy"]),
            "outputs": st.integers(2, 3),
            "hidden": st.integers(1, 8),
            "learning_rate": st.floats(0.0001, 1),
            "initialisation": st.sampled_from(["preset", "normal", "he"]),
        }
    )
)
def test_comes_back_whole(values: dict[str, Any]) -> None:
    lesson = NetLesson(settings_of(values))
    lesson.iterate("apply")
    saved = from_json(to_json(lesson.settings, lesson.numbers).encode())

    assert saved.numbers.arrays.keys() == lesson.numbers.arrays.keys()
    for name, array in saved.numbers.arrays.items():
        assert torch.equal(array, lesson.numbers.arrays[name])
    for name, value in saved.values.items():
        assert getattr(lesson.settings, name) == value


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"format": "2"}, f"This is no file of this lesson: its “format” is not “{FORMAT}”."),
        ({"extra<b>": 1}, "The file has “extra<b>”, which is not known."),
        ({"x": None}, "x must be a list of examples × inputs."),
        ({"x": []}, "x must be a list of examples × inputs."),
        ({"x": [0.5, 1]}, "x must be a list of examples × inputs."),
        ({"x": [[]]}, "x must be a list of examples × inputs."),
        ({"x": [[1, 2], [3]], "y": [[1], [1]]}, "The rows of x have different lengths."),
        ({"x": [[0, 0]] * 9, "y": [[1]] * 9}, "x has 9 examples; at most 8 fit."),
        ({"W1": [[0, 0]] * 9}, "W1 has 9 hidden units; at most 8 fit."),
        ({"x": [[1, 2, 3, 4, 5]]}, "x has 5 inputs; at most 4 fit."),
        ({"x": [[1, 2, 3]]}, "W1 is made for 2 inputs, but x for 3."),
        ({"b1": [1, 2]}, "b1 is made for 2 hidden units, but W1 for 3."),
        ({"b1": None}, "Of the biases b1 and b2 the file has one; it needs both, or none."),
        ({"b2": [True]}, "b2 holds “True”, which is not a number."),
        ({"b2": ["1"]}, "b2 holds “1”, which is not a number."),
        ({"b2": [1_000_001]}, "b2 holds a number beyond 1,000,000 in size."),
        ({"b2": [10**400]}, "b2 holds a number beyond 1,000,000 in size."),
        ({"settings": None}, "The file has no “settings”."),
        ({"settings": {"activation": "sigmoid"}}, "Its setting “output_activation” is “None”, which is not possible."),
        ({"settings": {"pickle": "x"}}, "Its settings has “pickle”, which is not known."),
    ],
)
def test_says_what_is_wrong(changes: dict[str, Any], expected: str) -> None:
    assert message(json.dumps(document(**changes)).encode()) == expected


@pytest.mark.parametrize(
    ("name", "value"), [("loss", "hinge"), ("learning_rate", "0.5"), ("learning_rate", True), ("learning_rate", 1e9)]
)
def test_refuses_settings_that_the_lesson_does_not_have(name: str, value: object) -> None:
    settings = document()["settings"] | {name: value}

    assert message(json.dumps(document(settings=settings)).encode()).startswith(f"Its setting “{name}” is ")


def test_refuses_targets_that_cross_entropy_cannot_take() -> None:
    settings = document()["settings"] | {"loss": "cross_entropy"}
    two = {"W2": [[1, 2, 3], [1, 2, 3]], "b2": [0, 0]}

    assert "at least 2 outputs" in message(json.dumps(document(settings=settings)).encode())
    assert "add up to 1" in message(json.dumps(document(settings=settings, y=[[1, 1]], **two)).encode())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "The file is not JSON, or not all of it."),
        (b"\xff\xfe\x00", "The file is not JSON, or not all of it."),
        (b"[" * 50_000, "The file is not JSON, or not all of it."),
        (b"[1]", "The file is JSON, but no object with names."),
        (b'{"x": NaN}', "The file holds NaN; every number must be finite."),
        (b'{"x": -Infinity}', "The file holds -Infinity; every number must be finite."),
        (b" " * 100_001, "The file has 100 kB; at most 100 kB are read."),
    ],
)
def test_refuses_what_is_no_json(data: bytes, expected: str) -> None:
    assert message(data) == expected


def test_a_number_that_json_reads_as_infinite_is_refused() -> None:
    text = json.dumps(document()).replace("[0.1]", "[1e999]")

    assert message(text.encode()) == "b2 holds a number beyond 1,000,000 in size."


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_any_value_in_place_of_an_array_is_read_or_refused_in_words(value: object) -> None:
    data = json.dumps(document(W1=value) if value is not None else document()).encode()
    try:
        from_json(data)
    except SavedError as error:
        assert str(error).isprintable()
