"""Results that come with the app: what is written is read again, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.architecture.wider.run import Widths
from visualizer.ui import shipped as module
from visualizer.ui.shipped import settings_text, ship, shipped


@dataclass(frozen=True)
class Settings:
    """Settings that carry what follows from them."""

    rate: float
    sizes: tuple[int, ...] = (2, 3)
    data: Tensor | None = field(default=None, compare=False)


RESULT = {
    "widths": (Widths((1, 2), torch.rand(3, 2, 5).double(), torch.full((3, 2, 5), torch.inf)), [Shape((2, 3, 1))]),
    "plain": (None, True, -3, 0.1, float("nan"), "words", Recipe("squared", 10)),
    "counts": torch.arange(4),
}


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of their own for results."""
    monkeypatch.setattr(module, "FOLDER", tmp_path / "results")
    return tmp_path / "results"


def test_what_is_shipped_is_read_again_with_its_types() -> None:
    ship("lab", Settings(0.1), RESULT)
    found = shipped("lab", Settings(0.1, data=torch.ones(3)))
    assert found is not None and list(found) == list(RESULT)
    widths, (shape,) = found["widths"]
    assert isinstance(widths, Widths) and widths.planned == (1, 2)
    assert torch.equal(widths.errors, RESULT["widths"][0].errors) and widths.errors.dtype == torch.float64
    assert torch.equal(widths.losses, torch.full((3, 2, 5), torch.inf)) and widths.losses.dtype == torch.float32
    assert shape == Shape((2, 3, 1))
    assert repr(found["plain"]) == repr(RESULT["plain"])
    assert torch.equal(found["counts"], torch.arange(4))


def test_other_settings_and_other_names_have_none() -> None:
    ship("lab", Settings(0.1), RESULT)
    assert shipped("lab", Settings(0.2)) is None
    assert shipped("lab", Settings(0.1, (2, 4))) is None
    assert shipped("other", Settings(0.1)) is None


def test_settings_as_a_text_hold_what_makes_them_differ() -> None:
    assert settings_text(Settings(0.1, data=torch.ones(2))) == "Settings(rate=0.1, sizes=(2, 3))"
    assert settings_text(("a", Settings(1.0, ()))) == "('a', Settings(rate=1.0, sizes=()))"


@pytest.mark.parametrize("foreign", [object(), {1, 2}, Path(), np.ones(2)])
def test_what_is_no_plain_value_is_not_written(foreign: object) -> None:
    with pytest.raises(TypeError, match=r"lab\.0 must be of plain values"):
        ship("lab", 1, (foreign,))


@pytest.mark.parametrize(
    "result",
    [
        {"class": "os:system", "fields": {}},
        {"class": "visualizer.ui.shipped:ship", "fields": {}},
        {"class": "visualizer.nowhere:Nothing", "fields": {}},
        {"class": "visualizer.labs.architecture.wider.run:Widths", "fields": {"other": 1}},
        {"array": "missing"},
        {"unknown": 1},
    ],
)
def test_a_file_that_fits_no_more_is_as_good_as_none(result: object, empty: Path) -> None:
    path = ship("lab", 1, 2)
    np.savez_compressed(path, structure=np.array(json.dumps({"settings": "1", "result": result})))
    assert shipped("lab", 1) is None


def test_a_broken_file_is_as_good_as_none() -> None:
    path = ship("lab", 1, 2)
    path.write_bytes(path.read_bytes()[:50])
    assert shipped("lab", 1) is None
    path.write_bytes(b"")
    assert shipped("lab", 1) is None
