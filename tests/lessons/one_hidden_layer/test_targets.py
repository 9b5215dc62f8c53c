"""Targets as shares of 1."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.lessons.one_hidden_layer.targets import are_shares, as_shares, with_share


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
