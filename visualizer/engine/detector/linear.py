"""A linear classifier of patches, trained on the spot: logistic regression."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from scipy.optimize import minimize
from torch import Tensor
from torch.nn import functional

_ITERATIONS = 500
_CLOSE = 1e-7
"""The search ends where no slope of the mean loss is larger."""


@dataclass(frozen=True, eq=False)
class LinearClassifier:
    """score = weights · features + bias; the probability of yes is σ(score). Shape: weights (features,), float64."""

    weights: Tensor
    bias: float

    def score(self, features: Tensor) -> Tensor:
        """Scores (n,) of features (n, features)."""
        return features @ self.weights + self.bias


@dataclass(frozen=True, eq=False)
class Trained:
    """A classifier and its accuracy on the patches that it learned from and on the others.

    `held_out` is None where there were too few patches to hold some out; `learnt_from` and `tested_on` count (yes, no).
    """

    classifier: LinearClassifier
    on_training: float
    held_out: float | None
    learnt_from: tuple[int, int]
    tested_on: tuple[int, int]


def fit_logistic(features: Tensor, labels: Tensor, penalty: float = 1.0, close: float = _CLOSE) -> LinearClassifier:
    """The minimum of Σ −ln p(label) + ½ penalty ‖weights‖²; yes and no count as much as each other.

    Balanced: a patch of the rarer label weighs more, as in scikit-learn's class_weight="balanced". The objective is
    convex, so there is nothing random in it. Shapes: features (n, d), labels (n,) bool.
    Raises: ValueError where there is no yes or no no.
    """
    positive = int(labels.sum())
    if not 0 < positive < len(labels):
        missing = "no" if positive else "yes"
        raise ValueError(f"labels must hold yes and no, got {len(labels)} patches and none of them {missing}")
    x, y = features.double(), labels.double()
    balance = torch.where(labels, len(labels) / (2 * positive), len(labels) / (2 * (len(labels) - positive))).double()

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = torch.from_numpy(point[:-1]), float(point[-1])
        score = x @ weights + bias
        wrong = balance @ (functional.softplus(score) - y * score)
        missed = balance * (torch.sigmoid(score) - y)
        slope = torch.cat([x.T @ missed + penalty * weights, missed.sum()[None]])
        return float(wrong + penalty / 2 * weights @ weights), slope.numpy()

    options = {"gtol": close * len(labels), "ftol": 0.0, "maxiter": _ITERATIONS}
    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options=options).x
    return LinearClassifier(torch.from_numpy(found[:-1].copy()), float(found[-1]))


def held_out(labels: Tensor, seed: int, share: float) -> Tensor:
    """Which patches are kept for the test, drawn with a seed: the share of yes and of no, rounded down. (n,) bool."""
    generator = torch.Generator().manual_seed(seed)
    chosen = torch.zeros(len(labels), dtype=torch.bool)
    for label in (True, False):
        places = (labels == label).nonzero()[:, 0]
        drawn = places[torch.randperm(len(places), generator=generator)]
        chosen[drawn[: math.floor(share * len(places))]] = True
    return chosen


def train_classifier(
    features: Tensor, labels: Tensor, test: Tensor, penalty: float = 1.0, close: float = _CLOSE
) -> Trained:
    """Fit on the patches that are not held out, and test on those that are. Shapes: as above; test (n,) bool."""
    classifier = fit_logistic(features[~test], labels[~test], penalty, close)
    right = (classifier.score(features) > 0) == labels
    counts = [(int(labels[part].sum()), int((~labels[part]).sum())) for part in (~test, test)]
    tested = float(right[test].double().mean()) if bool(test.any()) else None
    return Trained(classifier, float(right[~test].double().mean()), tested, *counts)
