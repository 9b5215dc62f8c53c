"""The labelled images that ship: as many of each class, in range, small, and none both to train on and to test."""

from __future__ import annotations

from typing import get_args

import pytest
import torch

from visualizer.engine.data.labelled_images import FOLDER, Name, labelled_images

NAMES = get_args(Name)


@pytest.mark.parametrize("name", NAMES)
def test_the_sets_have_as_many_images_of_each_class_mixed(name: Name) -> None:
    for part, each in (("train", 100), ("test", 30)) if name == "signs" else (("train", 150), ("test", 50)):
        found = labelled_images(name, part)
        assert found is labelled_images(name, part)
        assert found.images.dtype == torch.float32 and found.images.min() >= 0 and found.images.max() <= 1
        assert found.images.shape[0] == len(found) == len(found.labels)
        assert found.labels.bincount().tolist() == [each] * len(found.classes)
        assert len(found.labels[:50].unique()) > 8


@pytest.mark.parametrize("name", NAMES)
def test_no_image_is_there_twice(name: Name) -> None:
    images = torch.cat([labelled_images(name, "train").images, labelled_images(name, "test").images])
    assert len({image.numpy().tobytes() for image in images}) == len(images)


def test_a_digit_is_ink_on_nothing_and_in_the_middle() -> None:
    digits = labelled_images("digits", "test")
    assert digits.images.shape[1:] == (1, 28, 28)
    assert digits.images[..., :2, :].mean() < 0.001 and digits.images.amax((1, 2, 3)).min() > 0.8
    ones, zeros = (digits.images[digits.labels == digit].mean() for digit in (1, 0))
    assert ones < zeros / 2


def test_what_ships_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 1_500_000


@pytest.mark.parametrize(("name", "part"), [("letters", "train"), ("digits", "more"), ("../digits", "test")])
def test_a_set_that_is_none_is_refused(name: str, part: str) -> None:
    with pytest.raises(ValueError, match="there are no labelled images"):
        labelled_images(name, part)
