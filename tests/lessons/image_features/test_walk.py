"""The HOG walk of one session: settings, crop, numbers changed by hand, and what makes no walk."""

from __future__ import annotations

import torch

from visualizer.engine import Ref
from visualizer.lessons.image_features.walk import HogLesson, HogSettings, agreement, refusal

X = torch.rand(1, 8, 8, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
PIXEL = Ref("x", (0, 3, 3))


def test_a_pixel_that_is_changed_changes_the_walk_and_comes_back() -> None:
    lesson = HogLesson(HogSettings(4, 2), X)
    before = lesson.trace
    lesson.edit(PIXEL, 0.9)
    assert float(lesson.trace.value(PIXEL)) == 0.9
    assert lesson.trace is not before
    assert lesson.trace.replay() <= 1e-12
    lesson.undo()
    assert torch.equal(lesson.trace["d"], before["d"])


def test_an_edit_stays_with_other_settings_and_goes_with_another_crop() -> None:
    lesson = HogLesson(HogSettings(4, 2), X, {PIXEL: 0.9})
    lesson.follow(HogSettings(2, 1), X)
    assert float(lesson.trace.value(PIXEL)) == 0.9
    lesson.follow(HogSettings(2, 1), X.flip(1))
    assert not lesson.edits


def test_what_makes_no_walk_changes_nothing_but_says_why() -> None:
    lesson = HogLesson(HogSettings(4, 2), X)
    before = lesson.trace
    lesson.follow(HogSettings(8, 2), X)
    assert lesson.refusal and "covers 16×16, but the crop has 8×8" in lesson.refusal.words
    assert lesson.trace is before
    lesson.follow(HogSettings(8, 1), X)
    assert lesson.refusal is None
    assert lesson.trace is not before


def test_a_crop_of_one_pixel_has_a_walk_with_black_around_it() -> None:
    lesson = HogLesson(HogSettings(4, 2), X[:, :1, :1])
    lesson.follow(HogSettings(4, 2), X[:, :1, :1])
    assert lesson.refusal and "with black where the crop ends" in lesson.refusal.words
    assert lesson.trace["x"].shape == (1, 4, 4)


def test_a_walk_that_is_too_long_is_refused() -> None:
    large = torch.zeros(1, 32, 32)
    found = refusal(HogSettings(2, 2, 18), large)
    assert found and "at most 25,000 are played" in found.text
    assert refusal(HogSettings(4, 2, 9), large) is None


def test_scikit_image_agrees_in_words() -> None:
    words = agreement(HogLesson(HogSettings(4, 2), X))
    assert words.startswith("scikit-image’s hog gives the same 36 numbers; none differs by more than ")
