"""What is said of changed numbers: set by hand, or learned."""

from __future__ import annotations

import pytest

from visualizer.ui.messages import changed


@pytest.mark.parametrize(
    ("count", "learned", "words"),
    [
        (1, 0, "1 number is as you set it."),
        (1200, 0, "1,200 numbers are as you set them."),
        (28, 28, "28 numbers come from the view Learn: what was learned, and 0 as the bias."),
        (29, 28, "1 number is as you set it; 28 come from the view Learn."),
    ],
)
def test_changed_numbers(count: int, learned: int, words: str) -> None:
    assert changed(count, learned) == words
