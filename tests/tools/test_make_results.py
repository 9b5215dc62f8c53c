"""The results that come with the app: every lab opens with its own, and each is what a fresh run gives.

The gallery among them is held against fresh descriptions in tests/lessons/retrieval/test_shipped_gallery.py.

Nets are trained in float32, where processors round differently. Nearly everything agrees to eight digits all the same;
but where a rate is so large that training is chaotic, single losses do not, and only their distribution does. So the
numbers of a tensor are compared in the middle of what there is of them: at their places, or else by size.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
import torch
from torch import Tensor

from tests.pages.opening import answer
from tools.make_results import Default, default_of, opened, places, trainings
from visualizer.ui.shipped import FOLDER, shipped

_MAX_BYTES = 3 * 1024**2
_APART, _CHAOTIC = 0.03, 0.5


def pairs(one: object, other: object, at: str = "result") -> Iterator[tuple[str, object, object]]:
    """What two results hold at the same place; raises where they are not built alike."""
    assert type(one) is type(other), at
    if dataclasses.is_dataclass(one) and not isinstance(one, type):
        for field in dataclasses.fields(one):
            yield from pairs(getattr(one, field.name), getattr(other, field.name), f"{at}.{field.name}")
    elif isinstance(one, dict) and isinstance(other, dict):
        assert list(one) == list(other), at
        for key in one:
            yield from pairs(one[key], other[key], f"{at}.{key}")
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple):
        assert len(one) == len(other), at
        for place, (first, second) in enumerate(zip(one, other, strict=True)):
            yield from pairs(first, second, f"{at}.{place}")
    else:
        yield at, one, other


def apart(one: Tensor, other: Tensor) -> float:
    """How far apart the numbers of two tensors are, in the middle, as a share of their size, or of the tensor's."""
    if not one.numel():
        return 0.0
    first, second = (each.double().nan_to_num(1e9, 1e9, -1e9).flatten() for each in (one, other))
    scale = torch.maximum(first.abs(), second.abs()).clamp(min=1e-3 * float(first.abs().median()) + 1e-12)
    return float(((first - second).abs() / scale).median())


def fits(known: Tensor, fresh: Tensor) -> bool:
    """Whether two tensors are of the same run, on processors that may round differently."""
    alike = (known.dtype, known.shape) == (fresh.dtype, fresh.shape)
    return alike and (
        apart(known, fresh) < _APART or apart(known.flatten().sort().values, fresh.flatten().sort().values) < _CHAOTIC
    )


@pytest.mark.parametrize(("page", "view"), places())
def test_a_lab_opens_with_the_answer_of_a_run_of_its_default_settings(page: str, view: str) -> None:
    app = opened(page, view)
    assert not app.exception
    assert answer(app) != "" and not any(button.label == "Cancel" for button in app.button)
    assert_as_fresh(default_of(app))


@pytest.mark.parametrize("default", trainings(), ids=lambda each: each.settings.data)
def test_the_convnets_training_is_what_a_run_gives(default: Default) -> None:
    assert_as_fresh(default)


def assert_as_fresh(default: Default) -> None:
    """What comes with the app is what a run to the end gives."""
    for at, known, fresh in pairs(shipped(default.name, default.settings), default.fresh()):
        if isinstance(known, Tensor) and isinstance(fresh, Tensor):
            assert fits(known, fresh), f"{at} is no longer what a run gives: make results"
        elif isinstance(known, float) and isinstance(fresh, float):
            assert known == pytest.approx(fresh, rel=_APART, nan_ok=True), at
        else:
            assert known == fresh, at


def test_they_are_few_and_small() -> None:
    files = list(FOLDER.glob("*.npz"))
    assert {path.name.split("-")[0] for path in files} >= {"playground", "learning_rate_sweep", "regularisation_amount"}
    assert sum(path.stat().st_size for path in files) < _MAX_BYTES
