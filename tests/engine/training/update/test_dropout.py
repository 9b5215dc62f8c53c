from __future__ import annotations

import torch

from visualizer.engine.training.update.dropout import Dropout
from visualizer.engine.training.update.operation import run

SHARES = torch.tensor([0.0, 0.2, 0.5, 0.9], dtype=torch.float64)


def masks(seed: int = 1, shares: torch.Tensor = SHARES) -> torch.Tensor:
    """(nets, 100 units, 1000 examples)"""
    mask = torch.empty(len(shares), 100, 1000, dtype=torch.float64)
    run(Dropout(shares, torch.Generator().manual_seed(seed)).draw(mask))
    return mask


def test_the_share_that_is_off_is_as_asked() -> None:
    off = (masks() == 0).double().mean(dim=(1, 2))
    deviation = (SHARES * (1 - SHARES) / 100_000).sqrt()
    assert bool(((off - SHARES).abs() <= 4 * deviation).all())


def test_what_is_on_is_scaled_so_that_the_mean_stays() -> None:
    mask = masks()
    for net, share in enumerate(SHARES.tolist()):
        assert mask[net][mask[net] > 0].unique().tolist() == [1 / (1 - share)]
    assert bool(((mask.mean(dim=(1, 2)) - 1).abs() < 0.05).all())


def test_units_and_examples_are_dropped_by_themselves() -> None:
    on = masks()[2] > 0
    for axis in (0, 1):
        shares = on.double().mean(dim=axis)
        expected = (0.25 / on.shape[axis]) ** 0.5
        assert 0.7 * expected < float(shares.std()) < 1.3 * expected


def test_nets_share_the_draws() -> None:
    off = masks() == 0
    assert all(bool((off[net + 1] | ~off[net]).all()) for net in range(3))
    assert torch.equal(masks(shares=SHARES[2:3])[0], masks()[2])


def test_only_the_generator_decides() -> None:
    state = torch.random.get_rng_state()
    assert torch.equal(masks(5), masks(5))
    assert not torch.equal(masks(5), masks(6))
    assert torch.equal(torch.random.get_rng_state(), state)
