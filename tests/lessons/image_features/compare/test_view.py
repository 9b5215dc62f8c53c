"""One change at a time: which descriptors are steady."""

from __future__ import annotations

import numpy as np

from visualizer.inputs.images.images import Picture
from visualizer.inputs.images.samples import SAMPLES
from visualizer.lessons.image_features.compare.view import CHANGES, one_change, steady_words
from visualizer.lessons.image_features.working import working


def test_hog_does_not_bear_a_turn_and_bears_less_light() -> None:
    picture = Picture("part", np.ascontiguousarray(SAMPLES["cat"]().pixels[60:180, 90:230]))
    shown = working(picture)
    found = one_change(shown, (43.0, 75.0), follow=True)
    turned, scaled, darker = (found[name] for name in CHANGES)
    assert turned["HOG"] is not None and turned["HOG"] > 0.4
    assert darker["HOG"] is not None and darker["HOG"] < 0.01
    for name in ("RIFT", "Spin image"):
        for moved in (turned[name], scaled[name], darker[name]):
            assert moved is not None and moved < 0.35
    assert one_change(shown, (43.0, 75.0), follow=True) == found


def test_the_steady_ones_in_words() -> None:
    words = steady_words({"turned": {"HOG": 0.7, "RIFT": 0.1, "SIFT": None}, "darker": {"HOG": 0.5}})
    assert words == "Moved by less than 20 % when turned: RIFT; darker: none."
