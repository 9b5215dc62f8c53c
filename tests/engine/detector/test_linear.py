"""The linear classifier: the same minimum as scikit-learn's, and a split that a seed decides."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression

from visualizer.engine.detector.linear import fit_logistic, held_out, train_classifier


def points(count: int = 120) -> tuple[torch.Tensor, torch.Tensor]:
    dice = torch.Generator().manual_seed(0)
    x = torch.randn((count, 8), generator=dice, dtype=torch.float64)
    return x, x[:, 0] + torch.randn(count, generator=dice) > 0.5


def test_finds_scikit_learns_minimum() -> None:
    x, labels = points()
    ours = fit_logistic(x, labels, penalty=2.0)
    theirs = LogisticRegression(C=0.5, class_weight="balanced", tol=1e-10, max_iter=5000).fit(x, labels)
    assert np.abs(theirs.coef_[0] - ours.weights.numpy()).max() < 1e-5
    assert ours.bias == pytest.approx(float(theirs.intercept_[0]), abs=1e-5)


@pytest.mark.parametrize(("label", "missing"), [(True, "no"), (False, "yes")])
def test_one_kind_alone_is_refused(label: bool, missing: str) -> None:
    with pytest.raises(ValueError, match=f"none of them {missing}"):
        fit_logistic(torch.zeros((3, 2)), torch.tensor([label] * 3))


def test_the_same_seed_holds_the_same_patches_out() -> None:
    labels = torch.arange(20) < 10
    first = held_out(labels, 1, 0.3)
    assert torch.equal(first, held_out(labels, 1, 0.3))
    assert not torch.equal(first, held_out(labels, 2, 0.3))
    assert (int(first[:10].sum()), int(first[10:].sum())) == (3, 3)


def test_what_is_held_out_is_not_learnt_from() -> None:
    x, labels = points()
    test = held_out(labels, 0, 0.3)
    trained = train_classifier(x, labels, test)
    assert sum(trained.learnt_from) + sum(trained.tested_on) == len(labels)
    alone = fit_logistic(x[~test], labels[~test])
    assert torch.equal(trained.classifier.weights, alone.weights)
    assert trained.held_out is not None
    assert trained.held_out > 0.5
    assert train_classifier(x, labels, torch.zeros_like(test)).held_out is None
