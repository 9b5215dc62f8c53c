"""The faces out of scikit-image's wheel, and the classifier that learns them."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.detector.faces import held_out_faces, load_faces, train_faces


def test_the_patches_are_there_without_a_download() -> None:
    patches, labels = load_faces()
    assert patches.shape == (200, 25, 25)
    assert (float(patches.min()), float(patches.max())) == (0, 1)
    assert int(labels.sum()) == 100


def test_faces_are_told_from_other_patches_that_were_held_out() -> None:
    trained = train_faces("hog", 0)
    assert trained.learnt_from == (140, 140)
    assert trained.tested_on == (30, 30)
    assert trained.held_out is not None
    assert trained.held_out > 0.9
    assert int(held_out_faces(0).sum()) == 60


def test_hard_negatives_are_further_patches_without_a_face() -> None:
    once = train_faces("raw", 0, 1)
    assert once.learnt_from[0] == 140
    assert once.learnt_from[1] > 300
    assert once.tested_on == (30, 30)
    assert not torch.equal(once.classifier.weights, train_faces("raw", 0).classifier.weights)
    assert once.held_out == pytest.approx(0.9, abs=0.1)
