"""The softmax as a walk: by hand, against torch, and what it refuses."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from visualizer.engine import Ref, trace_softmax

SCORES = st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=12)


def test_two_classes_by_hand() -> None:
    trace = trace_softmax([0.0, math.log(3)], ("cat", "dog"), target=0)
    assert float(trace["largest"]) == math.log(3)
    assert trace["exps"].tolist() == pytest.approx([1 / 3, 1])
    assert float(trace["total"]) == pytest.approx(4 / 3)
    assert trace["p"].tolist() == pytest.approx([0.25, 0.75])
    assert float(trace["loss"]) == pytest.approx(math.log(4))
    assert trace["grad_z"].tolist() == pytest.approx([-0.75, 0.75])
    assert [chapter.title for chapter in trace.chapters] == ["Softmax", "Loss", "Backward: scores"]
    assert float(trace["log_sum_exp"]) == pytest.approx(math.log(4))
    assert "“dog”" in trace.steps[2].title


@settings(max_examples=40)
@given(SCORES, st.integers(0, 11))
def test_every_number_is_torchs(scores: list[float], chosen: int) -> None:
    target = chosen % len(scores)
    trace = trace_softmax(scores, target=target)
    assert trace.replay() <= 1e-12
    for name, value in trace.checks.items():
        assert torch.allclose(trace[name], value, rtol=1e-10, atol=1e-10), name
    assert torch.allclose(trace["p"], torch.softmax(torch.tensor(scores, dtype=torch.float64), 0), rtol=1e-12)


def test_without_a_target_it_ends_with_the_probabilities() -> None:
    trace = trace_softmax([1.0, 2.0, 3.0])
    assert set(trace.arrays) == {"z", "largest", "exps", "total", "p"}
    assert trace.steps[-1].target == Ref("p", (2,))


def test_digits_are_counted_by_themselves() -> None:
    assert trace_softmax([1.0, 2.0], ("0", "8")).symbol(Ref("p", (1,))) == "p₈"
    assert trace_softmax([1.0, 2.0], ("bag", "coat")).symbol(Ref("p", (1,))) == "p₂"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"z": [1.0, 2.0], "classes": ("one",)}, "classes must have 2 names, got 1"),
        ({"z": [1.0, 2.0], "target": 2}, "target must be from 0 to 1, got 2"),
        ({"z": [[1.0]]}, "z must have 1 axes"),
    ],
)
def test_says_what_it_does_not_take(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        trace_softmax(**arguments)
