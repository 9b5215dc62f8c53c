"""Points in three parts: each point once, the smaller training sets within the larger."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.data.train_validation_test import Parts, three_parts


def made(count: int = 10) -> Data:
    x = torch.arange(count, dtype=torch.float64).unsqueeze(1)
    return Data(x[:3], -x[:3], x[3:], -x[3:])


def points(parts: Parts) -> list[list[float]]:
    return [part.flatten().tolist() for part in (parts.fitted.train_x, parts.fitted.test_x, parts.test_x)]


@given(seed=st.integers(0, 10_000), trained=st.integers(1, 8))
def test_every_point_is_in_one_part_with_its_answer(seed: int, trained: int) -> None:
    parts = three_parts(made(), trained, seed)
    train, validation, test = points(parts)
    assert sorted(train + validation + test) == list(range(10))
    assert (len(train), len(test)) == (trained, (10 - trained) // 2)
    assert len(validation) - len(test) in (0, 1)
    assert torch.equal(parts.test_y, -parts.test_x)
    assert torch.equal(parts.fitted.train_y, -parts.fitted.train_x)


def test_fewer_points_to_train_on_are_some_of_more() -> None:
    few, many = (three_parts(made(), trained, 5, most=6) for trained in (2, 6))
    assert points(few)[0] == points(many)[0][:2]
    assert points(few)[1:] == points(many)[1:]


def test_another_seed_shares_them_out_anew() -> None:
    def train(seed: int) -> Tensor:
        return three_parts(made(100), 50, seed).fitted.train_x

    assert torch.equal(train(0), train(0))
    assert not torch.equal(train(0), train(1))


def test_what_leaves_nothing_to_test_on_is_refused() -> None:
    with pytest.raises(ValueError, match="most must be at most 8, as 2 points are needed to test on, got 9"):
        three_parts(made(), 9, 0)
    with pytest.raises(ValueError, match="trained must be from 1 to 4, got 5"):
        three_parts(made(), 5, 0, most=4)
