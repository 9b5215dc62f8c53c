"""What the lesson says, from numbers that are known."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from visualizer.engine.features.features import Described, Similarity
from visualizer.engine.features.matches import Matches
from visualizer.engine.features.sift import Keypoints
from visualizer.lessons.image_features.answers import feature_answer
from visualizer.lessons.image_features.compare.view import compare_answer
from visualizer.lessons.image_features.match.matching import Matched, changes, match_answer
from visualizer.lessons.image_features.settings import SETTINGS, SIFT
from visualizer.lessons.image_features.working import Working


def points(count: int) -> Keypoints:
    zeros = torch.zeros(count, dtype=torch.float64)
    return Keypoints("SIFT", torch.zeros(count, 2), zeros, zeros, np.zeros((count, 128)))


def flat(side: int = 40) -> Working:
    pixels = np.full((side, side, 3), 128, np.uint8)
    return Working(Described(torch.full((side, side), 0.5, dtype=torch.float64)), pixels, b"\x89PNG", "")


@pytest.mark.parametrize(
    ("motion", "words"),
    [
        (Similarity(), "no change at all"),
        (Similarity(-30), "a turn of 30°"),
        (Similarity(30, 0.7), "a turn of 30° and a scale of 0.7"),
        (Similarity(30, 0.7, 1.2), "a turn of 30°, a scale of 0.7 and 1.2 times the brightness"),
    ],
)
def test_a_change_in_words(motion: Similarity, words: str) -> None:
    assert changes(motion) == words


def test_matches_in_words() -> None:
    found = Matches(np.zeros((20, 2), int), np.array([True] * 15 + [False] * 5))
    words = match_answer("SIFT", Matched(points(30), points(40), found, 12), Similarity(30))
    assert words.startswith("**Answer.** SIFT finds 30 keypoints on the left and 40 on the right. 20 match")
    assert "**15 as inliers**" in words
    assert "**60 % of the matches are right**" in words


@pytest.mark.parametrize(("left", "right", "side"), [(0, 5, "left:"), (5, 0, "right:"), (0, 0, "left and none")])
def test_no_keypoints_in_words(left: int, right: int, side: str) -> None:
    none = Matches(np.zeros((0, 2), int), np.zeros(0, bool))
    assert f"no keypoints on the {side}" in match_answer("ORB", Matched(points(left), points(right), none), None)


def test_few_inliers_are_chance() -> None:
    found = Matches(np.zeros((100, 2), int), np.array([True] * 5 + [False] * 95))
    assert "hardly more than chance" in match_answer("SIFT", Matched(points(300), points(400), found), None)


def test_no_matches_in_words() -> None:
    none = Matches(np.zeros((0, 2), int), np.zeros(0, bool))
    assert "None of them match" in match_answer("ORB", Matched(points(4), points(5), none), None)


def test_the_comparison_names_the_steadiest_first_and_what_is_lost() -> None:
    found = {"SIFT": None, "HOG": 0.64, "Spin image": 0.05, "RIFT": 0.02}
    words = compare_answer(Similarity(30), 312, 0.81, found)
    assert "RIFT’s descriptor at the point changes by **2 %**, the spin image’s by 5 %, and HOG’s by **64 %**" in words
    assert "SIFT does not find the keypoint nearest to the point again" in words
    assert "SIFT finds 312 keypoints, and **81 % of their matches are right**" in words


def test_where_nothing_moves_that_is_said() -> None:
    found: dict[str, float | None] = {"HOG": 0.0, "RIFT": 0.0}
    assert "no descriptor of the point moves" in compare_answer(Similarity(90), 0, None, found)


@pytest.mark.parametrize("feature", SETTINGS["feature"].options)
def test_a_flat_picture_is_answered_in_words(feature: str) -> None:
    words = feature_answer(feature, flat(), (20.0, 20.0))
    assert "flat" in words or (feature == SIFT and "finds no keypoint" in words)
